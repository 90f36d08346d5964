package com.kt.event.content.provider;

import java.io.IOException;

/**
 * Resolves the escapes in a JSON string whose bytes arrive in pieces. An escaped character becomes one byte, so it is meant
 * for ASCII texts such as base64.
 */
final class JsonText {
    private static final int UNICODE_DIGITS = 4;

    private final Base64Text text;
    private final byte[] one = new byte[1];
    private boolean isEscaped;
    private int digitsLeft;
    private int unicode;

    /** @param text receives the characters */
    JsonText(Base64Text text) {
        this.text = text;
    }

    /** Reads from an index to another one. Plain characters, of which an image has millions, are passed on together. */
    void accept(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            if (isEscaped) {
                escaped(bytes[at++]);
            } else if (digitsLeft > 0) {
                digit(bytes[at++]);
            } else {
                int end = at;
                while (end < to && bytes[end] != '\\') {
                    end++;
                }
                text.accept(bytes, at, end);
                isEscaped = end < to;
                at = end + 1;
            }
        }
    }

    private void escaped(byte next) throws IOException {
        isEscaped = false;
        switch (next) {
            case 'b' -> pass('\b');
            case 'f' -> pass('\f');
            case 'n' -> pass('\n');
            case 'r' -> pass('\r');
            case 't' -> pass('\t');
            case 'u' -> digitsLeft = UNICODE_DIGITS;
            default -> pass(next);
        }
    }

    /** What is not in ASCII becomes a byte that is not in any alphabet, as does what is no digit. */
    private void digit(byte next) throws IOException {
        int value = Character.digit(next, 16);
        unicode = unicode << 4 | (value < 0 ? 0xffff : value);
        if (--digitsLeft == 0) {
            pass(unicode >= 0 && unicode < 0x80 ? unicode : -1);
            unicode = 0;
        }
    }

    private void pass(int character) throws IOException {
        one[0] = (byte) character;
        text.accept(one, 0, 1);
    }
}
