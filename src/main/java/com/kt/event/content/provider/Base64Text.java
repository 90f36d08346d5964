package com.kt.event.content.provider;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.Locale;

/**
 * Decodes base64 as providers and gateways write it: in either alphabet, with or without padding and line breaks, and as a
 * {@code data:} URL of any media type. {@link java.util.Base64} accepts only one of these forms at a time.
 */
final class Base64Text {
    private static final int PREFIX = 1_000;
    private static final byte BLANK = -2;
    private static final byte PADDING = -3;
    private static final byte ESCAPE = -4;
    private static final byte[] VALUES = values();

    private final Reader text;
    private final char[] buffer = new char[8 * 1024];
    private int at;
    private int filled;
    private byte[] bytes;
    private int length;

    private Base64Text(Reader text, int upperLength) {
        this.text = text;
        this.bytes = new byte[(int) (upperLength * 3L / 4) + 3];
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

    /** @param upperLength at least the number of characters in the text */
    static byte[] decode(Reader text, int upperLength) throws IOException {
        Base64Text decoder = new Base64Text(text, upperLength);
        decoder.skipPrefix();
        decoder.decode();
        return decoder.bytes.length == decoder.length ? decoder.bytes : Arrays.copyOf(decoder.bytes, decoder.length);
    }

    static boolean isDataUrl(String beginning) {
        return beginning.stripLeading().regionMatches(true, 0, "data:", 0, 5);
    }

    /** Skips the beginning of a data URL, such as {@code data:image/png;base64,}. */
    private void skipPrefix() throws IOException {
        fill();
        String beginning = new String(buffer, 0, Math.max(0, Math.min(filled, PREFIX)));
        if (isDataUrl(beginning)) {
            int comma = beginning.indexOf(',');
            if (comma < 0 || !beginning.substring(0, comma).stripTrailing().toLowerCase(Locale.ROOT)
                    .endsWith("base64")) {
                throw new IOException("a data URL that is not in base64");
            }
            at = comma + 1;
        }
    }

    private void decode() throws IOException {
        int bits = 0;
        int count = 0;
        boolean padded = false;
        decodeGroups();
        for (int next = next(); next >= 0; next = next()) {
            int value = next < VALUES.length ? VALUES[next] : -1;
            if (value == ESCAPE) {
                value = escaped();
            }
            if (value == PADDING) {
                padded = true;
            } else if (value != BLANK) {
                if (value < 0 || padded) {
                    throw new IOException("not base64");
                }
                bits = bits << 6 | value;
                count = count + 1 & 3;
                if (count == 0) {
                    put(bits, 3);
                    decodeGroups();
                }
            }
        }
        rest(bits, count);
    }

    /** Decodes what is in the buffer, four characters at a time, up to one that is not of the alphabet. */
    private void decodeGroups() {
        int i = at;
        for (; i + 4 <= filled && (buffer[i] | buffer[i + 1] | buffer[i + 2] | buffer[i + 3]) < VALUES.length; i += 4) {
            int bits = VALUES[buffer[i]] << 18 | VALUES[buffer[i + 1]] << 12 | VALUES[buffer[i + 2]] << 6
                    | VALUES[buffer[i + 3]];
            // Negative if one of the four is.
            if (bits < 0) {
                break;
            }
            put(bits, 3);
        }
        at = i;
    }

    /** Of the last group, two characters are one byte and three are two; a single one is a truncated text. */
    private void rest(int bits, int count) throws IOException {
        switch (count) {
            case 1 -> throw new IOException("truncated base64");
            case 2 -> put(bits << 12, 1);
            case 3 -> put(bits << 6, 2);
            default -> {
            }
        }
    }

    private void put(int bits, int count) {
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) (bits >> 16 - 8 * i);
        }
    }

    /** In a data URL some characters may be percent-encoded. */
    private int escaped() throws IOException {
        int high = Character.digit(next(), 16);
        int low = Character.digit(next(), 16);
        int next = high < 0 || low < 0 ? VALUES.length : high * 16 + low;
        return next < VALUES.length && next != '%' ? VALUES[next] : -1;
    }

    private int next() throws IOException {
        if (at == filled) {
            fill();
        }
        return filled < 0 ? -1 : buffer[at++];
    }

    private void fill() throws IOException {
        filled = text.read(buffer, 0, buffer.length);
        at = Math.min(filled, 0);
    }
}
