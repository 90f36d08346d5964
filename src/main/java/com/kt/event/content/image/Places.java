package com.kt.event.content.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.InflaterInputStream;

/**
 * Looks for a geographical position in the metadata of one image: in XMP, in EXIF, in a manifest, or in the EXIF of an image
 * within it. An image may be made so that this takes hours; what is too much to be searched is taken for a place.
 */
final class Places {
    /** Each may have 65,535 entries. */
    private static final int MOST_EXIFS = 100;
    private static final int LONGEST_TEXT = 1 << 20;

    private int exifs = MOST_EXIFS;
    /** How many bytes may still be copied. */
    private int left = 8 * LONGEST_TEXT;

    /** The text is too long, or there are too many. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    boolean in(ByteBuffer bytes) {
        boolean isNamed = Bytes.contain(bytes, "GPSLatitude") || Bytes.contain(bytes, "GPSLongitude");
        if (isNamed || Exif.of(bytes).hasPlace()) {
            return true;
        }
        for (int at = Bytes.indexOf(bytes, Exif.PREFIX, 0); at >= 0; at = Bytes.indexOf(bytes, Exif.PREFIX, at + 1)) {
            if (exifs-- <= 0 || Exif.of(bytes.slice(at, bytes.limit() - at)).hasPlace()) {
                return true;
            }
        }
        return false;
    }

    /** A copy of the text, to be searched. */
    byte[] text(ByteBuffer text) throws TooLongException {
        spend(text.remaining());
        byte[] copy = new byte[text.remaining()];
        text.duplicate().get(copy);
        return copy;
    }

    byte[] decompressed(ByteBuffer text) throws IOException {
        byte[] compressed = text(text);
        try (InflaterInputStream input = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            byte[] decompressed = input.readNBytes(Math.min(LONGEST_TEXT, left) + 1);
            spend(decompressed.length);
            return decompressed;
        }
    }

    private void spend(int bytes) throws TooLongException {
        if (bytes > Math.min(LONGEST_TEXT, left)) {
            throw new TooLongException();
        }
        left -= bytes;
    }
}
