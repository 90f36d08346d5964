package com.kt.event.content.rendition;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A source as a decoder reads it. It throws {@link UncheckedIOException} if the source cannot be read, which decoders, unlike
 * IOException, do not take for damage.
 */
final class SourceStream extends ImageInputStreamImpl {
    private static final int BUFFER = 16 * 1024;

    private final RenditionSource source;
    private final long length;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    /** Of the buffer's first byte. */
    private long start;

    SourceStream(RenditionSource source) throws IOException {
        this.source = source;
        this.length = source.length();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read() {
        bitOffset = 0;
        if (!fill()) {
            return -1;
        }
        return buffer.get((int) (streamPos++ - start)) & 0xff;
    }

    /** Reads fewer bytes at the end only: readInt and others of the class above rely on it. */
    @Override
    public int read(byte[] target, int offset, int count) {
        bitOffset = 0;
        int done = 0;
        while (done < count && fill()) {
            int at = (int) (streamPos - start);
            int read = Math.min(count - done, buffer.limit() - at);
            buffer.get(at, target, offset + done, read);
            streamPos += read;
            done += read;
        }
        return done == 0 && count > 0 ? -1 : done;
    }

    /** Returns false at the end. */
    private boolean fill() {
        if (streamPos >= length) {
            return false;
        }
        if (streamPos < start || streamPos >= start + buffer.limit()) {
            start = streamPos;
            buffer.clear().limit((int) Math.min(BUFFER, length - start));
            try {
                if (source.read(buffer, start) <= 0) {
                    throw new EOFException("the source has become shorter");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            buffer.flip();
        }
        return true;
    }

    /** @throws EOFException if there are fewer */
    byte[] bytes(int count) throws IOException {
        if (count < 0 || count > length - streamPos) {
            throw new EOFException("incomplete");
        }
        byte[] bytes = new byte[count];
        readFully(bytes);
        return bytes;
    }
}
