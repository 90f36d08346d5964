package com.kt.event.content.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Spools of tests, which never close them: their files have no names. */
public final class SpoolTesting {
    private SpoolTesting() {
    }

    public static Spools spools() {
        return new Spools(new SpoolDirectory(Path.of("target"), Long.MAX_VALUE, 1 << 20));
    }

    public static Spool spool(byte[] bytes) {
        try {
            Spool spool = spools().newSpool();
            spool.write(bytes, 0, bytes.length);
            return spool;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(Spool spool) {
        try {
            return spool.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
