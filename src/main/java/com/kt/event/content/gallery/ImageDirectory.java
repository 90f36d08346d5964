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

/** The directory of the image files. All methods block. Files with other names are left alone. */
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

    /** A whole block: some file systems still accept less when the disk is full. */
    private static final byte[] PROBE = new byte[4096];

    private final Path directory;
    private final Link link;

    /** Creates a hard link, whose name must not exist yet: {@link Files#createLink}. */
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

    /** Throws if the directory is not writable. */
    void probe() throws IOException {
        Path part = newPart();
        try {
            Files.write(part, PROBE, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Does nothing if the file exists already. */
    void write(String fileName, byte[] bytes) throws IOException {
        Path whole = directory.resolve(fileName);
        if (isRegular(whole)) {
            return;
        }
        Path part = newPart();
        try {
            Files.write(part, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            linkOrMove(part, whole);
        } catch (FileAlreadyExistsException e) {
            if (!isRegular(whole)) {
                throw e;
            }
        } finally {
            deleteQuietly(part);
        }
    }

    /**
     * A hard link fails atomically if its name exists. A move checks first and moves then, so that the second of two writers
     * may replace a file that clients have already seen; it is the fallback for file systems without hard links.
     */
    private void linkOrMove(Path part, Path whole) throws IOException {
        try {
            link.create(whole, part);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debugf("no hard link to %s, moving it: %s", part, e);
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
            LOG.debugf("cannot delete %s, the hourly clean-up will: %s", part, e);
        }
    }

    /** The name of the file with the image of this name, with any extension. */
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

    /** Directories, pipes and symbolic links do not count. */
    private boolean isRegular(Path file) throws IOException {
        try {
            return attributes(file).isRegularFile();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** If the directory itself is missing it is unknown whether the image exists. JDKs report that case differently. */
    private BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            if (Files.isDirectory(directory)) {
                throw e;
            }
            throw new FileSystemException(directory.toString(), null, "Not a directory");
        }
    }

    /**
     * The file of this name, which is readable. A pipe is not opened, since that would block until a writer appears.
     *
     * @throws NoSuchFileException if there is no such regular file
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

    /** Deletes images older than {@code images} and partial files older than {@code unfinished}; returns their number. */
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
            // Another instance has deleted it, or it may not be deleted. The others are deleted all the same.
            LOG.debugf("cannot delete %s: %s", file, e);
            return false;
        }
    }
}
