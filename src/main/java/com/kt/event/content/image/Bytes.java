package com.kt.event.content.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Texts in the bytes of an image, from a buffer's start to its limit. */
final class Bytes {
    private Bytes() {
    }

    static boolean startsWith(ByteBuffer bytes, String text) {
        return isAt(bytes, 0, text);
    }

    static boolean contain(ByteBuffer bytes, String text) {
        return indexOf(bytes, text, 0) >= 0;
    }

    /** Where the text is, not before {@code from}; -1 if it is nowhere. */
    static int indexOf(ByteBuffer bytes, String text, int from) {
        byte[] searched = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = from; at <= bytes.limit() - searched.length; at++) {
            if (isAt(bytes, at, searched)) {
                return at;
            }
        }
        return -1;
    }

    static boolean isAt(ByteBuffer bytes, int position, String text) {
        return isAt(bytes, position, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean isAt(ByteBuffer bytes, int position, byte[] searched) {
        if (position + searched.length > bytes.limit()) {
            return false;
        }
        for (int i = 0; i < searched.length; i++) {
            if (bytes.get(position + i) != searched[i]) {
                return false;
            }
        }
        return true;
    }

    /** The text of this length at the buffer's position, which moves behind it. */
    static String text(ByteBuffer bytes, int length) {
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
