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
 * Undoes the compression of an answer. We ask for none, but some servers and gateways compress all the same. The limit is
 * that of what comes out.
 */
final class ContentCoding {
    private static final int MOST_CODINGS = 4;

    private ContentCoding() {
    }

    /** Some servers leave the checksum out, which comes after all of the content. */
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

    /**
     * Blocks, as every reader of an answer does.
     *
     * @param coding what {@code Content-Encoding} says; may be null
     * @throws IOException if it is broken
     */
    static ResponseBody undo(String coding, ResponseBody body, long maxBytes) throws IOException {
        String[] names = coding == null ? new String[0] : coding.toLowerCase(Locale.ROOT).split(",");
        ResponseBody plain = body;
        // The last was applied last. Nobody compresses more than a few times, but to make us work.
        for (int i = names.length - 1; i >= Math.max(0, names.length - MOST_CODINGS); i--) {
            plain = undoOne(names[i].strip(), plain, maxBytes);
        }
        return plain;
    }

    private static ResponseBody undoOne(String name, ResponseBody body, long maxBytes) throws IOException {
        return switch (name) {
            case "gzip", "x-gzip" -> isGzip(body) ? copy(new Gzip(body.stream()), maxBytes) : body;
            case "deflate", "x-deflate" -> deflated(body, maxBytes);
            // Often it is none at all (utf-8, binary, the aws-chunked of an upload), and browsers pass over it. What is
            // compressed in a way that is not known here is neither JSON nor an image, and told by that.
            default -> body;
        };
    }

    /** Some that say so send what is not compressed, which nothing that we take begins like. */
    private static boolean isGzip(ResponseBody body) throws IOException {
        try (InputStream bytes = body.stream()) {
            return bytes.read() == 0x1f && bytes.read() == 0x8b;
        }
    }

    /** Like gzip, some say it of what is not compressed. */
    private static ResponseBody deflated(ResponseBody body, long maxBytes) throws IOException {
        try {
            return copy(inflate(body), maxBytes);
        } catch (ZipException e) {
            return body;
        }
    }

    /** With zlib's header, as RFC 9110 has it, or without, as some servers do; browsers take both. */
    private static InputStream inflate(ResponseBody body) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(body.stream(), 2);
        byte[] header = bytes.readNBytes(2);
        bytes.unread(header);
        boolean isZlib = header.length == 2 && (header[0] & 0x0f) == 8
                && ((header[0] & 0xff) << 8 | header[1] & 0xff) % 31 == 0;
        return new InflaterInputStream(bytes, new Inflater(!isZlib));
    }

    private static ResponseBody copy(InputStream from, long maxBytes) throws IOException {
        ResponseBody copy = new ResponseBody();
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
