package com.kt.event.content.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jboss.logging.Logger;

/** How much of the memory that the process has may be taken by images that arrive. */
final class ArrivingMemory {
    /**
     * The most that one image takes while it arrives, in bytes: three blocks of {@link BodyTransfer} of 64 KB, what the
     * connection has read, and 32 KB before its file is opened. Measured: 371,000 (LittleMemoryTest).
     */
    static final long OF_ONE = 512 * 1024;

    private static final Logger LOG = Logger.getLogger(ArrivingMemory.class);
    private static final int SHARE = 4;
    private static final int FEWEST = 4;
    private static final int MOST = 1_000;

    private ArrivingMemory() {
    }

    /** How many images may arrive at a time. */
    static int images() {
        return images(ofProcess());
    }

    static int images(long memory) {
        return (int) Math.max(FEWEST, Math.min(MOST, memory / SHARE / OF_ONE));
    }

    /** For all images together that cannot be written to the disk. */
    static long ofUnwritten() {
        return ofProcess() / SHARE;
    }

    /** The limits of the container are those of cgroup v2 and v1. */
    private static long ofProcess() {
        return ofProcess(Runtime.getRuntime().maxMemory(), List.of(Path.of("/sys/fs/cgroup/memory.max"),
                Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes")));
    }

    /** The heap may be allowed to grow beyond the container. */
    static long ofProcess(long maxHeap, List<Path> limits) {
        return limits.stream().mapToLong(ArrivingMemory::limit).reduce(maxHeap, Math::min);
    }

    private static long limit(Path file) {
        try {
            String limit = Files.isReadable(file) ? Files.readString(file).strip() : "max";
            return limit.equals("max") ? Long.MAX_VALUE : Long.parseLong(limit);
        } catch (IOException | NumberFormatException e) {
            LOG.debugf("cannot read the memory limit in %s: %s", file, e);
            return Long.MAX_VALUE;
        }
    }
}
