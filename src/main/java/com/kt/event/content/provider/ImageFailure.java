package com.kt.event.content.provider;

import java.time.Duration;
import java.util.Optional;

import com.kt.event.content.breaker.OperatorFault;

/** An image could not be had. Its message is for operators, quotes neither prompt nor key, and fits on a line. */
public class ImageFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What to tell the owner. */
    public enum Reason {
        REJECTED, TIMEOUT, ERROR, INVALID
    }

    /** Whether an image may have been made, and billed, all the same: that decides whether we may ask again. */
    public enum Billing {
        /** The request was turned away: nothing was made, so asking again costs nothing. */
        NONE,
        /** The provider broke down over it: most likely nothing was made. */
        UNLIKELY,
        /** Nobody knows. */
        POSSIBLE
    }

    /** Not the provider's fault: the same request will fail again, and says nothing of the provider's health. */
    public static class Permanent extends ImageFailure {
        private static final long serialVersionUID = 1L;

        public Permanent(Reason reason, String message) {
            super(reason, Billing.POSSIBLE, message, null);
        }
    }

    /** An operator has to mend it. Until then every request is turned away, whosever it is, and nothing is made. */
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

    /** The call did not even go out: an open breaker is a pause and no failure. */
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

    /** @param retryAfter how long the provider asks us to wait; may be null */
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
