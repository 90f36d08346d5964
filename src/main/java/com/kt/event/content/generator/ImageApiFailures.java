package com.kt.event.content.generator;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import javax.net.ssl.SSLHandshakeException;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.generator.ImageFailure.Reason;
import com.kt.event.content.generator.ImageFailure.Trace;

/** Says of everything that can go wrong with a call what it means: what to tell the owner, and may we ask again. */
final class ImageApiFailures {
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    private ImageApiFailures() {
    }

    static ImageFailure of(Response response) {
        String body = response.hasEntity() ? response.readEntity(String.class) : "";
        return of(response.getStatus(), response::getHeaderString, body);
    }

    /**
     * The meaning of an answer other than 200.
     *
     * @param header gives the value of the header of that name, in any case; null where there is none
     * @param body as far as it was read; may be empty
     */
    static ImageFailure of(int status, Function<String, String> header, String body) {
        String message = "the image API answered " + status;
        return switch (status) {
            case 429, 503 -> new ImageFailure(Reason.ERROR, Trace.NONE, message, retryAfter(header));
            case 500, 502 -> new ImageFailure(Reason.ERROR, Trace.UNLIKELY, message);
            case 408, 504 -> new ImageFailure(Reason.TIMEOUT, Trace.POSSIBLE, message);
            default ->
                status >= 500 ? new ImageFailure(Reason.ERROR, Trace.POSSIBLE, message) : permanent(body, message);
        };
    }

    static ImageFailure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ImageFailure known) {
                return known;
            }
            if (cause instanceof ConnectException || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException) {
                return new ImageFailure(Reason.ERROR, Trace.NONE, "the image API cannot be reached");
            }
            if (cause instanceof SSLHandshakeException) {
                return new ImageFailure(Reason.ERROR, Trace.NONE,
                        "no TLS connection to the image API (" + rootOf(cause).getMessage() + ")");
            }
            if (cause instanceof TimeoutException) {
                return timeout();
            }
        }
        return new ImageFailure(Reason.ERROR, Trace.POSSIBLE,
                "the call of the image API broke off (" + rootOf(failure).getClass().getSimpleName() + ")");
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    static ImageFailure timeout() {
        return new ImageFailure(Reason.TIMEOUT, Trace.POSSIBLE, "the image API did not answer in time");
    }

    static ImageFailure invalid(String what) {
        return new ImageFailure(Reason.INVALID, Trace.POSSIBLE, what);
    }

    /** Moderation will say the same of the same prompt again. */
    static ImageFailure rejected(String what) {
        return new ImageFailure.Permanent(Reason.REJECTED, what);
    }

    /**
     * The meaning of an answer of that status that is otherwise well but carries an error.
     *
     * @param error what it says of it: the whole answer, or its part of that name
     */
    static ImageFailure ofErrorInside(JsonNode error, int status) {
        return Moderation.refused(error)
                ? rejected("the image API's moderation refused the prompt")
                : invalid("the image API answered " + status + " with an error in it");
    }

    private static ImageFailure permanent(String body, String message) {
        return Moderation.refused(body)
                ? rejected("the image API's moderation refused the prompt")
                : new ImageFailure.Permanent(Reason.ERROR, message);
    }

    /** In seconds only; the header's other form, a date, needs clocks that agree, and no image API sends it. */
    private static Duration retryAfter(Function<String, String> header) {
        String value = header.apply(HttpHeaders.RETRY_AFTER);
        if (value == null || !value.matches("\\d{1,18}")) {
            return null;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(value));
        return asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER;
    }
}
