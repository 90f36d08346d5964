package com.kt.event.content.provider;

import java.time.Duration;
import java.util.Optional;

import com.kt.event.content.breaker.OperatorFault;

/** A call returned no usable image. The message is one line for operators, and quotes neither prompt nor key. */
public class ImageFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The reason as the owner is told. */
    public enum Reason {
        REJECTED, TIMEOUT, ERROR, INVALID
    }

    /** Whether an image may have been made and billed, which decides whether the call may be repeated. */
    public enum Billing {
        /** The request was refused and nothing was made, so repeating it costs nothing. */
        NONE,
        /** A server error: most likely nothing was made. */
        UNLIKELY,
        /** Unknown, or made. */
        POSSIBLE
    }

    /** The same request will fail again; the provider itself is healthy. */
    public static class Permanent extends ImageFailure {
        private static final long serialVersionUID = 1L;

        public Permanent(Reason reason, String message) {
            super(reason, Billing.POSSIBLE, message, null);
        }
    }

    /** An operator has to fix something. Until then the provider refuses every request, and makes nothing. */
    public static final class Operator extends ImageFailure {
        private static final long serialVersionUID = 1L;

        private final OperatorFault fault;

        public Operator(OperatorFault fault, String message, Duration retryAfter) {
            super(Reason.ERROR, Billing.NONE, message, retryAfter);
            this.fault = fault;
        }

        public OperatorFault fault() {
            return fault;
        }
    }

    /** The call did not go out, because the circuit breaker is open. */
    public static class NotSent extends ImageFailure {
        private static final long serialVersionUID = 1L;

        public NotSent() {
            super(Reason.ERROR, Billing.NONE, "the circuit breaker of the image API is open");
        }
    }

    private final Reason reason;
    private final Billing billing;
    private final Duration retryAfter;

    public ImageFailure(Reason reason, Billing billing, String message) {
        this(reason, billing, message, null);
    }

    /** @param retryAfter how long the provider asks not to be called; may be null */
    public ImageFailure(Reason reason, Billing billing, String message, Duration retryAfter) {
        super(message, null, false, false);
        this.reason = reason;
        this.billing = billing;
        this.retryAfter = retryAfter;
    }

    public Reason reason() {
        return reason;
    }

    public Billing billing() {
        return billing;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
