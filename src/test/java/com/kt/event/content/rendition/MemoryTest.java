package com.kt.event.content.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.rendition.RenditionSpec.Background;
import com.kt.event.content.rendition.RenditionSpec.Fit;

/** Renditions of an image of 4096 × 4096 pixels are made in a process whose heap is limited. */
class MemoryTest {
    private static final int SIDE = 4096;
    private static final int OF_A_JVM = 10_000_000;
    /** The largest shipped channel. */
    private static final RenditionSpec STORY = new RenditionSpec(1080, 1920, false, ImageFormat.JPEG, 8_000_000,
            Fit.CONTAIN, Background.BLUR, 250, 250);

    @TempDir
    Path folder;

    @Test
    void ofAPngIsOneRow() throws Exception {
        assertThat(reserved(png(false))).isLessThan(40_000_000);
        assertThat(made(png(false), STORY)).isEqualTo("1080x1920");
    }

    @Test
    void ofAJpegIsOneRow() throws Exception {
        assertThat(reserved(jpeg(false))).isLessThan(40_000_000);
        assertThat(made(jpeg(false), STORY)).isEqualTo("1080x1920");
    }

    /** The decoder keeps 4096 × 4096 × 1.5 samples of two bytes, not in the heap. */
    @Test
    void ofAProgressiveJpegIsTheWholeImage() throws Exception {
        assertThat(reserved(jpeg(true)) - reserved(jpeg(false))).isEqualTo(SIDE * SIDE * 3);
        assertThat(run(jpeg(true), STORY, "-Xmx144m")).isEqualTo("1080x1920");
    }

    /** The decoder does not know that there is no other one. */
    @Test
    void ofAProgressiveJpegIsTheWholeImageIfItHasOneScan() throws Exception {
        byte[] progressive = Files.readAllBytes(jpeg(true));
        byte[] oneScan = Arrays.copyOf(progressive, endOfScan(progressive));
        System.arraycopy(new byte[]{(byte) 0xff, (byte) 0xd9}, 0, oneScan, oneScan.length - 2, 2);
        Path source = Files.write(folder.resolve("one-scan.jpg"), oneScan);

        assertThat(reserved(source)).isEqualTo(reserved(jpeg(true)));
        assertThat(run(source, STORY, "-Xmx144m")).isEqualTo("1080x1920");
    }

    /** Where the marker after the first scan ends. */
    private static int endOfScan(byte[] jpeg) {
        int at = 0;
        while (jpeg[at] != (byte) 0xff || jpeg[at + 1] != (byte) 0xda) {
            at++;
        }
        for (at += 2; jpeg[at] != (byte) 0xff || jpeg[at + 1] == 0;) {
            at++;
        }
        return at + 2;
    }

    /** 4096 × 4096 × 4 bytes. */
    @Test
    void ofAnInterlacedPngIsTheWholeImage() throws Exception {
        assertThat(reserved(png(true)) - reserved(png(false))).isEqualTo(SIDE * SIDE * 4);
        assertThat(run(png(true), STORY, "-Xmx144m")).isEqualTo("1080x1920");
    }

    @Test
    void ofAnInterlacedPngIsNotTakenIfThereIsNone() throws Exception {
        assertThat(run(png(true), STORY, "-Xmx64m")).contains("67108864 bytes", "too much");
    }

    /** 2048 × 2048 × 1.5 × 2 bytes are 13 MB, beside a heap of 64 MB that is as large as it may get. */
    @Test
    void ofAProgressiveJpegIsTakenFromTheHeapsGarbage() throws Exception {
        Path source = Files.write(folder.resolve("progressive.jpg"), Images.progressiveJpeg(new Pixels(2048, 2048)));

        assertThat(run(source, STORY, "-Xms64m", "-Xmx64m", "-Xlog:gc")).contains("System.gc()", "1080x1920");
        assertThat(run(source, STORY, "-Xms32m", "-Xmx128m", "-Xlog:gc")).doesNotContain("System.gc()")
                .contains("1080x1920");
    }

    /** Of what is hardest to compress. */
    @ParameterizedTest
    @EnumSource(names = {"JPEG", "PNG"})
    void ofNoiseHasRoomForItsFile(ImageFormat format) throws Exception {
        Path noise = Files.write(folder.resolve("noise.png"), Images.noise(2048, 2048));

        assertThat(made(noise, large(format))).isEqualTo("2048x2048");
    }

    private static long reserved(Path source) throws IOException {
        return reserved(source, STORY);
    }

    private static long reserved(Path source, RenditionSpec spec) throws IOException {
        try (FileChannel file = FileChannel.open(source)) {
            return new RenditionMaker().open(RenditionSource.of(file), spec).memory();
        }
    }

    /** With a heap of what is reserved, and what a JVM needs itself. */
    private static String made(Path source, RenditionSpec spec) throws IOException, InterruptedException {
        return run(source, spec, "-Xmx" + (reserved(source, spec) + OF_A_JVM) / 1024 + "k");
    }

    private static String run(Path source, RenditionSpec spec, String... heap)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                        "-Xmn4m",
                        "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(heap));
        command.addAll(List.of(MemoryTest.class.getName(), source.toString(),
                spec.equals(STORY) ? "" : spec.format().name()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    private static RenditionSpec large(ImageFormat format) {
        return Images.spec(2048, 2048, format, 20_000_000, Fit.CONTAIN);
    }

    public static void main(String... args) throws IOException {
        RenditionSpec spec = args[1].isEmpty() ? STORY : large(ImageFormat.valueOf(args[1]));
        try (FileChannel file = FileChannel.open(Path.of(args[0]))) {
            Rendition rendition = Images.rendition(RenditionSource.of(file), spec);
            System.out.println(rendition.width() + "x" + rendition.height());
        } catch (UndecodableImageException e) {
            System.out.println(e.getMessage());
        }
    }

    private Path jpeg(boolean isProgressive) throws IOException {
        Pixels pixels = new Pixels(SIDE, SIDE);
        Random random = new Random(7);
        for (int i = 0; i < pixels.rgb().length; i++) {
            pixels.rgb()[i] = (i >> 16) * 0x010203 + random.nextInt(8);
        }
        return Files.write(folder.resolve("large.jpg"), isProgressive
                ? Images.progressiveJpeg(pixels)
                : Encoder.encode(pixels, ImageFormat.JPEG, 80));
    }

    /** With alpha, and the same row again and again. An interlaced one has seven passes, whose rows have a filter byte each. */
    private Path png(boolean isInterlaced) throws IOException {
        int bytes = 4 * SIDE * SIDE + (isInterlaced ? 2 * SIDE : SIDE);
        Path file = folder.resolve("large.png");
        try (OutputStream png = Files.newOutputStream(file)) {
            png.write(new byte[]{(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
            chunk(png, "IHDR", ByteBuffer.allocate(13).putInt(SIDE).putInt(SIDE).put((byte) 8).put((byte) 6)
                    .putShort((short) 0).put((byte) (isInterlaced ? 1 : 0)).array());
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream pixels = new DeflaterOutputStream(packed)) {
                byte[] zeros = new byte[4 * SIDE];
                for (int left = bytes; left > 0; left -= zeros.length) {
                    pixels.write(zeros);
                }
            }
            chunk(png, "IDAT", packed.toByteArray());
            chunk(png, "IEND", new byte[0]);
        }
        return file;
    }

    private static void chunk(OutputStream png, String type, byte[] data) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + data.length);
        png.write(chunk.putInt((int) crc.getValue()).array());
    }
}
