package com.kt.event.content.gallery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

import com.kt.event.content.image.Spool;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;

/**
 * Where the image files are. A file is written once and never changed. Files with names other than those of
 * {@link ImageNames} are never deleted. A call fails with {@link IOException} while the files cannot be reached.
 */
interface ImageFiles {
    /**
     * Checks before the start that files can be written, and blocks meanwhile. Fails with {@link ConfigurationException} if
     * a setting is wrong, and with {@link IOException} if the service may start nevertheless and wait.
     */
    void prepare() throws IOException;

    /** Fails if no file can be written now. */
    Uni<Void> probe();

    /**
     * Writes the content to a new file, unless there is one with the image of this name. The content may be closed as soon as
     * that has ended or is cancelled.
     *
     * @param name of the image: the job's id and the style
     */
    Uni<WrittenFile> write(String name, String extension, Spool content);

    /** The name of the file with the image of this name, with any extension; empty if there is none. */
    Uni<Optional<String>> findByName(String name);

    /** Fails with {@link NoSuchImageException} if there is no such file. */
    Uni<StoredImage> find(String fileName);

    Uni<Boolean> isThere(String fileName);

    /** Does nothing if there is no such file. */
    Uni<Void> delete(String fileName);

    /** Calls the visitor for each image, one after the other, in any order, and perhaps on another thread. */
    Uni<Void> visit(Consumer<StoredFile> visitor);

    /**
     * The image that a rendition is made of, and the rendition if there is one. Fails with {@link NoSuchImageException} if there
     * is no such image.
     */
    Uni<FoundRendition> findRendition(RenditionName name);

    /**
     * Writes a rendition, unless there is one of this name. Readers see all of it or nothing.
     *
     * @param expires when caches that read the files themselves have to forget it
     */
    Uni<Void> writeRendition(RenditionName name, byte[] content, Instant expires);

    /**
     * Deletes the renditions of an image.
     *
     * @param image its name, without an extension
     * @param recorded those that are known, for a store that cannot look for others
     */
    Uni<Void> deleteRenditions(String image, Collection<RenditionName> recorded);

    /** As {@link #visit}, for the renditions. */
    Uni<Void> visitRenditions(Consumer<StoredFile> visitor);

    /** The bytes of an image, for reading at any position. Blocks. */
    FileChannel open(StoredImage image) throws IOException;

    /** Deletes what is left of writes that broke off before this time. */
    Uni<Void> deleteUnfinished(Instant before);

    /** Releases connections. */
    default void close() {
    }
}
