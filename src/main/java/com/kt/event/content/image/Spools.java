package com.kt.event.content.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jboss.logging.Logger;

/** The spools of one request, which are closed together, whatever has become of it. */
public final class Spools {
    private static final Logger LOG = Logger.getLogger(Spools.class);

    private final SpoolDirectory directory;
    private final List<Spool> open = new ArrayList<>();
    /** Memory for what cannot be written, in bytes. */
    private long reserved;
    private boolean isClosed;

    public Spools(SpoolDirectory directory) {
        this.directory = directory;
    }

    public synchronized Spool newSpool() {
        Spool spool = directory.newSpool();
        open.add(spool);
        if (isClosed) {
            close(spool);
        }
        return spool;
    }

    /** Whether more may arrive; if not, other images have to be stored first that cannot be written. */
    public synchronized boolean haveRoom() {
        if (reserved == 0 && unwritten() > 0) {
            reserved = directory.reserve();
            return reserved > 0;
        }
        return true;
    }

    /** Keeps no more memory reserved than the image takes, which has arrived. */
    public synchronized void arrived() {
        if (reserved > 0) {
            reserve(unwritten());
        }
    }

    private long unwritten() {
        return open.stream().mapToLong(Spool::unwritten).sum();
    }

    private void reserve(long bytes) {
        directory.free(reserved - bytes);
        reserved = bytes;
    }

    /** Closes one that is not needed any more. */
    public synchronized void drop(Spool spool) {
        if (open.remove(spool)) {
            close(spool);
        }
    }

    /** Whether closing them takes time. */
    public synchronized boolean hasFiles() {
        return open.stream().anyMatch(Spool::isFile);
    }

    public synchronized void close() {
        isClosed = true;
        open.forEach(Spools::close);
        open.clear();
        reserve(0);
    }

    private static void close(Spool spool) {
        try {
            spool.close();
        } catch (IOException e) {
            LOG.debugf("cannot close the spool of an image: %s", e);
        }
    }
}
