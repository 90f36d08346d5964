package com.kt.event.content.gallery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;

import com.kt.event.content.image.Spool;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.impl.MimeMapping;

import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Image files as objects of a bucket, which instances without a common disk share. Not every server knows conditional
 * writes, so no two attempts to write have the same key, and the object behind a link is never overwritten. An attempt
 * that failed may leave an object that no link names; it is deleted like the others when it has expired.
 */
final class S3Files implements ImageFiles {
    /** Without max-age, which would count from each response. */
    private static final String CACHE_CONTROL = "public, immutable";

    /** More than the attempts of any job. */
    private static final int MOST_ATTEMPTS = 100;
    private static final int DELETIONS_AT_A_TIME = 4;

    private final S3Bucket bucket;
    private final S3Renditions renditions;
    private final S3Check check;
    private final Duration ttl;
    private final Clock clock;

    /** Whether the bucket and the rights have been found to be right. */
    private volatile boolean isChecked;

    /** @param spoolDirectory where an image is while renditions are made of it */
    S3Files(S3Bucket bucket, Path spoolDirectory, Duration ttl, Clock clock) {
        this.bucket = bucket;
        this.renditions = new S3Renditions(bucket, spoolDirectory);
        this.check = new S3Check(bucket);
        this.ttl = ttl;
        this.clock = clock;
    }

    @Override
    public void prepare() throws IOException {
        try {
            check.runAndWait();
        } catch (ConfigurationException e) {
            // The event loops, which the client needs to close its connections, are stopped before the beans are destroyed.
            bucket.close();
            throw e;
        }
        isChecked = true;
    }

    /** Writes nothing once all rights have been checked: requests that write cost more, and a failed upload is reported too. */
    @Override
    public Uni<Void> probe() {
        Uni<Void> probe = Uni.createFrom().deferred(() -> isChecked
                ? bucket.probe()
                : check.run().invoke(() -> isChecked = true));
        return probe.onFailure(ConfigurationException.class)
                .transform(wrong -> new IOException(wrong.getMessage(), wrong))
                .onFailure().transform(S3Failures::unavailable);
    }

    /**
     * Keeps an image that another worker has written meanwhile. Of two that write at the same time, both objects stay, and the
     * one whose link is not published is deleted when it has expired.
     */
    @Override
    public Uni<WrittenFile> write(String name, String extension, Spool content) {
        return findByName(name).chain(existing -> existing.isPresent()
                ? find(existing.get()).map(image -> new WrittenFile(image, false))
                : put(name, extension, content).chain(this::find).map(image -> new WrittenFile(image, true)));
    }

    private Uni<String> put(String name, String extension, Spool content) {
        return bucket.put(head(name, extension), () -> ImageNames.ofAttempt(name, extension), content.length(),
                content::bytes)
                .onFailure().transform(S3Failures::unavailable);
    }

    private PutObjectRequest head(String name, String extension) {
        Instant now = clock.instant();
        return PutObjectRequest.builder()
                .contentType(MimeMapping.getMimeTypeForExtension(extension))
                .contentDisposition(SavedName.of(name + "." + extension, now).inline())
                .cacheControl(CACHE_CONTROL)
                .expires(now.plus(ttl))
                .build();
    }

    @Override
    public Uni<Optional<String>> findByName(String name) {
        return bucket.list(name, MOST_ATTEMPTS)
                .map(objects -> objects.stream().filter(object -> ImageNames.isImage(object.key()))
                        .min(Comparator.comparing(S3Object::lastModified)).map(S3Object::key))
                .onFailure().transform(S3Failures::unavailable);
    }

    /** The bucket may hold objects of others, which are not served. */
    @Override
    public Uni<StoredImage> find(String fileName) {
        if (!ImageNames.isImage(fileName)) {
            return Uni.createFrom().failure(missing());
        }
        return bucket.head(fileName)
                .map(head -> new StoredImage(fileName, head.contentLength(), head.lastModified(),
                        new S3Bytes(bucket, fileName)))
                .onFailure(S3Failures::isMissing)
                .recoverWithUni(() -> requireBucket().chain(() -> Uni.createFrom().failure(missing())))
                .onFailure().transform(S3Failures::unavailable);
    }

    private static NoSuchImageException missing() {
        return new NoSuchImageException("no image file has this name");
    }

    @Override
    public Uni<Boolean> isThere(String fileName) {
        return bucket.head(fileName).replaceWith(true)
                .onFailure(S3Failures::isMissing).recoverWithUni(() -> requireBucket().replaceWith(false))
                .onFailure().transform(S3Failures::unavailable);
    }

    /** The response to a HEAD does not say whether the object is missing or the whole bucket, which may come back. */
    private Uni<Void> requireBucket() {
        return bucket.probe().onFailure()
                .transform(failure -> new IOException("there is no bucket " + bucket.name(), failure));
    }

    @Override
    public Uni<Void> delete(String fileName) {
        return ImageNames.isOurs(fileName)
                ? bucket.delete(fileName).onFailure().transform(S3Failures::unavailable)
                : Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> visit(Consumer<StoredFile> visitor) {
        return bucket.listAll()
                .filter(object -> ImageNames.isImage(object.key()))
                .invoke(object -> visitor.accept(new StoredFile(object.key(), object.lastModified())))
                .onItem().ignoreAsUni()
                .onFailure().transform(S3Failures::unavailable);
    }

    @Override
    public Uni<FoundRendition> findRendition(RenditionName name) {
        return renditions.find(name).onFailure().transform(S3Failures::unavailable);
    }

    @Override
    public Uni<Void> writeRendition(RenditionName name, byte[] content, Instant expires) {
        return renditions.write(name, content, CACHE_CONTROL, expires)
                .onFailure().transform(S3Failures::unavailable);
    }

    @Override
    public Uni<Void> deleteRenditions(String image, Collection<RenditionName> recorded) {
        return renditions.deleteAll(image).onFailure().transform(S3Failures::unavailable);
    }

    @Override
    public Uni<Void> visitRenditions(Consumer<StoredFile> visitor) {
        return renditions.visit(visitor).onFailure().transform(S3Failures::unavailable);
    }

    @Override
    public FileChannel open(StoredImage image) throws IOException {
        return renditions.open(image);
    }

    @Override
    public Uni<Void> deleteUnfinished(Instant before) {
        return bucket.listAll()
                .filter(object -> ImageNames.isPart(object.key()) && object.lastModified().isBefore(before))
                .onItem().transformToUni(object -> bucket.delete(object.key())).merge(DELETIONS_AT_A_TIME)
                .onItem().ignoreAsUni()
                .onFailure().transform(S3Failures::unavailable);
    }

    @Override
    public void close() {
        bucket.close();
    }
}
