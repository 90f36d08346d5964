package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.image.BrokenImageException;
import com.kt.event.content.image.Image;
import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.image.PngChunks;
import com.kt.event.content.image.SpoolTesting;
import com.kt.event.content.recommendation.Style;

class ImageCheckTest {
    private static final int MAX_BYTES = 2 << 20;

    /** Images of one pixel by libwebp's encoder. */
    private static final byte[] LOSSY = Base64.getDecoder()
            .decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
    private static final byte[] LOSSLESS = Base64.getDecoder()
            .decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");

    /** Of an animation, of one pixel. */
    private static final byte[] FRAME = ByteBuffer.allocate(24 + LOSSLESS.length - 12)
            .put("ANMF\46\0\0\0".getBytes(StandardCharsets.ISO_8859_1)).put(new byte[16])
            .put(LOSSLESS, 12, LOSSLESS.length - 12).array();

    private final ImageCheck check = new ImageCheck(Set.of(ImageFormat.values()), MAX_BYTES, 50_000_000);

    static Stream<byte[]> images() throws IOException {
        return Stream.of(ImageApiStub.png(Style.SIMPLE), jpeg(false), jpeg(true), LOSSY, LOSSLESS,
                extended(1, 1, Arrays.copyOfRange(LOSSLESS, 12, LOSSLESS.length)));
    }

    @ParameterizedTest
    @MethodSource("images")
    void takesAWholeImage(byte[] image) throws IOException {
        assertThat(check(image).content().bytes()).isEqualTo(image);
    }

    @ParameterizedTest
    @MethodSource("images")
    void takesAnImageWithBytesAfterItsEnd(byte[] image) throws IOException {
        assertThat(check(Arrays.copyOf(image, image.length + 1_000)).format()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("images")
    void rejectsATruncatedImage(byte[] image) {
        int signature = 12;
        for (int length = signature; length < image.length; length++) {
            byte[] cut = Arrays.copyOf(image, length);
            assertThatThrownBy(() -> check(cut)).as("%d of %d bytes", length, image.length)
                    .isInstanceOf(BrokenImageException.class);
        }
    }

    @Test
    void refusesADamagedPng() {
        byte[] damaged = ImageApiStub.png(Style.SIMPLE);
        damaged[damaged.length / 2] ^= 4;

        assertThatThrownBy(() -> check(damaged)).isInstanceOf(BrokenImageException.class);
    }

    /** Decoders tolerate it as well. */
    @Test
    void toleratesDamageInAncillaryChunks() throws IOException {
        byte[] png = png(64, 64, PngChunks.chunk("tEXt", "Comment\0hi".getBytes(StandardCharsets.ISO_8859_1)));
        int comment = new String(png, StandardCharsets.ISO_8859_1).indexOf("Comment");
        png[comment] ^= 1;

        assertThat(check(png).format()).isEqualTo(ImageFormat.PNG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iVBORw0KGgo=", "/9j/", "/9j/2Q==", "/9j/4AAC/9k=", "UklGRggAAABXRUJQVlA4IA==",
            "UklGRgQAAABXRUJQ"})
    void rejectsABeginningAlone(String base64) {
        assertThatThrownBy(() -> check(Base64.getDecoder().decode(base64)))
                .isInstanceOf(BrokenImageException.class);
    }

    @Test
    void rejectsAnImageWithoutASize() {
        assertThatThrownBy(() -> check(png(0, 64))).isInstanceOf(BrokenImageException.class);
        assertThatThrownBy(() -> check(png(64, 0))).isInstanceOf(BrokenImageException.class);
        assertThatThrownBy(() -> check(png(64, -1))).isInstanceOf(BrokenImageException.class);
    }

    @Test
    void rejectsTooManyPixels() throws IOException {
        assertThat(check(png(10_000, 5_000)).format()).isEqualTo(ImageFormat.PNG);
        assertThatThrownBy(() -> check(png(10_000, 5_001))).isInstanceOf(ImageFailure.class)
                .hasMessageContaining("10000x5001");
        assertThatThrownBy(() -> check(png(50_000, 50_000))).isInstanceOf(ImageFailure.class);
        assertThatThrownBy(() -> check(extended(1 << 24, 1 << 24, FRAME))).isInstanceOf(ImageFailure.class);
        assertThatThrownBy(() -> check(largestJpeg())).isInstanceOf(ImageFailure.class);
    }

    @Test
    void rejectsTooManyBytes() throws IOException {
        byte[] image = ImageApiStub.png(Style.SIMPLE);

        assertThat(check(Arrays.copyOf(image, MAX_BYTES)).format()).isEqualTo(ImageFormat.PNG);
        assertThatThrownBy(() -> check(Arrays.copyOf(image, MAX_BYTES + 1))).isInstanceOf(ImageFailure.class)
                .hasMessageContaining("2097153 bytes");
    }

    @Test
    void rejectsOtherFormats() {
        byte[] gif = "GIF89a and so on".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> check(gif)).isInstanceOf(BrokenImageException.class)
                .hasMessageContaining("none of the formats");
    }

    @Test
    void takesACompleteSvgOfAStandIn() throws IOException {
        byte[] svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>\n".getBytes(StandardCharsets.UTF_8);

        assertThat(check(svg).format()).isEqualTo(ImageFormat.SVG);
        assertThatThrownBy(() -> check(Arrays.copyOf(svg, 40))).isInstanceOf(BrokenImageException.class);
    }

    @Test
    void looksForTheEndOfALongSvgOnly() throws IOException {
        byte[] svg = ("<svg xmlns=\"http://www.w3.org/2000/svg\">" + "<g/>".repeat(1_000) + "</svg>")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(check(svg).format()).isEqualTo(ImageFormat.SVG);
        assertThatThrownBy(() -> check(Arrays.copyOf(svg, svg.length - 1)))
                .isInstanceOf(BrokenImageException.class);
    }

    private Image check(byte[] image) throws IOException {
        return check.check(SpoolTesting.spool(image));
    }

    private static byte[] jpeg(boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 30; i++) {
            image.setRGB(i, i, 0xffffff);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** States the largest size that a JPEG can have. */
    private static byte[] largestJpeg() throws IOException {
        byte[] jpeg = jpeg(false);
        int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
        int size = frame + 5;
        Arrays.fill(jpeg, size, size + 4, (byte) 0xff);
        return jpeg;
    }

    /** A WebP with a separate header before the image, as those with transparency have. */
    private static byte[] extended(int width, int height, byte[] image) {
        ByteBuffer webp = ByteBuffer.allocate(30 + image.length).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(22 + image.length)
                .put("WEBPVP8X".getBytes(StandardCharsets.ISO_8859_1)).putInt(10).putInt(0x10);
        for (int side : new int[]{width - 1, height - 1}) {
            webp.put((byte) side).put((byte) (side >> 8)).put((byte) (side >> 16));
        }
        return webp.put(image).array();
    }

    private static byte[] png(int width, int height, byte[]... chunks) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.write(Arrays.copyOf(ImageApiStub.png(Style.SIMPLE), 8));
        png.write(
                PngChunks.chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).array()));
        for (byte[] chunk : chunks) {
            png.write(chunk);
        }
        png.write(PngChunks.chunk("IDAT", new byte[10]));
        png.write(PngChunks.chunk("IEND", new byte[0]));
        return png.toByteArray();
    }
}
