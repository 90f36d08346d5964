package com.kt.event.content.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is removed from a JPEG, and what is kept. */
class JpegCleaningTest extends Cleaning {
    /** After the segment JFIF, with which the JDK begins. */
    private static final int AFTER_JFIF = 20;
    private static final byte[] MANIFEST = segment(0xeb, bytes("JP\0\1\0\0\0\1\0\0\0\u0040jumb\0\0\0\u0020jumdc2pa"));
    private static final byte[] PLACED = exif(Tiff.placed(1));

    private final byte[] jpeg = encoded("jpeg");

    JpegCleaningTest() throws IOException {
    }

    @Test
    void doesNotCopyAnImageWithoutMetadata() throws IOException {
        assertUnchanged(ImageFormat.JPEG, jpeg);
    }

    @ParameterizedTest
    @CsvSource({"e1, http://ns.adobe.com/xap/1.0/", "e1, http://ns.adobe.com/xmp/extension/", "e2, MPF", "e0, JFXX",
            "ec, Ducky", "ed, Photoshop 3.0", "eb, HDR_RI", "ef, unknown", "fe, a photo of Kim", "e3, Meta",
            "e9, unknown"})
    void removesMetadata(String marker, String content) throws IOException {
        byte[] segment = segment(Integer.parseInt(marker, 16), bytes(content + "\0Kim"));

        byte[] image = insert(jpeg, AFTER_JFIF, segment);

        assertThat(clean(ImageFormat.JPEG, image)).isEqualTo(jpeg);
        assertThat(clean(ImageFormat.JPEG, insert(jpeg, AFTER_JFIF, segment, new byte[]{-1, -1}, segment)))
                .isEqualTo(jpeg);
        assertSamePixels(clean(ImageFormat.JPEG, image), image);
    }

    @Test
    void removesExifAndMetadataAfterTheScan() throws IOException {
        byte[] image = insert(insert(jpeg, jpeg.length - 2, segment(0xfe, bytes("Kim"))), AFTER_JFIF, PLACED);

        assertThat(clean(ImageFormat.JPEG, image)).isEqualTo(jpeg);
    }

    @ParameterizedTest
    @CsvSource({"e0, JFIF", "e2, ICC_PROFILE", "ee, Adobe"})
    void keepsWhatDecodersNeed(String marker, String content) throws IOException {
        byte[] image = insert(jpeg, AFTER_JFIF, segment(Integer.parseInt(marker, 16), bytes(content + "\0...")));

        assertUnchanged(ImageFormat.JPEG, image);
    }

    /** Before there was EXIF, JFIF had the thumbnail: a pixel of three bytes is one. */
    @Test
    void removesTheThumbnailOfJfifAndWhatFollowsIt() throws IOException {
        byte[] head = Arrays.copyOfRange(jpeg, 6, AFTER_JFIF - 2);
        for (byte[] rest : new byte[][]{{1, 1, 9, 9, 9}, {0, 0, 'K', 'i', 'm'}, {9, 9}}) {
            byte[] image = insert(jpeg, AFTER_JFIF, segment(0xe0, concat(head, rest)));

            assertThat(clean(ImageFormat.JPEG, image))
                    .isEqualTo(insert(jpeg, AFTER_JFIF, segment(0xe0, concat(head, new byte[2]))));
            assertSamePixels(clean(ImageFormat.JPEG, image), image);
        }
        byte[] placed = segment(0xe0, concat(head, new byte[2], bytes(PLACE)));
        assertThat(clean(ImageFormat.JPEG, insert(jpeg, AFTER_JFIF, placed, MANIFEST)))
                .isEqualTo(insert(jpeg, AFTER_JFIF, segment(0xe0, concat(head, new byte[2]))));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void keepsTheOrientationAlone(int orientation) throws IOException {
        byte[] image = insert(jpeg, AFTER_JFIF, exif(Tiff.placed(orientation)), exif(Tiff.turned(3)));

        byte[] clean = clean(ImageFormat.JPEG, image);

        assertThat(clean).isEqualTo(insert(jpeg, AFTER_JFIF, exif(Exif.ofOrientation(orientation))));
        assertSamePixels(clean, image);
    }

    @Test
    void removesBytesAfterTheEnd() throws IOException {
        assertThat(clean(ImageFormat.JPEG, concat(jpeg, jpeg))).isEqualTo(jpeg);
        assertThat(clean(ImageFormat.JPEG, concat(jpeg, bytes("MotionPhoto_Data")))).isEqualTo(jpeg);
    }

    // --- C2PA

    @Test
    void changesNothingInAnImageWithAManifest() throws IOException {
        byte[] image = concat(insert(jpeg, AFTER_JFIF, exif(Tiff.turned(6)), MANIFEST, segment(0xfe, bytes("Kim")),
                segment(0xeb, bytes("JP\0\1\0\0\0\2 the rest of it"))), bytes("after the end"));

        assertUnchanged(ImageFormat.JPEG, image);
    }

    @Test
    void removesTheManifestTooIfThereIsAPlace() throws IOException {
        byte[] xmp = segment(0xe1, bytes("http://ns.adobe.com/xap/1.0/\0" + PLACE));
        byte[] manifest = segment(0xeb, bytes("JP\0\1\0\0\0\1 jumb c2pa exif:GPSLatitude"));
        byte[] thumbnail = segment(0xeb, concat(bytes("JP\0\1\0\0\0\1 jumb c2pa"), PLACED));
        for (byte[] place : new byte[][]{PLACED, xmp, manifest, thumbnail}) {
            assertThat(clean(ImageFormat.JPEG, insert(jpeg, AFTER_JFIF, MANIFEST, place))).isEqualTo(jpeg);
            assertThat(clean(ImageFormat.JPEG, insert(jpeg, AFTER_JFIF, place, MANIFEST))).isEqualTo(jpeg);
        }
        byte[] other = insert(jpeg, AFTER_JFIF, PLACED);
        assertThat(clean(ImageFormat.JPEG, concat(insert(jpeg, AFTER_JFIF, MANIFEST), other))).isEqualTo(jpeg);
    }

    @Test
    void keepsTheOrientationIfTheManifestGoes() throws IOException {
        assertThat(clean(ImageFormat.JPEG, insert(jpeg, AFTER_JFIF, MANIFEST, exif(Tiff.placed(8)))))
                .isEqualTo(insert(jpeg, AFTER_JFIF, exif(Exif.ofOrientation(8))));
    }

    /** Progressive images may have segments between their scans. */
    @Test
    void removesMetadataBetweenScans() throws IOException {
        byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 2, 1, 2, 3};
        byte[] end = {(byte) 0xff, (byte) 0xd9};
        byte[] start = Arrays.copyOf(jpeg, jpeg.length - end.length);

        assertThat(clean(ImageFormat.JPEG, concat(start, segment(0xfe, bytes("Kim")), scan, PLACED, scan, end)))
                .isEqualTo(concat(start, scan, scan, end));
    }

    // --- limits

    @Test
    void rejectsAnImageOfTooManyParts() throws IOException {
        byte[] comments = repeat(segment(0xfe, new byte[0]), 99_000);

        assertThat(clean(ImageFormat.JPEG, insert(jpeg, AFTER_JFIF, comments))).isEqualTo(jpeg);
        assertThatThrownBy(() -> clean(ImageFormat.JPEG, insert(jpeg, AFTER_JFIF, comments, comments)))
                .isInstanceOf(BrokenImageException.class).hasMessage("an image of more than 100000 parts");
    }

    /** Each piece takes memory as long as the image is stored. */
    @Test
    void rejectsAnImageWithMetadataInTooManyPlaces() {
        byte[] pairs = repeat(concat(segment(0xfe, new byte[0]), segment(0xdb, new byte[0])), 10_001);

        assertThatThrownBy(() -> clean(ImageFormat.JPEG, insert(jpeg, AFTER_JFIF, pairs)))
                .isInstanceOf(BrokenImageException.class)
                .hasMessage("an image with metadata in more than 10000 places");
    }

    private static byte[] exif(byte[] tiff) {
        return segment(0xe1, concat(bytes("Exif\0\0"), tiff));
    }

    private static byte[] segment(int marker, byte[] content) {
        return ByteBuffer.allocate(4 + content.length).put((byte) 0xff).put((byte) marker)
                .putShort((short) (2 + content.length)).put(content).array();
    }
}
