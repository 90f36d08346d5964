package com.kt.event.content.rendition;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A WebP up to the end of a chunk. The reader of lossless data reads eight bytes ahead, which are zeros; at the end of a stream
 * it goes on with bits that it has already used, instead of failing, and so does not notice that data are missing.
 */
final class ChunkSource implements RenditionSource {
    private static final int AHEAD = Long.BYTES;

    private final RenditionSource webp;
    private final long end;

    ChunkSource(RenditionSource webp, long end) {
        this.webp = webp;
        this.end = end;
    }

    /** More than can be read. */
    @Override
    public long length() {
        return end + AHEAD + 1;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        if (position >= end + AHEAD) {
            throw new UndecodableImageException("incomplete");
        }
        if (position >= end) {
            target.put((byte) 0);
            return 1;
        }
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + end - position));
        try {
            return webp.read(target, position);
        } finally {
            target.limit(limit);
        }
    }
}
