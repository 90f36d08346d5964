package com.kt.event.content.provider;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/**
 * Reads a JSON string, from behind its opening quote to its end, and resolves its escapes. Each byte becomes one character,
 * so it is meant for ASCII texts such as base64.
 */
final class JsonTextReader extends Reader {
    private final InputStream bytes;
    private final byte[] buffer = new byte[8 * 1024];
    private int at;
    private int filled;
    private boolean ended;

    JsonTextReader(InputStream bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read(char[] target, int offset, int count) throws IOException {
        int read = 0;
        while (read < count && !ended) {
            read += copyPlain(target, offset + read, count - read);
            if (read < count) {
                int next = next();
                if (next == '"') {
                    ended = true;
                } else {
                    target[offset + read++] = next == '\\' ? escaped() : (char) next;
                }
            }
        }
        return read == 0 && count > 0 ? -1 : read;
    }

    /** Copies what is in the buffer, up to a quote or an escape. An image has millions of characters. */
    private int copyPlain(char[] target, int offset, int most) {
        int start = at;
        int end = Math.min(filled, start + most);
        int i = start;
        for (; i < end && buffer[i] != '"' && buffer[i] != '\\'; i++) {
            target[offset + i - start] = (char) (buffer[i] & 0xff);
        }
        at = i;
        return i - start;
    }

    private int next() throws IOException {
        if (at == filled) {
            at = 0;
            filled = Math.max(0, bytes.read(buffer));
        }
        if (filled == 0) {
            throw new EOFException("an unterminated text");
        }
        return buffer[at++] & 0xff;
    }

    private char escaped() throws IOException {
        int next = next();
        return switch (next) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) Integer.parseInt(new String(new char[]{(char) next(), (char) next(), (char) next(),
                    (char) next()}), 16);
            default -> (char) next;
        };
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
