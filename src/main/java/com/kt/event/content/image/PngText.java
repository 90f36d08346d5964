package com.kt.event.content.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.InflaterInputStream;

/** The text chunks of a PNG: W3C PNG, section 11.3.3. */
final class PngText {
    /** Decompressed, the rest of a text is not read: it may be a decompression bomb. */
    private static final int LONGEST = 1 << 20;

    /** ImageMagick writes EXIF, XMP and IPTC in hexadecimal into texts with this keyword. */
    private static final String HEXADECIMAL = "Raw profile type ";

    private PngText() {
    }

    /** Whether the text tells a place. A text that cannot be read is no text. */
    static boolean hasPlace(String type, ByteBuffer chunk) {
        try {
            return isPlace(type, chunk);
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return Places.in(chunk);
        }
    }

    private static boolean isPlace(String type, ByteBuffer chunk) throws IOException {
        int keyword = end(chunk, 0);
        int start = keyword + 1;
        boolean isCompressed = type.equals("zTXt");
        if (isCompressed) {
            start++;
        } else if (type.equals("iTXt")) {
            isCompressed = chunk.get(start) == 1;
            int language = end(chunk, start + 2);
            start = end(chunk, language + 1) + 1;
        }
        byte[] text = new byte[chunk.limit() - start];
        chunk.get(start, text);
        text = isCompressed ? decompressed(text) : text;
        return Places.in(ByteBuffer.wrap(Bytes.startsWith(chunk, HEXADECIMAL) ? profile(text) : text));
    }

    /** Where the zero is that ends a text. */
    private static int end(ByteBuffer chunk, int start) {
        int end = start;
        while (chunk.get(end) != 0) {
            end++;
        }
        return end;
    }

    private static byte[] decompressed(byte[] text) throws IOException {
        try (InflaterInputStream input = new InflaterInputStream(new ByteArrayInputStream(text))) {
            return input.readNBytes(LONGEST);
        }
    }

    /** An empty line, the name, the length, and lines of hexadecimal digits. */
    private static byte[] profile(byte[] text) {
        String[] lines = new String(text, StandardCharsets.ISO_8859_1).split("\n", 4);
        return HexFormat.of().parseHex(lines[lines.length - 1].replaceAll("\\s", ""));
    }
}
