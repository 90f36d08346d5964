package com.kt.event.content.image;

import static com.kt.event.content.image.PngChunks.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.DeflaterOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is removed from a PNG, and what is kept. */
class PngCleaningTest extends Cleaning {
    private static final int AFTER_HEADER = 33;
    private static final byte[] MANIFEST = chunk("caBX", bytes("\0\0\0\u0020jumb ... c2pa"));

    private final byte[] png = encoded("png");

    PngCleaningTest() throws IOException {
    }

    @Test
    void doesNotCopyAnImageWithoutMetadata() throws IOException {
        assertUnchanged(ImageFormat.PNG, png);
    }

    @Test
    void removesTextsExifXmpAndChunksThatItDoesNotKnow() throws IOException {
        byte[] image = insert(png, AFTER_HEADER, chunk("tEXt", bytes("parameters\0a photo of Kim")),
                chunk("zTXt", compressed("Author\0\0", "Kim")),
                chunk("iTXt", bytes("XML:com.adobe.xmp\0\0\0\0\0" + XMP)),
                chunk("eXIf", Tiff.placed(1)), chunk("prMt", bytes("a photo of Kim")));

        byte[] clean = clean(ImageFormat.PNG, image);

        assertThat(clean).isEqualTo(png);
        assertSamePixels(clean, image);
    }

    @Test
    void removesATextAfterTheDataAndBytesAfterTheEnd() throws IOException {
        byte[] image = concat(insert(png, png.length - 12, chunk("tEXt", bytes("Comment\0Kim"))), bytes("PK zip"));

        assertThat(clean(ImageFormat.PNG, image)).isEqualTo(png);
    }

    @Test
    void removesDataFromTheEnd() throws IOException {
        byte[] image = concat(Arrays.copyOf(png, png.length - 12), chunk("IEND", bytes("prompt: a photo of Kim")));

        assertThat(clean(ImageFormat.PNG, image)).isEqualTo(png);
        assertUnchanged(ImageFormat.PNG, insert(image, AFTER_HEADER, MANIFEST));
        byte[] placed = concat(Arrays.copyOf(png, png.length - 12), chunk("IEND", bytes(PLACE)));
        assertThat(clean(ImageFormat.PNG, insert(placed, AFTER_HEADER, MANIFEST))).isEqualTo(png);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sPLT", "pCAL", "sCAL"})
    void removesChunksThatHaveAName(String type) throws IOException {
        byte[] named = chunk(type, bytes("a photo of Kim\0\10"));

        assertThat(clean(ImageFormat.PNG, insert(png, AFTER_HEADER, named))).isEqualTo(png);
        named[named.length - 1] ^= 1;
        assertThat(clean(ImageFormat.PNG, insert(png, AFTER_HEADER, named))).as("damaged").isEqualTo(png);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iCCP", "gAMA", "cHRM", "sRGB", "cICP", "pHYs", "tRNS", "acTL", "tIME"})
    void keepsColoursAndOtherChunksWithoutText(String type) throws IOException {
        byte[] image = insert(png, AFTER_HEADER, chunk(type, bytes("content")));

        assertUnchanged(ImageFormat.PNG, image);
    }

    /** A decoder takes one. */
    @Test
    void removesFurtherColourProfiles() throws IOException {
        byte[] profile = chunk("iCCP", bytes("content"));
        byte[] damaged = chunk("iCCP", bytes("damaged"));
        damaged[9] ^= 1;

        assertThat(clean(ImageFormat.PNG, insert(png, AFTER_HEADER, profile, chunk("iCCP", bytes("other")), profile)))
                .isEqualTo(insert(png, AFTER_HEADER, profile));
        assertThat(clean(ImageFormat.PNG, insert(png, AFTER_HEADER, damaged, profile)))
                .isEqualTo(insert(png, AFTER_HEADER, profile));
    }

    @Test
    void keepsTheOrientationAlone() throws IOException {
        byte[] image = insert(png, AFTER_HEADER, chunk("tEXt", bytes("Author\0Kim")), chunk("eXIf", Tiff.placed(6)));

        assertThat(clean(ImageFormat.PNG, image))
                .isEqualTo(insert(png, AFTER_HEADER, chunk("eXIf", Exif.ofOrientation(6))));
    }

    @Test
    void removesAnAncillaryChunkThatIsDamaged() throws IOException {
        byte[] colours = chunk("gAMA", bytes("content"));
        colours[9] ^= 1;

        assertThat(clean(ImageFormat.PNG, insert(png, AFTER_HEADER, colours))).isEqualTo(png);
    }

    /** It might be image data with a damaged type. */
    @Test
    void rejectsADamagedChunkThatItDoesNotKnow() {
        byte[] unknown = chunk("IDAT", bytes("content"));
        unknown[4] ^= 0x20;

        assertThatThrownBy(() -> clean(ImageFormat.PNG, insert(png, AFTER_HEADER, unknown)))
                .isInstanceOf(BrokenImageException.class);
    }

    @Test
    void rejectsAnImageOfTooManyParts() throws IOException {
        byte[] texts = repeat(chunk("tEXt", new byte[0]), 99_000);

        assertThat(clean(ImageFormat.PNG, insert(png, AFTER_HEADER, texts))).isEqualTo(png);
        assertThatThrownBy(() -> clean(ImageFormat.PNG, insert(png, AFTER_HEADER, texts, texts)))
                .isInstanceOf(BrokenImageException.class).hasMessage("an image of more than 100000 parts");
    }

    // --- C2PA

    @Test
    void changesNothingInAnImageWithAManifest() throws IOException {
        byte[] image = concat(insert(png, AFTER_HEADER, chunk("tEXt", bytes("Author\0Kim")), MANIFEST,
                chunk("eXIf", Tiff.turned(6)), chunk("prMt", bytes("a photo of Kim"))), bytes("end"));

        assertUnchanged(ImageFormat.PNG, image);
    }

    @Test
    void removesTheManifestTooIfExifTellsAPlace() throws IOException {
        byte[] image = insert(png, AFTER_HEADER, MANIFEST, chunk("eXIf", Tiff.placed(1)));

        assertThat(clean(ImageFormat.PNG, image)).isEqualTo(png);
    }

    @Test
    void removesTheManifestTooIfDamagedExifTellsAPlace() throws IOException {
        byte[] exif = chunk("eXIf", Tiff.placed(1));
        exif[exif.length - 1] ^= 1;

        assertThat(clean(ImageFormat.PNG, insert(png, AFTER_HEADER, MANIFEST, exif))).isEqualTo(png);
    }

    @Test
    void removesTheManifestTooIfATextTellsAPlace() throws IOException {
        String keyword = "XML:com.adobe.xmp\0";
        String exif = "\nexif\n     106\n" + HexFormat.of().formatHex(concat(bytes("Exif\0\0"), Tiff.placed(1))) + "\n";
        byte[][] texts = {chunk("iTXt", bytes(keyword + "\0\0\0\0" + PLACE)),
                chunk("iTXt", compressed(keyword + "\1\0en\0XMP\0", PLACE)), chunk("tEXt", bytes("Comment\0" + PLACE)),
                chunk("zTXt", compressed("Comment\0\0", PLACE)), chunk("tEXt", bytes("Raw profile type exif\0" + exif)),
                chunk("zTXt", compressed("Raw profile type APP1\0\0", exif)), chunk("prIv", bytes(PLACE)),
                chunk("caBX", bytes("jumb c2pa stds.exif exif:GPSLongitude 126,58.7E"))};
        for (byte[] text : texts) {
            assertThat(clean(ImageFormat.PNG, insert(png, AFTER_HEADER, text, MANIFEST))).isEqualTo(png);
            assertThat(clean(ImageFormat.PNG, insert(png, AFTER_HEADER, MANIFEST, text))).isEqualTo(png);
        }
        assertThat(clean(ImageFormat.PNG, concat(insert(png, AFTER_HEADER, MANIFEST), bytes(PLACE)))).isEqualTo(png);
    }

    /** Nobody can tell what the rest says. */
    @Test
    void removesTheManifestTooIfTextsAreTooLongToBeSearched() throws IOException {
        byte[] megabyte = chunk("zTXt", compressed("Comment\0\0", "x".repeat(1 << 20)));
        byte[] longer = chunk("zTXt", compressed("Comment\0\0", "x".repeat((1 << 20) + 1)));

        assertUnchanged(ImageFormat.PNG, insert(png, AFTER_HEADER, MANIFEST, repeat(megabyte, 7)));
        assertThat(clean(ImageFormat.PNG, insert(png, AFTER_HEADER, MANIFEST, longer))).isEqualTo(png);
        assertThat(clean(ImageFormat.PNG, insert(png, AFTER_HEADER, MANIFEST, repeat(megabyte, 8)))).isEqualTo(png);
        byte[] profile = chunk("tEXt", bytes("Raw profile type exif\0\nexif\n9\n" + "00".repeat(1 << 20)));
        assertThat(clean(ImageFormat.PNG, insert(png, AFTER_HEADER, MANIFEST, profile))).isEqualTo(png);
    }

    /** It is not copied to be searched. */
    @Test
    void searchesAPlainTextOfAnyLength() throws IOException {
        String text = "x".repeat(9_000_000);
        byte[] image = insert(png, AFTER_HEADER, MANIFEST, chunk("tEXt", bytes("Comment\0" + text)));

        assertUnchanged(ImageFormat.PNG, image);
        assertThat(clean(ImageFormat.PNG,
                insert(png, AFTER_HEADER, MANIFEST, chunk("tEXt", bytes("Comment\0" + text + PLACE))))).isEqualTo(png);
    }

    /** Each might be the start of a directory of 65,535 entries. */
    @Test
    @Timeout(60)
    void removesTheManifestTooIfThereAreTooManyExifsToBeSearched() throws IOException {
        byte[] tiff = Arrays.copyOf(Tiff.turned(1), 12 * 0xffff);
        ByteBuffer.wrap(tiff).putShort(8, (short) -1);
        byte[] head = concat(bytes("Exif\0\0"), Arrays.copyOf(tiff, 10));
        byte[] manifest = chunk("caBX", concat(bytes("jumb c2pa"), repeat(head, 1_000_000), tiff));

        assertThat(clean(ImageFormat.PNG, insert(png, AFTER_HEADER, manifest))).isEqualTo(png);
        assertUnchanged(ImageFormat.PNG,
                insert(png, AFTER_HEADER, chunk("caBX", concat(bytes("jumb c2pa"), repeat(head, 100), tiff))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Comment", "Comment\0\0not compressed", "Raw profile type exif\0\nexif\n3\nxyz"})
    void changesNothingIfATextCannotBeRead(String text) throws IOException {
        for (String type : new String[]{"tEXt", "zTXt", "iTXt"}) {
            byte[] image = insert(png, AFTER_HEADER, chunk(type, bytes(text)), MANIFEST);

            assertUnchanged(ImageFormat.PNG, image);
        }
    }

    private static byte[] compressed(String head, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(bytes(head));
        try (DeflaterOutputStream output = new DeflaterOutputStream(bytes)) {
            output.write(bytes(text));
        }
        return bytes.toByteArray();
    }
}
