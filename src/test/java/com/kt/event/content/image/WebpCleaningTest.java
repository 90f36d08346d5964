package com.kt.event.content.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is removed from a WebP, and what is kept. */
class WebpCleaningTest extends Cleaning {
    /** The data of one pixel, by libwebp's encoder. */
    private static final byte[] DATA = chunk("VP8L", Base64.getDecoder().decode("LwAAABAHEBERiIj+Bw=="));
    private static final byte[] PROFILE = chunk("ICCP", bytes("content"));
    private static final byte[] MANIFEST = chunk("C2PA", bytes("jumb c2pa"));
    private static final byte[] XMP_CHUNK = chunk("XMP ", bytes(XMP));
    private static final byte[] ALPHA_CHUNK = chunk("ALPH", new byte[3]);
    private static final int ANIMATED = 0x02;
    private static final int ALPHA = 0x10;
    private static final int ICC = 0x20;
    private static final int EXIF = 0x08;
    private static final int XMP_FLAG = 0x04;

    @Test
    void doesNotCopyAnImageWithoutMetadata() throws IOException {
        byte[] simple = webp(DATA);
        byte[] extended = webp(header(ALPHA | ICC), PROFILE, DATA);

        assertUnchanged(ImageFormat.WEBP, simple);
        assertUnchanged(ImageFormat.WEBP, extended);
    }

    @Test
    void removesExifXmpAndChunksThatItDoesNotKnowAndCorrectsTheHeaders() throws IOException {
        byte[] image = webp(header(ALPHA | ICC | EXIF | XMP_FLAG), PROFILE, DATA, chunk("EXIF", Tiff.placed(1)),
                XMP_CHUNK, chunk("PRMT", bytes("a photo of Kim")));

        assertThat(clean(ImageFormat.WEBP, image)).isEqualTo(webp(header(ALPHA | ICC), PROFILE, DATA));
    }

    @Test
    void removesMetadataFromASimpleImage() throws IOException {
        assertThat(clean(ImageFormat.WEBP, webp(DATA, XMP_CHUNK))).isEqualTo(webp(DATA));
    }

    @Test
    void removesBytesAfterTheEnd() throws IOException {
        assertThat(clean(ImageFormat.WEBP, concat(webp(DATA), bytes("PK zip")))).isEqualTo(webp(DATA));
        assertThat(clean(ImageFormat.WEBP, webp(DATA, bytes("seven..")))).isEqualTo(webp(DATA));
    }

    /** A decoder takes one. */
    @Test
    void removesFurtherColourProfiles() throws IOException {
        byte[] image = webp(header(ALPHA | ICC), PROFILE, chunk("ICCP", bytes("other")), DATA);

        assertThat(clean(ImageFormat.WEBP, image)).isEqualTo(webp(header(ALPHA | ICC), PROFILE, DATA));
    }

    @Test
    void keepsTheOrientationAlone() throws IOException {
        byte[] image = webp(header(EXIF | XMP_FLAG), DATA, chunk("EXIF", concat(bytes("Exif\0\0"), Tiff.placed(6))),
                XMP_CHUNK);

        assertThat(clean(ImageFormat.WEBP, image))
                .isEqualTo(webp(header(EXIF), DATA, chunk("EXIF", Exif.ofOrientation(6))));
    }

    @Test
    void removesFromAFrameWhatIsNotOfItsPixels() throws IOException {
        byte[] clean = webp(header(ANIMATED), frame(ALPHA_CHUNK, DATA), frame(DATA));

        assertUnchanged(ImageFormat.WEBP, clean);
        assertThat(clean(ImageFormat.WEBP, webp(header(ANIMATED), frame(ALPHA_CHUNK, XMP_CHUNK, DATA),
                frame(chunk("PRMT", bytes("a photo of Kim")), DATA, bytes("rest.")), XMP_CHUNK))).isEqualTo(clean);
    }

    // --- C2PA

    @Test
    void changesNothingInAnAnimationWithAManifestUnlessAFrameTellsAPlace() throws IOException {
        assertUnchanged(ImageFormat.WEBP, webp(header(ANIMATED), frame(XMP_CHUNK, DATA), MANIFEST));
        byte[][] places = {chunk("XMP ", bytes(PLACE)), chunk("EXIF", Tiff.placed(1))};
        for (byte[] place : places) {
            assertThat(clean(ImageFormat.WEBP, webp(header(ANIMATED), frame(place, DATA), MANIFEST)))
                    .isEqualTo(webp(header(ANIMATED), frame(DATA)));
        }
    }

    @Test
    void changesNothingInAnImageWithAManifest() throws IOException {
        byte[] image = concat(webp(header(EXIF), DATA, chunk("EXIF", Tiff.turned(6)), XMP_CHUNK, MANIFEST),
                bytes("after the end"));

        assertUnchanged(ImageFormat.WEBP, image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XMP ", "C2PA", "PRIV"})
    void removesTheManifestTooIfThereIsAPlace(String type) throws IOException {
        byte[] image = webp(header(EXIF), DATA, chunk(type, bytes(PLACE)), MANIFEST);

        assertThat(clean(ImageFormat.WEBP, image)).isEqualTo(webp(header(0), DATA));
        assertThat(clean(ImageFormat.WEBP, webp(header(EXIF), DATA, chunk("EXIF", Tiff.placed(1)), MANIFEST)))
                .isEqualTo(webp(header(0), DATA));
    }

    /** Of one pixel. */
    @Test
    void rejectsAnImageOfTooManyParts() throws IOException {
        byte[] chunks = repeat(chunk("PRMT", new byte[0]), 99_000);

        assertThat(clean(ImageFormat.WEBP, webp(DATA, chunks))).isEqualTo(webp(DATA));
        assertThatThrownBy(() -> clean(ImageFormat.WEBP, webp(DATA, chunks, chunks)))
                .isInstanceOf(BrokenImageException.class).hasMessage("an image of more than 100000 parts");
        assertThatThrownBy(() -> clean(ImageFormat.WEBP, webp(header(ANIMATED), frame(DATA, chunks, chunks))))
                .isInstanceOf(BrokenImageException.class).hasMessage("an image of more than 100000 parts");
    }

    private static byte[] header(int flags) {
        return chunk("VP8X", new byte[]{(byte) flags, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    }

    private static byte[] frame(byte[]... chunks) {
        return chunk("ANMF", concat(new byte[16], concat(chunks)));
    }

    private static byte[] webp(byte[]... chunks) {
        byte[] content = concat(chunks);
        return concat(ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).put(bytes("RIFF"))
                .putInt(4 + content.length).put(bytes("WEBP")).array(), content);
    }

    private static byte[] chunk(String type, byte[] data) {
        return ByteBuffer.allocate(8 + data.length + data.length % 2).order(ByteOrder.LITTLE_ENDIAN)
                .put(bytes(type)).putInt(data.length).put(data).array();
    }
}
