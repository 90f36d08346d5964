package com.kt.event.content.gallery;

import java.io.IOException;
import java.io.OutputStream;
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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import com.kt.event.content.image.Spool;

/** The directory of the image files. All methods block. Files with other names are left alone. */
final class ImageDirectory {
    private static final Logger LOG = Logger.getLogger(ImageDirectory.class);

    /** A whole block: some file systems still accept less when the disk is full. */
    private static final byte[] PROBE = new byte[4096];

    private final Path directory;
    private final Link link;

    /** Creates a hard link, whose name must not exist yet: {@link Files#createLink}. */
    @FunctionalInterface
    interface Link {
        void create(Path newName, Path file) throws IOException;
    }

    /** Writes the content of a file under a name that readers do not look at. */
    @FunctionalInterface
    private interface PartWriter {
        void write(Path part) throws IOException;
    }

    /** A file that was readable when it was looked up. */
    record ReadableFile(Path file, long size, Instant lastModified) {
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

    /** Returns false, and changes nothing, if the file exists already. */
    boolean write(String fileName, Spool content) throws IOException {
        return write(fileName, part -> write(part, content));
    }

    /** Does nothing if the file exists already. */
    void write(String fileName, byte[] content) throws IOException {
        write(fileName, part -> Files.write(part, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    private boolean write(String fileName, PartWriter writer) throws IOException {
        Path whole = directory.resolve(fileName);
        Path part = newPart();
        try {
            writer.write(part);
            linkOrMove(part, whole);
            return true;
        } catch (FileAlreadyExistsException e) {
            if (!isRegular(whole)) {
                throw e;
            }
            return false;
        } finally {
            deleteQuietly(part);
        }
    }

    private static void write(Path part, Spool content) throws IOException {
        try (OutputStream file = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.stream().transferTo(file);
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
        return directory.resolve(ImageNames.newPart());
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
        for (String extension : ImageNames.EXTENSIONS) {
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
    ReadableFile readable(String fileName) throws IOException {
        Path file = directory.resolve(fileName);
        BasicFileAttributes attributes = attributes(file);
        if (!attributes.isRegularFile()) {
            throw new NoSuchFileException(file.toString());
        }
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return new ReadableFile(file, open.size(), attributes.lastModifiedTime().toInstant());
        }
    }

    void delete(String fileName) throws IOException {
        Path file = directory.resolve(fileName);
        if (ImageNames.isOurs(fileName) && isRegular(file)) {
            Files.deleteIfExists(file);
        }
    }

    /** Opens a regular file for reading. */
    FileChannel open(String fileName) throws IOException {
        return FileChannel.open(directory.resolve(fileName), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /** Calls the visitor for each image. */
    void visit(Consumer<StoredFile> visitor) throws IOException {
        visit(ImageNames::isImage, visitor);
    }

    /** Calls the visitor for each rendition. */
    void visitRenditions(Consumer<StoredFile> visitor) throws IOException {
        visit(name -> ImageNames.rendition(name).isPresent(), visitor);
    }

    private void visit(Predicate<String> isMeant, Consumer<StoredFile> visitor) throws IOException {
        forEach(isMeant, file -> lastModified(file)
                .ifPresent(time -> visitor.accept(new StoredFile(file.getFileName().toString(), time))));
    }

    /** Deletes partial files older than this. */
    void deleteParts(Instant oldest) throws IOException {
        forEach(ImageNames::isPart, file -> {
            if (lastModified(file).filter(oldest::isAfter).isPresent()) {
                deleteQuietly(file);
            }
        });
    }

    private void forEach(Predicate<String> isMeant, Consumer<Path> action) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            all.filter(file -> isMeant.test(file.getFileName().toString())).forEach(action);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Empty if it is no regular file, or cannot be read: another instance may have deleted it. */
    private Optional<Instant> lastModified(Path file) {
        try {
            BasicFileAttributes attributes = attributes(file);
            return attributes.isRegularFile()
                    ? Optional.of(attributes.lastModifiedTime().toInstant())
                    : Optional.empty();
        } catch (IOException e) {
            LOG.debugf("cannot read %s: %s", file, e);
            return Optional.empty();
        }
    }
}
