package com.kt.event.content.provider;

import java.io.BufferedInputStream;
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
    private boolean ended;

    JsonTextReader(InputStream bytes) {
        this.bytes = new BufferedInputStream(bytes);
    }

    @Override
    public int read(char[] target, int offset, int count) throws IOException {
        int read = 0;
        while (read < count && !ended) {
            int next = next();
            if (next == '"') {
                ended = true;
            } else {
                target[offset + read++] = next == '\\' ? escaped() : (char) next;
            }
        }
        return read == 0 && count > 0 ? -1 : read;
    }

    private int next() throws IOException {
        int next = bytes.read();
        if (next < 0) {
            throw new EOFException("an unterminated text");
        }
        return next;
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
