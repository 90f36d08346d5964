package com.kt.event.content.provider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import com.kt.event.content.image.Spool;

/**
 * Decodes base64 as providers and gateways write it, in pieces: in either alphabet, with or without padding and line breaks,
 * and as a {@code data:} URL of any media type. {@link java.util.Base64} accepts only one of these forms at a time.
 */
final class Base64Text {
    private static final int PREFIX = 1_000;
    private static final byte BLANK = -2;
    private static final byte PADDING = -3;
    private static final byte ESCAPE = -4;
    private static final byte[] VALUES = values();

    private final Spool target;
    private final byte[] bytes = new byte[12 * 1024];
    private int length;
    /** The beginning, which may be that of a data URL; null once it is decoded. */
    private ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    /** Why it is not base64; null if it is so far. */
    private String fault;
    private int bits;
    private int count;
    private boolean isPadded;
    /** How many digits of a percent-encoded character are missing. */
    private int digitsLeft;
    private int digits;

    /** @param target receives the decoded bytes */
    Base64Text(Spool target) {
        this.target = target;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['-'] = values['+'];
        values['_'] = values['/'];
        for (char blank : " \t\r\n\f".toCharArray()) {
            values[blank] = BLANK;
        }
        values['='] = PADDING;
        values['%'] = ESCAPE;
        return values;
    }

    static boolean isDataUrl(String beginning) {
        return beginning.stripLeading().regionMatches(true, 0, "data:", 0, 5);
    }

    /**
     * Decodes the characters from an index to another one. What is not base64 is reported at the end.
     *
     * @throws IOException if the decoded bytes cannot be stored
     */
    void accept(byte[] text, int from, int to) throws IOException {
        if (beginning == null) {
            decode(text, from, to);
            return;
        }
        beginning.write(text, from, to - from);
        if (beginning.size() >= PREFIX) {
            begin();
        }
    }

    /** @throws IOException if the text is not base64, or the decoded bytes cannot be stored */
    Spool end() throws IOException {
        if (beginning != null) {
            begin();
        }
        if (digitsLeft > 0) {
            fault("not base64");
        }
        rest();
        if (fault != null) {
            throw new IOException(fault);
        }
        flush();
        return target;
    }

    /** Skips the beginning of a data URL, such as {@code data:image/png;base64,}. */
    private void begin() throws IOException {
        byte[] text = beginning.toByteArray();
        beginning = null;
        int start = 0;
        String prefix = new String(text, 0, Math.min(PREFIX, text.length), StandardCharsets.ISO_8859_1);
        if (isDataUrl(prefix)) {
            int comma = prefix.indexOf(',');
            if (comma < 0
                    || !prefix.substring(0, comma).stripTrailing().toLowerCase(Locale.ROOT).endsWith("base64")) {
                fault("a data URL that is not in base64");
            }
            start = comma + 1;
        }
        decode(text, start, text.length);
    }

    private void decode(byte[] text, int from, int to) throws IOException {
        int at = from;
        while (at < to && fault == null) {
            if (count == 0 && digitsLeft == 0 && !isPadded) {
                at = decodeGroups(text, at, to);
            }
            if (at < to) {
                character(text[at++]);
            }
        }
    }

    /** Decodes four characters at a time, up to one that is not of the alphabet, and returns its index. */
    private int decodeGroups(byte[] text, int from, int to) throws IOException {
        int i = from;
        for (; i + 4 <= to && (text[i] | text[i + 1] | text[i + 2] | text[i + 3]) >= 0; i += 4) {
            int group = VALUES[text[i]] << 18 | VALUES[text[i + 1]] << 12 | VALUES[text[i + 2]] << 6
                    | VALUES[text[i + 3]];
            // Negative if one of the four is.
            if (group < 0) {
                break;
            }
            put(group, 3);
        }
        return i;
    }

    private void character(byte next) throws IOException {
        if (digitsLeft > 0) {
            digit(next);
        } else {
            int value = next < 0 ? -1 : VALUES[next];
            if (value == ESCAPE) {
                digitsLeft = 2;
            } else {
                value(value);
            }
        }
    }

    /** In a data URL some characters may be percent-encoded. */
    private void digit(byte next) throws IOException {
        int digit = Character.digit(next, 16);
        if (digit < 0) {
            fault("not base64");
            return;
        }
        digits = digits << 4 | digit;
        if (--digitsLeft == 0) {
            value(digits < VALUES.length && digits != '%' ? VALUES[digits] : -1);
            digits = 0;
        }
    }

    private void value(int value) throws IOException {
        if (value == PADDING) {
            isPadded = true;
        } else if (value != BLANK) {
            if (value < 0 || isPadded) {
                fault("not base64");
                return;
            }
            bits = bits << 6 | value;
            count = count + 1 & 3;
            if (count == 0) {
                put(bits, 3);
            }
        }
    }

    private void fault(String what) {
        fault = fault == null ? what : fault;
    }

    /** Of the last group, two characters are one byte and three are two; a single one is a truncated text. */
    private void rest() throws IOException {
        switch (count) {
            case 1 -> fault("truncated base64");
            case 2 -> put(bits << 12, 1);
            case 3 -> put(bits << 6, 2);
            default -> {
            }
        }
    }

    private void put(int group, int size) throws IOException {
        if (length + size > bytes.length) {
            flush();
        }
        for (int i = 0; i < size; i++) {
            bytes[length++] = (byte) (group >> 16 - 8 * i);
        }
    }

    private void flush() throws IOException {
        target.write(bytes, 0, length);
        length = 0;
    }
}
