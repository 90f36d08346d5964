package com.kt.event.content.gallery;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;

import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tries each right that the service needs in the bucket, on an object that is deleted again. */
final class S3Check {
    /** S3 may be away when the service starts, and jobs must be accepted soon nevertheless. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final byte[] BYTES = {'c', 'h', 'e', 'c', 'k'};

    private final S3Bucket bucket;

    S3Check(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /** As {@link #run}, and blocks. Fails with {@link IOException} too if S3 takes too long. */
    void runAndWait() throws IOException {
        try {
            run().await().atMost(LIMIT);
        } catch (TimeoutException e) {
            throw new IOException("S3 did not respond within " + LIMIT.toSeconds() + " s", e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException unavailable) {
                throw unavailable;
            }
            throw e;
        }
    }

    /**
     * Fails with {@link ConfigurationException} if a setting, a right or the bucket is wrong, and with {@link IOException} if
     * S3 cannot be reached.
     */
    Uni<Void> run() {
        String key = ImageNames.newPart();
        PutObjectRequest head = PutObjectRequest.builder().contentType("text/plain").build();
        return step("write objects (s3:PutObject)", () -> bucket.put(head, () -> key, BYTES.length, () -> BYTES))
                .chain(() -> step("read objects (s3:GetObject)", () -> bucket.head(key)))
                .chain(() -> step("list objects (s3:ListBucket)", () -> bucket.list(key, 1)))
                .chain(() -> step("delete objects (s3:DeleteObject)", () -> bucket.delete(key)));
    }

    private Uni<Void> step(String right, Supplier<Uni<?>> request) {
        return Uni.createFrom().deferred(request).replaceWithVoid()
                .onFailure().transform(failure -> complaint(failure, right).<Throwable>map(ConfigurationException::new)
                        .orElseGet(() -> S3Failures.unavailable(failure)));
    }

    /** A sentence that names the setting to change; empty if it may be none. */
    private Optional<String> complaint(Throwable failure, String right) {
        if (S3Failures.isTemporary(failure)) {
            return Optional.empty();
        }
        return failure instanceof S3Exception refusal
                ? Optional.of(complaint(refusal, right))
                : S3Failures.missingSetting(failure);
    }

    private String complaint(S3Exception refusal, String right) {
        String code = S3Failures.code(refusal);
        return switch (code) {
            case "NoSuchBucket" -> "content.store.s3.bucket: there is no bucket " + bucket.name();
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "301", "307" -> "quarkus.s3.aws.region: bucket "
                    + bucket.name() + " is in another region or at another quarkus.s3.endpoint-override"
                    + S3Failures.region(refusal).map(region -> ", namely in " + region).orElse("");
            case "InvalidAccessKeyId" -> "quarkus.s3.aws.credentials.static-provider.access-key-id: S3 does not know"
                    + " this access key";
            case "SignatureDoesNotMatch" -> "quarkus.s3.aws.credentials.static-provider.secret-access-key: S3 says that"
                    + " it is not the one of the access key";
            case "ExpiredToken", "InvalidToken" -> "quarkus.s3.aws.credentials.static-provider.session-token: S3 says"
                    + " that it is invalid or has expired";
            case "RequestTimeTooSkewed" -> "content.store.s3.bucket: the clock of this machine differs from that of S3"
                    + " by more than S3 allows";
            case "AccessDenied", "403" -> "content.store.s3.bucket: the credentials may not " + right + " in bucket "
                    + bucket.name();
            default -> "content.store.s3.bucket: S3 refuses to " + right + " in bucket " + bucket.name() + ": " + code;
        };
    }
}
