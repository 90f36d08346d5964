package com.kt.event.content.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import com.kt.event.content.recommendation.Style;

/** The files of images in their directory. What is done here blocks. Files that are not ours are left alone. */
final class ImageDirectory {
    private static final Logger LOG = Logger.getLogger(ImageDirectory.class);

    static final List<String> EXTENSIONS = List.of("png", "jpg", "webp", "svg");

    /** As UUID.randomUUID writes it. */
    private static final String ID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    private static final Pattern IMAGE = Pattern.compile(ID + "-("
            + Arrays.stream(Style.values()).map(Style::key).collect(Collectors.joining("|")) + ")\\.("
            + String.join("|", EXTENSIONS) + ")");
    private static final String UNFINISHED = ".part";
    private static final Pattern PART = Pattern.compile(ID + Pattern.quote(UNFINISHED));

    /** A whole block: some file systems put less where there is room although the disk is full. */
    private static final byte[] PROBE = new byte[4096];

    private final Path directory;
    private final Link link;

    /** Gives a file another name, which must not exist yet: {@link Files#createLink}. */
    @FunctionalInterface
    interface Link {
        void create(Path newName, Path file) throws IOException;
    }

    ImageDirectory(Path directory) {
        this(directory, Files::createLink);
    }

    ImageDirectory(Path directory, Link link) {
        this.directory = directory;
        this.link = link;
    }

    void create() throws IOException {
        Files.createDirectories(directory);
    }

    /** Fails where nothing can be written. */
    void probe() throws IOException {
        Path part = newPart();
        try {
            Files.write(part, PROBE, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Where there is such a file already, that stays. */
    void write(String fileName, byte[] bytes) throws IOException {
        Path whole = directory.resolve(fileName);
        if (isRegular(whole)) {
            return;
        }
        Path part = newPart();
        try {
            Files.write(part, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            publish(part, whole);
        } catch (FileAlreadyExistsException e) {
            if (!isRegular(whole)) {
                throw e;
            }
        } finally {
            deleteQuietly(part);
        }
    }

    /**
     * A second name fails where that exists, in one step. Moving looks first and moves then, so of two writers the second
     * may replace what the first one's link shows already; it has to do where the file system knows no second names.
     */
    private void publish(Path part, Path whole) throws IOException {
        try {
            link.create(whole, part);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debugf("%s gets no second name, it is moved: %s", part, e);
            Files.move(part, whole);
        }
    }

    private Path newPart() {
        return directory.resolve(UUID.randomUUID() + UNFINISHED);
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            LOG.debugf("%s is left for later: %s", part, e);
        }
    }

    /** The file with the image of this name, whatever its extension. */
    Optional<String> find(String name) throws IOException {
        for (String extension : EXTENSIONS) {
            if (isRegular(directory.resolve(name + "." + extension))) {
                return Optional.of(name + "." + extension);
            }
        }
        return Optional.empty();
    }

    boolean isThere(String fileName) throws IOException {
        return isRegular(directory.resolve(fileName));
    }

    /** A directory, a pipe, or a link to somewhere else is no image. */
    private boolean isRegular(Path file) throws IOException {
        try {
            return attributes(file).isRegularFile();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Without the directory the store has trouble, and nothing is known of an image: JDKs disagree on what that is. */
    private BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            if (Files.isDirectory(directory)) {
                throw e;
            }
            throw new FileSystemException(directory.toString(), null, "Not a directory (any more)");
        }
    }

    /**
     * The file of that name, which can be read. Fails with {@link NoSuchFileException} where there is none, and as opening
     * it does. A pipe is not even tried: that would wait for whoever fills it.
     */
    StoredImage readable(String fileName) throws IOException {
        Path file = directory.resolve(fileName);
        BasicFileAttributes attributes = attributes(file);
        if (!attributes.isRegularFile()) {
            throw new NoSuchFileException(file.toString());
        }
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return new StoredImage(file, open.size(), attributes.lastModifiedTime().toInstant());
        }
    }

    void delete(String fileName) throws IOException {
        Path file = directory.resolve(fileName);
        if (isImage(fileName) && isRegular(file)) {
            Files.deleteIfExists(file);
        }
    }

    static boolean isImage(String fileName) {
        return IMAGE.matcher(fileName).matches();
    }

    /** How many files of ours were deleted: images from before, and what has been unfinished since then. */
    long deleteOlder(Instant images, Instant unfinished) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> deletedAsOlder(file, images, unfinished)).count();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private boolean deletedAsOlder(Path file, Instant images, Instant unfinished) {
        String name = file.getFileName().toString();
        Instant oldest = isImage(name) ? images : PART.matcher(name).matches() ? unfinished : Instant.MIN;
        try {
            BasicFileAttributes attributes = attributes(file);
            return attributes.isRegularFile() && attributes.lastModifiedTime().toInstant().isBefore(oldest)
                    && Files.deleteIfExists(file);
        } catch (IOException e) {
            // Another instance was faster, or it may not be deleted; the rest goes on.
            LOG.debugf("left %s alone: %s", file, e);
            return false;
        }
    }
}
