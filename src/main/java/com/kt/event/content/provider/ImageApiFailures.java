package com.kt.event.content.provider;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import javax.net.ssl.SSLHandshakeException;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.kt.event.content.image.BrokenImageException;
import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;

/** Classifies failures of calls: what to tell the owner, and whether the call may be repeated. */
final class ImageApiFailures {
    private ImageApiFailures() {
    }

    /**
     * The meaning of an error response.
     *
     * @param header returns the value of a header, whose name is case-insensitive; null if there is none
     * @param body may be truncated or empty
     */
    static ImageFailure of(int status, Function<String, String> header, String body) {
        return meaning("the image API returned status " + status, status, header, ProviderError.of(body));
    }

    /**
     * The meaning of a response with a successful status and an error in it.
     *
     * @param error the value of the error field; other fields are ignored
     */
    static ImageFailure ofErrorInside(JsonNode error, int status, Function<String, String> header) {
        return meaning("the image API returned status " + status + " with an error in it", status, header,
                ProviderError.of(error));
    }

    /**
     * The meaning of a response with a successful status and no image.
     *
     * @param fields all fields of the response; some gateways put an error there without naming it so
     */
    static ImageFailure ofNoImage(Map<String, JsonNode> fields, int status, Function<String, String> header) {
        ProviderError error = ProviderError.of(new ObjectNode(JsonNodeFactory.instance, fields));
        return error.isNamed()
                ? meaning("the image API returned status " + status + " with an error instead of an image", status,
                        header,
                        error)
                : ImageFailure.invalid("the response of the image API holds no image");
    }

    private static ImageFailure meaning(String message, int status, Function<String, String> header,
            ProviderError error) {
        Outcome outcome = error.outcome(status);
        Duration retryAfter = RetryDelay.ofHeaders(header, outcome == Outcome.BUSY, Clock.systemUTC().instant())
                .or(() -> outcome == Outcome.BUSY || outcome.fault() != null ? error.retryAfter() : Optional.empty())
                .orElse(null);
        return switch (outcome) {
            case REFUSED -> ImageFailure.refused("the image API's moderation refused the prompt");
            case BAD_REQUEST -> ImageFailure.badRequest(message);
            case BUSY -> ImageFailure.busy(message, retryAfter);
            case KEY, MONEY, ACCOUNT, MODEL, ADDRESS ->
                new ImageFailure.Operator(outcome.fault(), message, retryAfter);
            case SERVER_ERROR ->
                new ImageFailure(Reason.ERROR, forbidsRetry(header) ? Billing.POSSIBLE : Billing.UNLIKELY,
                        message, retryAfter);
            case TIMED_OUT -> new ImageFailure(Reason.TIMEOUT, Billing.POSSIBLE, message, retryAfter);
            case UNKNOWN -> new ImageFailure(Reason.ERROR, Billing.POSSIBLE, message, retryAfter);
        };
    }

    /** OpenAI's advice on retries. A yes does not mean that the call was not billed, so only a no counts. */
    private static boolean forbidsRetry(Function<String, String> header) {
        return "false".equalsIgnoreCase(header.apply("x-should-retry"));
    }

    /** The meaning of a failure without a response: of the connection, or of the guards. */
    static ImageFailure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ImageFailure known) {
                return known;
            }
            if (cause instanceof ConnectException || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException) {
                return new ImageFailure(Reason.ERROR, Billing.NONE, "the image API cannot be reached");
            }
            if (cause instanceof SSLHandshakeException) {
                return new ImageFailure(Reason.ERROR, Billing.NONE,
                        "the TLS handshake with the image API failed (" + rootOf(cause).getMessage() + ")");
            }
            if (cause instanceof CircuitBreakerOpenException) {
                return new ImageFailure.NotSent();
            }
            if (cause instanceof TimeoutException
                    || cause instanceof org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException) {
                return timeout();
            }
        }
        return new ImageFailure(Reason.ERROR, Billing.POSSIBLE,
                "the connection to the image API failed during the call (" + rootOf(failure).getClass().getSimpleName()
                        + ")");
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    static ImageFailure timeout() {
        return new ImageFailure(Reason.TIMEOUT, Billing.POSSIBLE, "the image API timed out");
    }

    static ImageFailure abandoned() {
        return new ImageFailure.Abandoned("the request for the image was cancelled");
    }

    /** The meaning of any failure of a call once the connections are closed. */
    static ImageFailure stopping() {
        return new ImageFailure.Abandoned("the service stops");
    }

    /** @param broken a {@link BrokenImageException} */
    static ImageFailure broken(Throwable broken) {
        return ImageFailure.invalid("the image is unusable: " + broken.getMessage());
    }

    /**
     * Its bytes can be kept neither on the disk nor in memory.
     *
     * @param cause an {@link java.io.IOException}
     */
    static ImageFailure unstorable(Throwable cause) {
        return ImageFailure.unknown(Reason.ERROR, "the image cannot be kept (" + cause.getMessage() + ")");
    }

}
