package com.kt.event.content.rendition;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import javax.imageio.IIOImage;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.rendition.RenditionSpec.Background;
import com.kt.event.content.rendition.RenditionSpec.Fit;

/** Images to make renditions of, what ImageMagick makes of them, and images that are hard to compress. */
public final class Images {
    static final Path DIRECTORY = Path.of("src/test/resources/com/kt/event/content/rendition");

    private Images() {
    }

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches(".*[.](png|jpg|webp)"))
                    .sorted()
                    .toList();
        }
    }

    static byte[] read(String name) throws IOException {
        return Files.readAllBytes(DIRECTORY.resolve(name));
    }

    /** @param name of the source, or of a special case */
    static BufferedImage expected(String name) throws IOException {
        return decoded(read("expected/" + name.replaceAll("[.].*", "") + ".png"));
    }

    static BufferedImage decoded(byte[] image) throws IOException {
        ImageReader reader = JdkCodecs.reader(image[0] == (byte) 0x89 ? "png" : "jpeg");
        try {
            reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(image)));
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    static RenditionSpec spec(int width, int height, ImageFormat format, long maxBytes, Fit fit) {
        return new RenditionSpec(width, height, false, format, maxBytes, fit, Background.EDGE, 0, 0);
    }

    static RenditionSpec png(int width, int height) {
        return spec(width, height, ImageFormat.PNG, 1_000_000, Fit.CONTAIN);
    }

    static Rendition rendition(RenditionSource source, RenditionSpec spec) throws IOException {
        return new RenditionMaker().open(source, spec).make();
    }

    static BufferedImage make(byte[] source, RenditionSpec spec) throws IOException {
        return decoded(rendition(RenditionSource.of(source), spec).bytes());
    }

    /** A PNG of what is hardest to compress. */
    public static byte[] noise(int width, int height) {
        return Encoder.encode(noisePixels(width, height, 1), ImageFormat.PNG, 0);
    }

    /** @param square the side of the squares of one colour, in pixels */
    static byte[] noiseJpeg(int width, int height, int square) {
        return Encoder.encode(noisePixels(width, height, square), ImageFormat.JPEG, 95);
    }

    private static Pixels noisePixels(int width, int height, int square) {
        Pixels pixels = new Pixels(width, height);
        Random random = new Random(7);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean isNew = x % square == 0 && y % square == 0;
                pixels.rgb()[y * width + x] = isNew
                        ? random.nextInt(1 << 24)
                        : pixels.rgb()[(y - y % square) * width + x - x % square];
            }
        }
        return pixels;
    }

    /** The types of a PNG's chunks. */
    static List<String> chunks(byte[] png) {
        List<String> chunks = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(png).position(8);
        while (bytes.hasRemaining()) {
            int length = bytes.getInt();
            chunks.add(new String(png, bytes.position(), 4, StandardCharsets.US_ASCII));
            bytes.position(bytes.position() + 4 + length + 4);
        }
        return chunks;
    }

    static byte[] progressiveJpeg(Pixels pixels) throws IOException {
        BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, pixels.width(), pixels.height(), pixels.rgb(), 0, pixels.width());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = JdkCodecs.writer("jpeg");
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
