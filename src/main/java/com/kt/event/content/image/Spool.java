package com.kt.event.content.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Bytes that are appended as they arrive and read afterwards: in memory while they are few, then in a file. What cannot be
 * written to the file stays in memory. Methods block.
 */
public final class Spool implements Closeable {
    /** How many bytes are kept in memory. */
    public static final int FEW = 32 * 1024;

    /** For each thread the JDK keeps a direct buffer of the size of the largest transfer between an array and a file. */
    private static final int SLICE = 64 * 1024;

    private final SpoolDirectory directory;
    /** Null while no file is needed, or if none can be opened. */
    private FileChannel file;
    private long inFile;
    /** What follows the bytes in the file. */
    private ByteArrayOutputStream memory = new ByteArrayOutputStream(0);
    private boolean isUnwritable;
    /** Null unless some of the bytes are left out. */
    private List<Part> parts;
    /** Closed when nobody holds it. */
    private int holders = 1;

    /** @param replacement null if the part is as it arrived */
    private record Part(long start, long length, byte[] replacement) {
        static Part of(ByteBuffer bytes, byte[] whole) {
            if (bytes.hasArray() && bytes.array() == whole) {
                return new Part(bytes.arrayOffset() + bytes.position(), bytes.remaining(), null);
            }
            byte[] replacement = new byte[bytes.remaining()];
            bytes.duplicate().get(replacement);
            return new Part(0, replacement.length, replacement);
        }
    }

    Spool(SpoolDirectory directory) {
        this.directory = directory;
    }

    public synchronized void write(byte[] source, int offset, int count) throws IOException {
        requireOpen();
        if (file == null && !isUnwritable && memory.size() + count > FEW) {
            moveToFile();
        }
        if (file == null || isUnwritable || !appendToFile(ByteBuffer.wrap(source, offset, count))) {
            memory.write(source, offset, count);
        }
    }

    private void moveToFile() {
        try {
            file = directory.open();
        } catch (IOException e) {
            unwritable(e);
            return;
        }
        if (appendToFile(ByteBuffer.wrap(memory.toByteArray()))) {
            memory = new ByteArrayOutputStream(0);
        }
    }

    /** Returns false if the bytes are not in the file. */
    private boolean appendToFile(ByteBuffer bytes) {
        try {
            int end = bytes.limit();
            long at = inFile;
            while (bytes.position() < end) {
                bytes.limit(Math.min(end, bytes.position() + SLICE));
                at += file.write(bytes, at);
            }
            inFile = at;
            return true;
        } catch (IOException e) {
            unwritable(e);
            return false;
        }
    }

    private void unwritable(IOException cause) {
        isUnwritable = true;
        directory.warn(cause);
    }

    /** How many bytes are in memory because they cannot be written. */
    synchronized long unwritten() {
        return isUnwritable && memory != null ? memory.size() : 0;
    }

    /**
     * Leaves out the bytes that are not in these parts.
     *
     * @param whole what {@link #bytes} returned
     * @param kept share the memory of {@code whole}, or replace some of its bytes
     */
    synchronized void keepOnly(List<ByteBuffer> kept, byte[] whole) {
        parts = kept.stream().map(part -> Part.of(part, whole)).toList();
    }

    public synchronized long length() {
        return parts == null ? arrived() : parts.stream().mapToLong(Part::length).sum();
    }

    private long arrived() {
        return inFile + (memory == null ? 0 : memory.size());
    }

    /** All bytes, in an array of their own. */
    public synchronized byte[] bytes() throws IOException {
        byte[] bytes = new byte[Math.toIntExact(length())];
        if (stream().readNBytes(bytes, 0, bytes.length) < bytes.length) {
            throw new EOFException("an image was cut");
        }
        return bytes;
    }

    /** Reads the bytes from the first one. It need not be closed. */
    public synchronized InputStream stream() throws IOException {
        requireOpen();
        byte[] tail = memory.toByteArray();
        List<InputStream> streams = new ArrayList<>();
        for (Part part : parts == null ? List.of(new Part(0, arrived(), null)) : parts) {
            if (part.replacement != null) {
                streams.add(new ByteArrayInputStream(part.replacement));
            } else {
                long end = part.start + part.length;
                streams.add(new FileStream(Math.min(part.start, inFile), Math.min(end, inFile)));
                int start = (int) Math.max(0, part.start - inFile);
                streams.add(new ByteArrayInputStream(tail, start, (int) Math.max(0, end - inFile) - start));
            }
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    private synchronized int read(long position, ByteBuffer target) throws IOException {
        requireOpen();
        return file.read(target, position);
    }

    /** Keeps it open until one more {@link #close}. */
    public synchronized void hold() throws IOException {
        requireOpen();
        holders++;
    }

    private void requireOpen() throws IOException {
        if (holders == 0) {
            throw new ClosedChannelException();
        }
    }

    /** Whether closing it takes time. */
    public synchronized boolean isFile() {
        return file != null;
    }

    @Override
    public synchronized void close() throws IOException {
        if (holders == 0 || --holders > 0) {
            return;
        }
        memory = null;
        if (file != null) {
            file.close();
        }
    }

    private final class FileStream extends InputStream {
        private final long end;
        private long position;

        FileStream(long start, long end) {
            this.position = start;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            Objects.checkFromIndexSize(offset, count, target.length);
            if (count == 0 || position >= end) {
                return count == 0 ? 0 : -1;
            }
            int read = Spool.this.read(position,
                    ByteBuffer.wrap(target, offset, (int) Math.min(Math.min(count, SLICE), end - position)));
            position += Math.max(0, read);
            return read;
        }
    }
}
