package com.kt.event.content.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The text chunks of a PNG: W3C PNG, section 11.3.3. */
final class PngText {
    /** ImageMagick writes EXIF, XMP and IPTC in hexadecimal into texts with this keyword. */
    private static final String HEXADECIMAL = "Raw profile type ";

    private PngText() {
    }

    /** Whether the text tells a place. A text that cannot be read is no text. */
    static boolean hasPlace(String type, ByteBuffer chunk, Places places) {
        try {
            return isPlace(type, chunk, places);
        } catch (Places.TooLongException e) {
            return true;
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return places.in(chunk);
        }
    }

    private static boolean isPlace(String type, ByteBuffer chunk, Places places) throws IOException {
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
        ByteBuffer text = chunk.slice(start, chunk.limit() - start);
        text = isCompressed ? ByteBuffer.wrap(places.decompressed(text)) : text;
        return places.in(Bytes.startsWith(chunk, HEXADECIMAL) ? profile(places.text(text)) : text);
    }

    /** Where the zero is that ends a text. */
    private static int end(ByteBuffer chunk, int start) {
        int end = start;
        while (chunk.get(end) != 0) {
            end++;
        }
        return end;
    }

    /** An empty line, the name, the length, and lines of hexadecimal digits. */
    private static ByteBuffer profile(byte[] text) {
        String[] lines = new String(text, StandardCharsets.ISO_8859_1).split("\n", 4);
        return ByteBuffer.wrap(HexFormat.of().parseHex(lines[lines.length - 1].replaceAll("\\s", "")));
    }
}
