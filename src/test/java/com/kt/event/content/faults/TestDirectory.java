package com.kt.event.content.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A directory, which can be full: a small file system for root, else a read-only directory. */
final class TestDirectory implements TestStore {
    private final Path directory;
    private final boolean isMounted;

    TestDirectory(Path directory) {
        this(directory, false);
    }

    private TestDirectory(Path directory, boolean isMounted) {
        this.directory = directory;
        this.isMounted = isMounted;
    }

    static TestDirectory ofLimitedSize(Path directory) throws IOException {
        return new TestDirectory(directory,
                run("mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", directory.toString()));
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("content.store.directory", directory.toString());
    }

    @Override
    public List<String> names() {
        return List.of(directory.toFile().list());
    }

    @Override
    public void fail() throws IOException {
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

    @Override
    public void heal() throws IOException {
        if (isMounted) {
            Files.deleteIfExists(filler());
        } else {
            permit("rwxr-xr-x");
        }
    }

    @Override
    public void close() throws IOException {
        heal();
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
