package com.kt.event.content.provider;

import com.kt.event.content.breaker.OperatorFault;

/**
 * The meaning of an answer that is no image. {@link ErrorCodes} says which words of it mean what; where no word does,
 * the status decides, by the table here. src/docs/guarantees.md has the same table, with what is done then.
 */
enum Outcome {
    /** Moderation, which will say the same of the same prompt. */
    REFUSED,
    /** Nothing was made; again when the provider has time. */
    BUSY,
    /** Nothing was made; again when an operator has mended something. */
    KEY(OperatorFault.KEY),
    MONEY(OperatorFault.MONEY),
    ACCOUNT(OperatorFault.ACCOUNT),
    MODEL(OperatorFault.MODEL),
    ADDRESS(OperatorFault.ADDRESS),
    /** The request itself cannot be met, today or later. */
    BAD_REQUEST,
    /** Most likely nothing was made: once more, and not at once. */
    BROKE_DOWN,
    /** Somebody on the way gave up waiting while the provider may still draw. */
    TIMED_OUT,
    /** Nobody knows. */
    UNKNOWN;

    private final OperatorFault fault;

    Outcome() {
        this(null);
    }

    Outcome(OperatorFault fault) {
        this.fault = fault;
    }

    /** Null unless an operator has to mend it. */
    OperatorFault fault() {
        return fault;
    }

    /**
     * Statuses below 600 as RFC 9110 has them, those of Cloudflare (520 to 530), of nginx (494 to 499) and of other
     * gateways. What says the same to every request, whatever it asks for (a redirect, a method, a header, a protocol),
     * is not the job's fault but the address's.
     */
    static Outcome ofStatus(int status) {
        return switch (status) {
            case 401, 440, 498, 561 -> KEY;
            case 402 -> MONEY;
            case 403, 451 -> ACCOUNT;
            case 301, 302, 305, 307, 308, 404, 405, 406, 407, 410, 411, 412, 415, 417, 421, 426, 428, 431, 494, 495,
                    496, 497, 501, 505, 506, 508, 510, 511 ->
                ADDRESS;
            case 423, 425, 429, 503, 521, 522, 523, 525, 526, 529, 530 -> BUSY;
            case 409, 424, 500, 502, 507, 520, 527 -> BROKE_DOWN;
            case 408, 504, 524, 598 -> TIMED_OUT;
            case 460, 499 -> UNKNOWN;
            default -> status >= 400 && status < 500 ? BAD_REQUEST : UNKNOWN;
        };
    }

    /** Whether a status is so general that any word beside it says more. */
    static boolean isVague(int status) {
        return switch (status) {
            case 400, 422, 500, 502, 520 -> true;
            default -> status < 300;
        };
    }
}
