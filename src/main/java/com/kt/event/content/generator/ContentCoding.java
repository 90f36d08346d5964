package com.kt.event.content.generator;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Undoes the compression of an answer. We ask for none, but some servers and gateways compress all the same. The limit is
 * that of what comes out.
 */
final class ContentCoding {
    private ContentCoding() {
    }

    /**
     * Blocks, as every reader of an answer does.
     *
     * @param coding what {@code Content-Encoding} says; may be null
     * @throws IOException if it is broken
     */
    static AnswerBody undo(String coding, AnswerBody body, long maxBytes) throws IOException {
        String name = coding == null ? "" : coding.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> isGzip(body) ? copy(new GZIPInputStream(body.stream()), maxBytes) : body;
            case "deflate", "x-deflate" -> copy(inflate(body), maxBytes);
            default -> throw ImageApiFailures.invalid("the answer is compressed as nobody asked for");
        };
    }

    /** Some that say so send what is not compressed, which nothing that we take begins like. */
    private static boolean isGzip(AnswerBody body) throws IOException {
        try (InputStream bytes = body.stream()) {
            return bytes.read() == 0x1f && bytes.read() == 0x8b;
        }
    }

    /** With zlib's header, as RFC 9110 has it, or without, as some servers do; browsers take both. */
    private static InputStream inflate(AnswerBody body) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(body.stream(), 2);
        byte[] header = bytes.readNBytes(2);
        bytes.unread(header);
        boolean isZlib = header.length == 2 && (header[0] & 0x0f) == 8
                && ((header[0] & 0xff) << 8 | header[1] & 0xff) % 31 == 0;
        return new InflaterInputStream(bytes, new Inflater(!isZlib));
    }

    private static AnswerBody copy(InputStream from, long maxBytes) throws IOException {
        AnswerBody copy = new AnswerBody();
        byte[] buffer = new byte[8 * 1024];
        try (from) {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                if (copy.length() + count > maxBytes) {
                    throw ImageApiFailures.invalid("the answer is larger than " + maxBytes + " bytes");
                }
                copy.add(buffer, count);
            }
        }
        return copy;
    }
}
