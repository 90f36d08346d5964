package com.kt.event.content.rendition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import com.kt.event.content.image.BrokenImageException;

/** The chunks of a WebP, or of the first frame of an animation: RFC 9649, section 2. */
final class WebpChunks {
    private static final int HEADER = 8;
    private static final int FILE_HEADER = 12;
    /** Position, size, duration and flags of a frame. */
    private static final int FRAME_HEADER = 16;

    private final Map<String, Chunk> chunks = new HashMap<>();

    /** Where its data is, in bytes. */
    record Chunk(long start, int length) {
        long end() {
            return start + length;
        }
    }

    WebpChunks(SourceStream webp) throws IOException {
        webp.seek(4);
        long end = HEADER + number(webp);
        if (end > webp.length()) {
            throw new BrokenImageException("an incomplete WebP");
        }
        read(webp, FILE_HEADER, end);
        Chunk frame = chunks.get("ANMF");
        if (frame != null) {
            read(webp, frame.start + FRAME_HEADER, frame.start + frame.length);
        }
    }

    private void read(SourceStream webp, long start, long end) throws IOException {
        for (long at = start; at + HEADER <= end;) {
            webp.seek(at);
            String type = new String(webp.bytes(4), StandardCharsets.ISO_8859_1);
            long length = number(webp);
            at += HEADER + length + (length & 1);
            if (at > end + 1) {
                throw new BrokenImageException("a damaged WebP");
            }
            chunks.putIfAbsent(type, new Chunk(webp.getStreamPosition(), (int) length));
        }
    }

    private static long number(SourceStream webp) throws IOException {
        return ByteBuffer.wrap(webp.bytes(4)).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xffffffffL;
    }

    /** The first one of a type. Null without one. */
    Chunk get(String type) {
        return chunks.get(type);
    }

    /** Its data. Null without one. */
    byte[] data(SourceStream webp, String type) throws IOException {
        Chunk chunk = chunks.get(type);
        if (chunk == null) {
            return null;
        }
        webp.seek(chunk.start);
        return webp.bytes(chunk.length);
    }
}
