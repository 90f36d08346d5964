package com.kt.event.content.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that cannot be decoded is refused, and nothing else happens. */
class BrokenSourcesTest {
    private static final int IHDR = 8;
    private static final int SIZE = 16;

    static List<String> names() throws IOException {
        return Images.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isRefusedIfItIsCut(String name) throws IOException {
        byte[] source = Images.read(name);

        for (int part = 0; part < 20; part++) {
            byte[] cut = Arrays.copyOf(source, source.length * part / 20);
            assertThatThrownBy(() -> make(cut)).as("%d bytes", cut.length)
                    .isInstanceOf(UndecodableImageException.class);
        }
    }

    /** The headers say how much there is, so only a decoder notices. */
    @ParameterizedTest
    @CsvSource({"lossless.webp,VP8L", "lossless-alpha.webp,VP8L", "lossy-alpha.webp,ALPH"})
    void isRefusedIfAChunkIsCut(String name, String type) throws IOException {
        byte[] webp = Images.read(name);
        int chunk = new String(webp, StandardCharsets.ISO_8859_1).indexOf(type);
        ByteBuffer sizes = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
        int length = sizes.getInt(chunk + Integer.BYTES);
        for (int part = 5; part < 100; part += 5) {
            int left = length * part / 100 & ~1;
            int removed = length + (length & 1) - left;
            int end = chunk + 2 * Integer.BYTES + left;
            ByteBuffer cut = ByteBuffer.allocate(webp.length - removed).order(ByteOrder.LITTLE_ENDIAN).put(webp, 0, end)
                    .put(webp, end + removed, webp.length - removed - end)
                    .putInt(Integer.BYTES, sizes.getInt(Integer.BYTES) - removed)
                    .putInt(chunk + Integer.BYTES, left);

            assertThatThrownBy(() -> make(cut.array())).as("%d bytes", left)
                    .isInstanceOf(UndecodableImageException.class);
        }
    }

    /** Some damage cannot be seen. */
    @ParameterizedTest
    @MethodSource("names")
    void isRefusedOrDecodedIfBytesAreWrong(String name) throws IOException {
        Random random = new Random(name.hashCode());
        int refused = 0;
        for (int round = 0; round < 60; round++) {
            byte[] source = Images.read(name);
            for (int i = 0; i <= round % 5; i++) {
                source[random.nextInt(round % 2 == 0 ? source.length : Math.min(400, source.length))] = (byte) random
                        .nextInt();
            }
            try {
                make(source);
            } catch (UndecodableImageException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void isRefusedIfAChecksumIsWrong() throws IOException {
        byte[] png = Images.read("rgb.png");
        png[png.length - 100] ^= 1;

        assertThatThrownBy(() -> make(png)).isInstanceOf(UndecodableImageException.class)
                .hasMessageContaining("damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "interlaced.png"})
    void isRefusedIfItUnpacksToTooMuch(String name) throws IOException {
        ByteBuffer png = ByteBuffer.wrap(Images.read(name));
        png.putInt(SIZE, 16_000).putInt(SIZE + Integer.BYTES, 16_000);
        CRC32 crc = new CRC32();
        crc.update(png.array(), IHDR + Integer.BYTES, 17);
        png.putInt(IHDR + Integer.BYTES + 17, (int) crc.getValue());

        assertThatThrownBy(() -> make(png.array())).isInstanceOf(UndecodableImageException.class)
                .hasMessageContaining("too many");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GIF89a", "<svg xmlns='http://www.w3.org/2000/svg'/>", "\u0000\u0001", "RIFF....WEBP"})
    void isRefusedIfItIsNoKnownImage(String text) {
        assertThatThrownBy(() -> make(text.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(UndecodableImageException.class);
    }

    /** Each scan takes time for all pixels. */
    @Test
    void isRefusedIfItHasTooManyScans() throws IOException {
        byte[] jpeg = Images.read("progressive.jpg");
        ByteBuffer many = ByteBuffer.allocate(jpeg.length + 600).put(jpeg, 0, jpeg.length - 2);
        while (many.remaining() >= 2) {
            many.putShort((short) 0xffda);
        }

        assertThatThrownBy(() -> make(many.array())).isInstanceOf(UndecodableImageException.class)
                .hasMessageContaining("scans");
    }

    @ParameterizedTest
    @MethodSource("names")
    void thatCannotBeReadIsNotRefused(String name) throws IOException {
        byte[] source = Images.read(name);
        RenditionSource failing = new RenditionSource() {
            @Override
            public long length() {
                return source.length;
            }

            @Override
            public int read(ByteBuffer target, long position) throws IOException {
                if (position > 0) {
                    throw new IOException("the disk is gone");
                }
                target.put(source, 0, 20);
                return 20;
            }
        };

        assertThatThrownBy(() -> Images.rendition(failing, Images.png(50, 50)))
                .isInstanceOf(IOException.class).hasMessage("the disk is gone");
    }

    private static void make(byte[] source) throws IOException {
        Images.rendition(RenditionSource.of(source), Images.png(50, 40));
    }
}
