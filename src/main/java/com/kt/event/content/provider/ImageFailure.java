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

    /** This service ended the call itself. The outcome is unknown, and says nothing about the provider. */
    public static final class Abandoned extends Permanent {
        private static final long serialVersionUID = 1L;

        public Abandoned(String message) {
            super(Reason.ERROR, message);
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

    /** The call did not go out, because the circuit breaker is open or the call was late. */
    public static class NotSent extends ImageFailure {
        private static final long serialVersionUID = 1L;

        public NotSent() {
            this("the circuit breaker of the image API is open");
        }

        public NotSent(String message) {
            super(Reason.ERROR, Billing.NONE, message);
        }
    }

    private final Reason reason;
    private final Billing billing;
    private final Duration retryAfter;
    private String requestId;

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

    /** Moderation refused the prompt or the image, and would again. */
    public static ImageFailure refused(String message) {
        return new Permanent(Reason.REJECTED, message);
    }

    /** Nothing was made; a later call may succeed. */
    public static ImageFailure busy(String message, Duration retryAfter) {
        return new ImageFailure(Reason.ERROR, Billing.NONE, message, retryAfter);
    }

    /** The request itself is invalid. */
    public static ImageFailure badRequest(String message) {
        return new Permanent(Reason.ERROR, message);
    }

    /** The response is not an image that is accepted, though one may have been made. */
    public static ImageFailure invalid(String message) {
        return new ImageFailure(Reason.INVALID, Billing.POSSIBLE, message);
    }

    /** An image may have been made. */
    public static ImageFailure unknown(Reason reason, String message) {
        return new ImageFailure(reason, Billing.POSSIBLE, message);
    }

    /**
     * Adds the id of the provider's request to the message, if none is there yet. To be called by the thread that has made
     * the failure.
     *
     * @param id null if it is not known
     */
    public ImageFailure ofRequest(String id) {
        requestId = requestId == null ? RequestId.plain(id) : requestId;
        return this;
    }

    @Override
    public String getMessage() {
        return requestId == null ? super.getMessage() : super.getMessage() + ", request " + requestId;
    }

    /** The same, if it does not matter how long the provider asks not to be called. */
    public ImageFailure withoutRetryAfter() {
        return retryAfter == null || this instanceof NotSent
                ? this
                : new ImageFailure(reason, billing, getMessage(), null);
    }

    public CallOutcome outcome() {
        if (this instanceof Operator) {
            return CallOutcome.OPERATOR;
        }
        if (reason == Reason.REJECTED) {
            return CallOutcome.REFUSED;
        }
        if (this instanceof Permanent && !(this instanceof Abandoned)) {
            return CallOutcome.BAD_REQUEST;
        }
        return billing == Billing.NONE ? CallOutcome.BUSY : CallOutcome.UNKNOWN;
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
