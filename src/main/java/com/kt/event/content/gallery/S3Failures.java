package com.kt.event.content.gallery;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the failures of the S3 client mean for the service. */
final class S3Failures {
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int NOT_IMPLEMENTED = 501;

    /** The client appends it to each message, and always counts one: {@link S3Bucket} retries. */
    private static final Pattern ATTEMPTS = Pattern.compile(" \\(SDK Attempt Count: \\d+\\)");

    private S3Failures() {
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Whether the object or the bucket does not exist. */
    static boolean isMissing(Throwable failure) {
        return hasStatus(NOT_FOUND, failure);
    }

    /** Whether the object that was to be written exists already. */
    static boolean isExisting(Throwable failure) {
        return hasStatus(PRECONDITION_FAILED, failure);
    }

    /** Whether the server does not know a part of the request. */
    static boolean isNotImplemented(Throwable failure) {
        return hasStatus(NOT_IMPLEMENTED, failure);
    }

    private static boolean hasStatus(int status, Throwable failure) {
        return cause(failure) instanceof S3Exception response && response.statusCode() == status;
    }

    /** Whether the same request may succeed later without a change of settings, rights or the bucket. */
    static boolean isTemporary(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof S3Exception response) {
            int status = response.statusCode();
            return status >= 500 || status == REQUEST_TIMEOUT || status == CONFLICT || status == TOO_MANY_REQUESTS;
        }
        return cause instanceof SdkException && missingSetting(cause).isEmpty();
    }

    /** The store is unavailable, with a message for operators; a failure that is not the client's stays as it is. */
    static Throwable unavailable(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof SdkException ? new IOException(reason(cause), cause) : cause;
    }

    private static String reason(Throwable cause) {
        return cause instanceof S3Exception response
                ? "S3 responded with " + response.statusCode() + " (" + code(response) + ")"
                : "S3 cannot be reached: " + ATTEMPTS.matcher(String.valueOf(cause.getMessage())).replaceAll("");
    }

    /** S3's code of the error; the status for a response without a body, such as that to a HEAD. */
    static String code(S3Exception response) {
        return details(response).map(AwsErrorDetails::errorCode).filter(code -> !code.isBlank())
                .orElseGet(() -> Integer.toString(response.statusCode()));
    }

    /** The region of the bucket, which AWS tells if the request went to another one. */
    static Optional<String> region(S3Exception response) {
        return details(response).map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(it -> it.firstMatchingHeader("x-amz-bucket-region"));
    }

    private static Optional<AwsErrorDetails> details(S3Exception response) {
        return Optional.ofNullable(response.awsErrorDetails());
    }

    /** A sentence on what the client lacks to send any request. It has no exceptions of their own for that. */
    static Optional<String> missingSetting(Throwable cause) {
        if (!(cause instanceof SdkClientException)) {
            return Optional.empty();
        }
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.startsWith("unable to load region")) {
            return Optional.of("quarkus.s3.aws.region must be set, for S3");
        }
        return message.startsWith("unable to load credentials")
                ? Optional.of("quarkus.s3.aws.credentials.static-provider.access-key-id and"
                        + " quarkus.s3.aws.credentials.static-provider.secret-access-key must be set, and"
                        + " quarkus.s3.aws.credentials.type=static, unless the machine has a role for S3")
                : Optional.empty();
    }
}
