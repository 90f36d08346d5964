package com.kt.event.content.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory of the images, which can be full: a small file system for root, else a read-only directory. */
final class StormStore implements AutoCloseable {
    private final Path directory;
    private final boolean isMounted;

    StormStore(Path directory) throws IOException {
        this.directory = directory;
        this.isMounted = run("mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", directory.toString());
    }

    void fill() throws IOException {
        if (!isMounted) {
            permit("r-xr-xr-x");
            return;
        }
        byte[] zeros = new byte[1_000_000];
        try (OutputStream filler = Files.newOutputStream(filler())) {
            while (true) {
                filler.write(zeros);
            }
        } catch (IOException e) {
            // The disk is full.
        }
    }

    void empty() throws IOException {
        if (isMounted) {
            Files.deleteIfExists(filler());
        } else {
            permit("rwxr-xr-x");
        }
    }

    @Override
    public void close() throws IOException {
        empty();
        if (isMounted) {
            run("umount", "-l", directory.toString());
        }
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    private void permit(String permissions) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    }

    private static boolean run(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
