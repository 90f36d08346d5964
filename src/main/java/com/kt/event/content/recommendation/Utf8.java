package com.kt.event.content.recommendation;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes bytes of another service strictly: a replacement character would end up in an image that is paid for. */
final class Utf8 {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    /** Put in place of what is not UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final String NO_TEXT = "it is not UTF-8 text";

    private Utf8() {
    }

    /** Fails for other encodings and for data that is not text: compressed, or in a binary serialization. */
    static String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // The replacement character may also be in the bytes.
        return withoutByteOrderMark(text.indexOf(REPLACEMENT) < 0 ? text : decodeStrictly(bytes));
    }

    private static String decodeStrictly(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableRecommendationException(NO_TEXT);
        }
    }

    /** A field or value of a hash. Control characters, which JSON would have escaped, reveal binary data. */
    static String decodeField(byte[] bytes) {
        String text = decode(bytes);
        if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
            throw new UnreadableRecommendationException(NO_TEXT);
        }
        return text;
    }

    private static String withoutByteOrderMark(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == BYTE_ORDER_MARK) {
            start++;
        }
        return text.substring(start);
    }
}
