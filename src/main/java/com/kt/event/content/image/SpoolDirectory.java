package com.kt.event.content.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

import org.jboss.logging.Logger;

/**
 * Where images are spooled that arrive. While it cannot be written they are kept in memory, up to a limit. Memory for a whole
 * image is reserved first, so that what has begun to arrive can arrive completely.
 */
public final class SpoolDirectory {
    private static final Logger LOG = Logger.getLogger(SpoolDirectory.class);

    private final Path path;
    private final long memoryLimit;
    private final long largestImage;
    private long reserved;

    /**
     * @param memoryLimit in bytes, for all images that cannot be written; one is kept in any case
     * @param largestImage in bytes
     */
    public SpoolDirectory(Path path, long memoryLimit, long largestImage) {
        this.path = path;
        this.memoryLimit = memoryLimit;
        this.largestImage = largestImage;
    }

    public Spool newSpool() {
        return new Spool(this);
    }

    /**
     * A file whose name is removed as soon as it is open, so that a crash leaves nothing behind. The name is one that the
     * store's clean-up knows: the crash may come in between.
     */
    FileChannel open() throws IOException {
        return FileChannel.open(path.resolve(UUID.randomUUID() + ".part"), StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    void warn(IOException cause) {
        LOG.warnf("cannot write an image that arrives to %s, it is kept in memory: %s", path, cause);
    }

    /** Reserves memory for an image of any size. Returns how many bytes that are, 0 if there are not enough. */
    synchronized long reserve() {
        if (reserved > 0 && reserved + largestImage > memoryLimit) {
            return 0;
        }
        reserved += largestImage;
        return largestImage;
    }

    synchronized void free(long bytes) {
        reserved -= bytes;
    }
}
