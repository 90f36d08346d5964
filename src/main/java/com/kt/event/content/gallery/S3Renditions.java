package com.kt.event.content.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.queues.Queues;
import io.vertx.core.http.impl.MimeMapping;

import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The renditions in a bucket: objects whose keys begin with that of their image. Of two instances that make the same one, the
 * first to write it decides. A server that knows no conditional writes keeps the last; both have the same bytes, unless the
 * instances have different versions or settings. Calls fail with the client's exceptions.
 */
final class S3Renditions {
    /** More than the channels that anybody has. */
    private static final int MOST = 1_000;
    private static final int DELETIONS_AT_A_TIME = 4;
    /** Buffers between S3 and the file; the queue takes no fewer. */
    private static final int MOST_WAITING = 16;

    private final S3Bucket bucket;
    private final Path spoolDirectory;

    /** Whether the server knows conditional writes, as far as it has said. */
    private volatile boolean isConditional = true;

    /** @param spoolDirectory where the image is while renditions are made of it */
    S3Renditions(S3Bucket bucket, Path spoolDirectory) {
        this.bucket = bucket;
        this.spoolDirectory = spoolDirectory;
    }

    /** Fails with {@link NoSuchImageException} if there is no such image. */
    Uni<FoundRendition> find(RenditionName name) {
        return ofImage(name.image()).map(objects -> new FoundRendition(objects.stream()
                .filter(object -> ImageNames.isImage(object.key())).findFirst().map(this::stored)
                .orElseThrow(() -> new NoSuchImageException("no image file has this name")),
                objects.stream().filter(object -> object.key().equals(name.fileName())).findFirst().map(this::stored)));
    }

    /** The image and all its renditions, in one request. */
    private Uni<List<S3Object>> ofImage(String image) {
        return bucket.list(image + ".", MOST);
    }

    private StoredImage stored(S3Object object) {
        return new StoredImage(object.key(), object.size(), object.lastModified(), new S3Bytes(bucket, object.key()));
    }

    /** @param expires when caches have to forget it */
    Uni<Void> write(RenditionName name, byte[] content, String cacheControl, Instant expires) {
        PutObjectRequest head = PutObjectRequest.builder()
                .contentType(MimeMapping.getMimeTypeForExtension(name.extension()))
                .cacheControl(cacheControl)
                .expires(expires)
                .build();
        return Uni.createFrom().deferred(() -> bucket.put(head, name.fileName(), content, isConditional))
                .onFailure(S3Failures::isExisting).recoverWithNull()
                .onFailure(failure -> isConditional && S3Failures.isNotImplemented(failure)).recoverWithUni(() -> {
                    isConditional = false;
                    return bucket.put(head, name.fileName(), content, false);
                });
    }

    Uni<Void> deleteAll(String image) {
        return ofImage(image).chain(objects -> Multi.createFrom().iterable(objects)
                .filter(object -> isRendition(object.key()))
                .onItem().transformToUni(object -> bucket.delete(object.key())).merge(DELETIONS_AT_A_TIME)
                .onItem().ignoreAsUni());
    }

    Uni<Void> visit(Consumer<StoredFile> visitor) {
        return bucket.listAll()
                .filter(object -> isRendition(object.key()))
                .invoke(object -> visitor.accept(new StoredFile(object.key(), object.lastModified())))
                .onItem().ignoreAsUni();
    }

    private static boolean isRendition(String key) {
        return ImageNames.rendition(key).isPresent();
    }

    /**
     * Copies the object to a file whose name is removed as soon as it is open. Blocks. Fails with
     * {@link NoSuchFileException} if the object has been deleted.
     */
    FileChannel open(StoredImage image) throws IOException {
        FileChannel file = FileChannel.open(spoolDirectory.resolve(ImageNames.newPart()), StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            bucket.open(image.fileName(), 0, image.size()).await().indefinitely().subscribe()
                    .asIterable(MOST_WAITING, Queues.get(MOST_WAITING)).forEach(part -> write(part, file));
            return file;
        } catch (RuntimeException e) {
            file.close();
            if (S3Failures.isMissing(e)) {
                throw new NoSuchFileException(image.fileName());
            }
            throw unreadable(e);
        }
    }

    /** The object cannot be read, or the copy cannot be written: Mutiny wraps the one, {@link #write} the other. */
    private static IOException unreadable(RuntimeException failure) throws IOException {
        if (S3Failures.unavailable(failure) instanceof IOException unavailable) {
            return unavailable;
        }
        if (failure.getCause() instanceof IOException cause) {
            return cause;
        }
        throw failure;
    }

    private static void write(ByteBuffer part, FileChannel file) {
        try {
            while (part.hasRemaining()) {
                file.write(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
