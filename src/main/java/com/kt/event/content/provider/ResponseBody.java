package com.kt.event.content.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.vertx.core.buffer.Buffer;

/**
 * The bytes of a response, in blocks, because a single array would be copied each time it grows. Arriving chunks are copied
 * into the blocks: thousands of chunks of one byte each would take many times their length.
 */
final class ResponseBody {
    private static final int SMALLEST_BLOCK = 1024;
    private static final int LARGEST_BLOCK = 64 * 1024;

    private final List<byte[]> blocks = new ArrayList<>();
    private long length;
    /** How much of the last block is filled. */
    private int filled;

    long length() {
        return length;
    }

    void add(Buffer chunk) {
        for (int taken = 0; taken < chunk.length();) {
            int room = ensureRoom();
            int now = Math.min(room, chunk.length() - taken);
            chunk.getBytes(taken, taken + now, last(), filled);
            taken += now;
            grow(now);
        }
    }

    void add(byte[] source, int count) {
        for (int taken = 0; taken < count;) {
            int now = Math.min(ensureRoom(), count - taken);
            System.arraycopy(source, taken, last(), filled, now);
            taken += now;
            grow(now);
        }
    }

    private int ensureRoom() {
        if (blocks.isEmpty() || filled == last().length) {
            blocks.add(new byte[(int) Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, length))]);
            filled = 0;
        }
        return last().length - filled;
    }

    private byte[] last() {
        return blocks.get(blocks.size() - 1);
    }

    private void grow(int by) {
        filled += by;
        length += by;
    }

    InputStream stream() {
        return new Blocks(0, false);
    }

    InputStream streamFrom(long offset) {
        return new Blocks(offset, false);
    }

    /** Like {@link #streamFrom}, but frees each block that has been read, so that an image is not in memory twice. */
    InputStream consumingStreamFrom(long offset) {
        return new Blocks(offset, true);
    }

    byte[] bytes() {
        byte[] all = new byte[Math.toIntExact(length)];
        int at = 0;
        for (byte[] block : blocks) {
            int count = Math.min(block.length, all.length - at);
            System.arraycopy(block, 0, all, at, count);
            at += count;
        }
        return all;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    private final class Blocks extends InputStream {
        private final boolean consuming;
        private int block;
        private int at;
        private long left;

        Blocks(long offset, boolean consuming) {
            this.consuming = consuming;
            this.left = length - offset;
            long skipped = offset;
            while (block < blocks.size() && skipped >= blocks.get(block).length) {
                skipped -= blocks.get(block).length;
                next();
            }
            this.at = (int) skipped;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) {
            Objects.checkFromIndexSize(offset, count, target.length);
            if (left <= 0) {
                return -1;
            }
            if (at == blocks.get(block).length) {
                next();
            }
            int now = (int) Math.min(left, Math.min(count, blocks.get(block).length - at));
            System.arraycopy(blocks.get(block), at, target, offset, now);
            at += now;
            left -= now;
            return now;
        }

        @Override
        public int available() {
            return (int) Math.min(left, Integer.MAX_VALUE);
        }

        private void next() {
            if (consuming) {
                blocks.set(block, null);
            }
            block++;
            at = 0;
        }
    }
}
