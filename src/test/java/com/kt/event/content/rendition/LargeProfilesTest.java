package com.kt.event.content.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.image.PngChunks;

/** A profile is in memory as a whole, beside what is reserved for the pixels, so a very large one is ignored. */
class LargeProfilesTest {
    private static final int AFTER_PNG_HEADER = 33;
    private static final int AFTER_JFIF = 20;
    private static final int SEGMENT = 65_000;

    @ParameterizedTest
    @CsvSource({"PNG,3900000", "JPEG,3900000", "WEBP,3900000"})
    void areUsed(ImageFormat format, int length) throws IOException {
        assertThat(made(with(format, profile(length)))).isNotEqualTo(made(plain(format)))
                .isEqualTo(made(with(format, profile(10_000))));
    }

    @ParameterizedTest
    @CsvSource({"PNG,4000001", "JPEG,4000001", "WEBP,4000001", "PNG,12000000", "JPEG,12000000", "WEBP,12000000"})
    void areIgnoredIfTheyTakeTooMuch(ImageFormat format, int length) throws IOException {
        assertThat(made(with(format, profile(length)))).isEqualTo(made(plain(format)));
    }

    /** An image that was stored by an earlier version may have more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFirstOfAPngIsUsed(boolean isSound) throws IOException {
        byte[] png = plain(ImageFormat.PNG);
        byte[] first = isSound ? profileChunk(profile(10_000)) : PngChunks.chunk("iCCP", new byte[20]);
        byte[] image = insert(png, AFTER_PNG_HEADER, first, profileChunk(profile(4_000_001)));
        byte[] other = insert(png, AFTER_PNG_HEADER, first, profileChunk(profile(10_000)));

        byte[] expected = made(isSound ? with(ImageFormat.PNG, profile(10_000)) : png);
        assertThat(made(image)).isEqualTo(expected);
        assertThat(made(other)).isEqualTo(expected);
    }

    private static byte[] made(byte[] image) throws IOException {
        return Images.rendition(RenditionSource.of(image), Images.png(40, 30)).bytes();
    }

    /** Of linear light, with zeros behind its tables. */
    private static byte[] profile(int length) {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        return ByteBuffer.wrap(Arrays.copyOf(profile, length)).putInt(0, length).array();
    }

    private static byte[] plain(ImageFormat format) throws IOException {
        return switch (format) {
            case WEBP -> Images.read("lossy-simple.webp");
            case JPEG -> Images.noiseJpeg(40, 30, 4);
            default -> Images.noise(40, 30);
        };
    }

    private static byte[] with(ImageFormat format, byte[] profile) throws IOException {
        byte[] plain = plain(format);
        return switch (format) {
            case WEBP -> webp(plain, profile);
            case JPEG -> insert(plain, AFTER_JFIF, segments(profile));
            default -> insert(plain, AFTER_PNG_HEADER, profileChunk(profile));
        };
    }

    private static byte[] profileChunk(byte[] profile) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes(new byte[]{'l', 0, 0});
        try (DeflaterOutputStream packed = new DeflaterOutputStream(chunk)) {
            packed.write(profile);
        }
        return PngChunks.chunk("iCCP", chunk.toByteArray());
    }

    private static byte[] segments(byte[] profile) {
        ByteArrayOutputStream segments = new ByteArrayOutputStream();
        int count = (profile.length + SEGMENT - 1) / SEGMENT;
        for (int i = 0; i < count; i++) {
            int length = Math.min(SEGMENT, profile.length - i * SEGMENT);
            segments.writeBytes(ByteBuffer.allocate(18 + length).putShort((short) 0xffe2)
                    .putShort((short) (16 + length)).put("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII))
                    .put((byte) (i + 1)).put((byte) count).put(profile, i * SEGMENT, length).array());
        }
        return segments.toByteArray();
    }

    /** Behind the pixels, where a decoder looks as well. */
    private static byte[] webp(byte[] plain, byte[] profile) {
        int length = profile.length + (profile.length & 1);
        return ByteBuffer.allocate(plain.length + 8 + length).order(ByteOrder.LITTLE_ENDIAN).put(plain)
                .put("ICCP".getBytes(StandardCharsets.US_ASCII)).putInt(profile.length).put(profile)
                .putInt(4, plain.length + length).array();
    }

    private static byte[] insert(byte[] image, int position, byte[]... inserted) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(image, 0, position);
        for (byte[] each : inserted) {
            whole.writeBytes(each);
        }
        whole.write(image, position, image.length - position);
        return whole.toByteArray();
    }
}
