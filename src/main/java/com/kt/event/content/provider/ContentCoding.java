package com.kt.event.content.provider;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Undoes the compression of a response. None is requested, but some servers and gateways compress anyway. The size limit
 * applies to the decompressed content.
 */
final class ContentCoding {
    private static final int MOST_CODINGS = 4;

    private ContentCoding() {
    }

    /** Tolerates that some servers omit the checksum, which follows the content. */
    private static final class Gzip extends GZIPInputStream {
        Gzip(InputStream bytes) throws IOException {
            super(bytes);
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            try {
                return super.read(target, offset, count);
            } catch (EOFException e) {
                if (inf.finished()) {
                    return -1;
                }
                throw e;
            }
        }
    }

    /** Bytes that can be read again. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    /**
     * Blocks.
     *
     * @param coding the value of {@code Content-Encoding}; may be null
     * @param maxBytes of the content
     * @throws IOException if the content is damaged
     */
    static void undo(String coding, Source body, long maxBytes, ByteSink content) throws IOException {
        String[] names = coding == null ? new String[0] : coding.toLowerCase(Locale.ROOT).split(",");
        Source plain = body;
        // The last coding was applied last. More than a few are an attack.
        for (int i = names.length - 1; i >= Math.max(0, names.length - MOST_CODINGS); i--) {
            plain = undoOne(names[i].strip(), plain, maxBytes);
        }
        copy(plain, maxBytes, content);
    }

    private static Source undoOne(String name, Source body, long maxBytes) throws IOException {
        return switch (name) {
            case "gzip", "x-gzip" -> isGzip(body) ? () -> new Gzip(body.open()) : body;
            case "deflate", "x-deflate" -> isDeflated(body, maxBytes) ? () -> inflate(body.open()) : body;
            // Often not a coding at all (utf-8, binary, aws-chunked), which browsers ignore. Content in an unknown coding is
            // neither JSON nor an image, and fails there.
            default -> body;
        };
    }

    /** Some servers declare gzip but send plain content. No accepted format begins like gzip. */
    private static boolean isGzip(Source body) throws IOException {
        try (InputStream bytes = body.open()) {
            return bytes.read() == 0x1f && bytes.read() == 0x8b;
        }
    }

    /** Some servers declare deflate but send plain content. */
    private static boolean isDeflated(Source body, long maxBytes) throws IOException {
        try {
            copy(() -> inflate(body.open()), maxBytes, (bytes, count) -> {
            });
            return true;
        } catch (ZipException e) {
            return false;
        }
    }

    /** With zlib's header (RFC 9110) or without it, as some servers send it; browsers accept both. */
    private static InputStream inflate(InputStream body) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(body, 2);
        byte[] header = bytes.readNBytes(2);
        bytes.unread(header);
        boolean isZlib = header.length == 2 && (header[0] & 0x0f) == 8
                && ((header[0] & 0xff) << 8 | header[1] & 0xff) % 31 == 0;
        return new InflaterInputStream(bytes, new Inflater(!isZlib));
    }

    private static void copy(Source source, long maxBytes, ByteSink target) throws IOException {
        byte[] buffer = new byte[8 * 1024];
        long length = 0;
        try (InputStream bytes = source.open()) {
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                length += count;
                if (length > maxBytes) {
                    throw ImageFailure.invalid("the response is larger than " + maxBytes + " bytes");
                }
                target.accept(buffer, count);
            }
        }
    }
}
