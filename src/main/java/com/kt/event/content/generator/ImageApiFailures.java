package com.kt.event.content.generator;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import com.kt.event.content.generator.ImageFailure.Reason;
import com.kt.event.content.generator.ImageFailure.Trace;

/** Says of everything that can go wrong with a call what it means: what to tell the owner, and may we ask again. */
final class ImageApiFailures {
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    private ImageApiFailures() {
    }

    static ImageFailure of(Response response) {
        int status = response.getStatus();
        String message = "the image API answered " + status;
        return switch (status) {
            case 429, 503 -> new ImageFailure(Reason.ERROR, Trace.NONE, message, retryAfter(response));
            case 500, 502 -> new ImageFailure(Reason.ERROR, Trace.UNLIKELY, message);
            case 408, 504 -> new ImageFailure(Reason.TIMEOUT, Trace.POSSIBLE, message);
            default ->
                status >= 500 ? new ImageFailure(Reason.ERROR, Trace.POSSIBLE, message) : permanent(response, message);
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

    private static ImageFailure permanent(Response response, String message) {
        return response.hasEntity() && Moderation.refused(response.readEntity(String.class))
                ? rejected("the image API's moderation refused the prompt")
                : new ImageFailure.Permanent(Reason.ERROR, message);
    }

    /** In seconds only; the header's other form, a date, needs clocks that agree, and no image API sends it. */
    private static Duration retryAfter(Response response) {
        String value = response.getHeaderString(HttpHeaders.RETRY_AFTER);
        if (value == null || !value.matches("\\d{1,18}")) {
            return null;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(value));
        return asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER;
    }
}
