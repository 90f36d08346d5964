package com.kt.event.content.rendition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of the image that a rendition is made of. They do not change, and are read at any position, again and again. */
public interface RenditionSource {
    long length() throws IOException;

    /** Reads at least one byte from a position below the length into the rest of the buffer. Returns how many it has read. */
    int read(ByteBuffer target, long position) throws IOException;

    /** The file must stay open while renditions are made of it. */
    static RenditionSource of(FileChannel file) {
        return new RenditionSource() {
            @Override
            public long length() throws IOException {
                return file.size();
            }

            @Override
            public int read(ByteBuffer target, long position) throws IOException {
                return file.read(target, position);
            }
        };
    }

    static RenditionSource of(byte[] bytes) {
        return new RenditionSource() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public int read(ByteBuffer target, long position) {
                int count = (int) Math.min(target.remaining(), bytes.length - position);
                target.put(bytes, (int) position, count);
                return count;
            }
        };
    }
}
