package com.kt.event.content.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;

import com.kt.event.content.image.WholeImages;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.core.Context;
import io.vertx.mutiny.core.Vertx;

import mutiny.zero.flow.adapters.AdaptersToFlow;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.utils.Md5Utils;

/**
 * The requests to the bucket. Temporary failures are retried, here and not in the client, so that each attempt to write has
 * a key of its own. Results arrive in the Vert.x context of the caller. Calls fail with the client's exceptions.
 */
final class S3Bucket {
    private static final int RETRIES = 2;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** For one attempt. Three take less than a write may take before the store counts as not writable. */
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration UPLOAD_LIMIT = Duration.ofSeconds(30);
    /**
     * Between two parts of an object. The client does not report a connection that S3 closes within an object
     * (netty-nio-client 2.44.6). It also ends responses to clients who read nothing for as long.
     */
    static final Duration SILENCE = Duration.ofSeconds(60);

    /** The client has one of its own, of what it hashes before it sends it over plain HTTP. */
    private static final int COPIES = 2;

    private final Supplier<S3AsyncClient> clients;
    private final WholeImages memory;
    private final String name;
    private final Vertx vertx;
    private final ScheduledExecutorService timer;
    private final Duration silence;
    private S3AsyncClient client;

    /** What is read on a worker thread once it is needed. */
    @FunctionalInterface
    interface Content {
        byte[] bytes() throws IOException;
    }

    /**
     * @param clients makes the client for the first request, and fails if settings are missing
     * @param memory for images while they are uploaded
     * @param silence how long an object that is being read may send nothing
     */
    S3Bucket(Supplier<S3AsyncClient> clients, String name, WholeImages memory, Vertx vertx,
            ScheduledExecutorService timer, Duration silence) {
        this.timer = timer;
        this.silence = silence;
        this.clients = clients;
        this.memory = memory;
        this.vertx = vertx;
        this.name = name;
    }

    String name() {
        return name;
    }

    private synchronized S3AsyncClient client() {
        if (client == null) {
            client = clients.get();
        }
        return client;
    }

    synchronized void close() {
        if (client != null) {
            client.close();
        }
    }

    /** Fails if there is no such bucket or it may not be read. */
    Uni<Void> probe() {
        return retried(s3 -> s3.headBucket(it -> it.bucket(name).overrideConfiguration(within(LIMIT))))
                .replaceWithVoid();
    }

    /**
     * Writes a new object and returns its key. The server checks the bytes against their hash.
     *
     * @param head all but bucket, key and hash
     * @param newKey is asked once for each attempt
     * @param size of the content in bytes
     * @param content is in memory during an attempt: over plain HTTP the client has to hash it before it is sent
     */
    Uni<String> put(PutObjectRequest head, Supplier<String> newKey, long size, Content content) {
        return memory.within(COPIES * size, retried(s3 -> {
            String key = newKey.get();
            byte[] bytes = bytes(content);
            PutObjectRequest request = head.toBuilder().bucket(name).key(key).contentMD5(Md5Utils.md5AsBase64(bytes))
                    .overrideConfiguration(within(UPLOAD_LIMIT)).build();
            return s3.putObject(request, AsyncRequestBody.fromBytesUnsafe(bytes)).thenApply(written -> key);
        }));
    }

    /** Writes an object. If it must be new, and exists already, that fails with the status 412. */
    Uni<Void> put(PutObjectRequest head, String key, byte[] content, boolean mustBeNew) {
        PutObjectRequest request = head.toBuilder().bucket(name).key(key).contentMD5(Md5Utils.md5AsBase64(content))
                .ifNoneMatch(mustBeNew ? "*" : null).overrideConfiguration(within(UPLOAD_LIMIT)).build();
        return retried(s3 -> s3.putObject(request, AsyncRequestBody.fromBytesUnsafe(content))).replaceWithVoid();
    }

    private static byte[] bytes(Content content) {
        try {
            return content.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Uni<HeadObjectResponse> head(String key) {
        return retried(s3 -> s3.headObject(it -> it.bucket(name).key(key).overrideConfiguration(within(LIMIT))));
    }

    /** The bytes of a part of the object, read as fast as they are requested; to cancel the stream ends the request. */
    Uni<Multi<ByteBuffer>> open(String key, long offset, long length) {
        GetObjectRequest request = GetObjectRequest.builder().bucket(name).key(key)
                .range("bytes=" + offset + "-" + (offset + length - 1)).build();
        return retried(s3 -> s3.getObject(request, AsyncResponseTransformer.toPublisher()))
                .map(bytes -> Multi.createFrom().publisher(AdaptersToFlow.publisher(bytes))
                        .ifNoItem().after(silence).on(timer)
                        .failWith(() -> new IOException("S3 sent nothing for " + silence.toMillis() + " ms")));
    }

    /** The first objects whose keys begin with the prefix, in the order of their keys. */
    Uni<List<S3Object>> list(String prefix, int most) {
        return retried(s3 -> s3.listObjectsV2(it -> it.bucket(name).prefix(prefix).maxKeys(most)
                .overrideConfiguration(within(LIMIT)))).map(ListObjectsV2Response::contents);
    }

    /** All objects, page by page. */
    Multi<S3Object> listAll() {
        return Multi.createFrom().deferred(() -> Multi.createFrom().publisher(AdaptersToFlow.publisher(
                client().listObjectsV2Paginator(it -> it.bucket(name)).contents())))
                .runSubscriptionOn(Infrastructure.getDefaultExecutor());
    }

    /** Succeeds if there is no such object. */
    Uni<Void> delete(String key) {
        return retried(s3 -> s3.deleteObject(it -> it.bucket(name).key(key).overrideConfiguration(within(LIMIT))))
                .replaceWithVoid();
    }

    private static AwsRequestOverrideConfiguration within(Duration limit) {
        return AwsRequestOverrideConfiguration.builder().apiCallAttemptTimeout(limit).build();
    }

    /** A request begins on a worker thread: it hashes, signs, and now and then fetches the credentials of the machine. */
    private <T> Uni<T> retried(Function<S3AsyncClient, CompletableFuture<T>> request) {
        Uni<T> attempt = Uni.createFrom().deferred(() -> vertx.executeBlocking(() -> request.apply(client()), false))
                .chain(begun -> Uni.createFrom().completionStage(begun));
        return inCallersContext(attempt
                .onFailure().transform(S3Failures::cause)
                .onFailure(S3Failures::isTemporary).retry().withBackOff(FIRST_PAUSE, LONGEST_PAUSE).atMost(RETRIES));
    }

    private static <T> Uni<T> inCallersContext(Uni<T> uni) {
        return Uni.createFrom().deferred(() -> {
            Context context = Vertx.currentContext();
            return context == null ? uni : uni.emitOn(context::runOnContext);
        });
    }
}
