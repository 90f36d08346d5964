package com.kt.event.content.provider;

import com.kt.event.content.breaker.OperatorFault;

/**
 * The meaning of a response without an image. {@link ErrorCodes} maps codes and phrases to outcomes; without one of these
 * the status decides, by the table here. src/docs/guarantees.md has the same table, with the consequences.
 */
enum Outcome {
    /** Moderation refused the prompt, and would again. */
    REFUSED,
    /** Nothing was made; a later call may succeed. */
    BUSY,
    /** Nothing was made; a call may succeed once an operator has fixed something. */
    KEY(OperatorFault.KEY),
    MONEY(OperatorFault.MONEY),
    ACCOUNT(OperatorFault.ACCOUNT),
    MODEL(OperatorFault.MODEL),
    ADDRESS(OperatorFault.ADDRESS),
    /** The request itself is invalid. */
    BAD_REQUEST,
    /** Most likely nothing was made: one more call, after a wait. */
    SERVER_ERROR,
    /** A gateway stopped waiting while the provider may still generate the image. */
    TIMED_OUT,
    /** An image may have been made. */
    UNKNOWN;

    private final OperatorFault fault;

    Outcome() {
        this(null);
    }

    Outcome(OperatorFault fault) {
        this.fault = fault;
    }

    /** Null unless an operator has to fix something. */
    OperatorFault fault() {
        return fault;
    }

    /**
     * Statuses of RFC 9110, Cloudflare (520 to 530), nginx (494 to 499) and other gateways. Those that any request to this
     * address would get (redirect, method, header, protocol) mean that the address is wrong.
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
            case 409, 424, 500, 502, 507, 520, 527 -> SERVER_ERROR;
            case 408, 504, 524, 598 -> TIMED_OUT;
            case 460, 499 -> UNKNOWN;
            default -> status / 100 == 4 ? BAD_REQUEST : UNKNOWN;
        };
    }

    /** Whether a status is so general that any code beside it is more specific. */
    static boolean isVague(int status) {
        return switch (status) {
            case 400, 422, 500, 502, 520 -> true;
            default -> status < 300;
        };
    }
}
