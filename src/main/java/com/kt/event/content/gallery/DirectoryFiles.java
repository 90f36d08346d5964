package com.kt.event.content.gallery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import com.kt.event.content.image.Spool;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

/**
 * Image files in one directory that all instances share. The name of a file is that of its image, so a job that runs again
 * after a crash leaves no second copy, and an existing file is kept, because the content of a link never changes.
 */
final class DirectoryFiles implements ImageFiles {
    private final Path path;
    private final ImageDirectory directory;
    private final Vertx vertx;

    DirectoryFiles(Path directory, Vertx vertx) {
        this.path = directory.toAbsolutePath();
        this.directory = new ImageDirectory(path);
        this.vertx = vertx;
    }

    /** A full disk is not a wrong setting. */
    @Override
    public void prepare() throws IOException {
        try {
            directory.create();
            directory.probe();
        } catch (IOException e) {
            if (isFull(e)) {
                throw e;
            }
            throw new ConfigurationException("content.store.directory: cannot write to " + path + " (" + e + ")");
        }
    }

    /** Java has no exception for a full disk, only the message of the operating system. */
    private static boolean isFull(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded");
    }

    @Override
    public Uni<Void> probe() {
        return blocking(() -> {
            directory.probe();
            return null;
        });
    }

    @Override
    public Uni<WrittenFile> write(String name, String extension, Spool content) {
        String fileName = name + "." + extension;
        return Uni.createFrom().deferred(() -> {
            hold(content);
            return vertx.executeBlocking(() -> {
                try (content) {
                    boolean isNew = directory.write(fileName, content);
                    return new WrittenFile(stored(fileName), isNew);
                }
            }, false);
        });
    }

    private static void hold(Spool content) {
        try {
            content.hold();
        } catch (IOException e) {
            throw new IllegalStateException("an image is closed before it is stored", e);
        }
    }

    @Override
    public Uni<Optional<String>> findByName(String name) {
        return blocking(() -> directory.find(name));
    }

    @Override
    public Uni<StoredImage> find(String fileName) {
        return blocking(() -> stored(fileName));
    }

    /** Blocks. */
    private StoredImage stored(String fileName) throws IOException {
        try {
            ImageDirectory.ReadableFile readable = directory.readable(fileName);
            return new StoredImage(fileName, readable.size(), readable.lastModified(),
                    new OpenedFile(vertx.getDelegate(), readable.file()));
        } catch (NoSuchFileException e) {
            throw new NoSuchImageException("no image file has this name");
        }
    }

    @Override
    public Uni<Boolean> isThere(String fileName) {
        return blocking(() -> directory.isThere(fileName));
    }

    @Override
    public Uni<Void> delete(String fileName) {
        return blocking(() -> {
            directory.delete(fileName);
            return null;
        });
    }

    @Override
    public Uni<Void> visit(Consumer<StoredFile> visitor) {
        return blocking(() -> {
            directory.visit(visitor);
            return null;
        });
    }

    /**
     * Looks for the rendition first: a deletion removes the image first, so one that is found to be absent after the image was
     * deleted is never taken for one that has not been made.
     */
    @Override
    public Uni<FoundRendition> findRendition(RenditionName name) {
        return find(name.fileName()).map(Optional::of)
                .onFailure(NoSuchImageException.class).recoverWithItem(Optional.empty())
                .chain(rendition -> findImage(name.image()).map(image -> new FoundRendition(image, rendition)));
    }

    private Uni<StoredImage> findImage(String image) {
        return blocking(() -> directory.find(image)
                .orElseThrow(() -> new NoSuchImageException("no image file has this name")))
                .chain(this::find);
    }

    @Override
    public Uni<Void> writeRendition(RenditionName name, byte[] content, Instant expires) {
        return blocking(() -> {
            directory.write(name.fileName(), content);
            return null;
        });
    }

    /** A directory can be very long: to look for others would take long. */
    @Override
    public Uni<Void> deleteRenditions(String image, Collection<RenditionName> recorded) {
        return blocking(() -> {
            for (RenditionName name : recorded) {
                directory.delete(name.fileName());
            }
            return null;
        });
    }

    @Override
    public Uni<Void> visitRenditions(Consumer<StoredFile> visitor) {
        return blocking(() -> {
            directory.visitRenditions(visitor);
            return null;
        });
    }

    @Override
    public FileChannel open(StoredImage image) throws IOException {
        return directory.open(image.fileName());
    }

    @Override
    public Uni<Void> deleteUnfinished(Instant before) {
        return blocking(() -> {
            directory.deleteParts(before);
            return null;
        });
    }

    private <T> Uni<T> blocking(Callable<T> work) {
        return Uni.createFrom().deferred(() -> vertx.executeBlocking(work, false));
    }
}
