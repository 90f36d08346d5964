package com.kt.event.content.faults;

import java.util.Set;

/** A response of the provider: whether it may be billed, and which errors of a style it explains. */
enum StormShape {
    GOOD(60, Billing.MADE),
    GOOD_URL(8, Billing.MADE),
    /** The image's address redirects to another one. */
    GOOD_REDIRECT(3, Billing.MADE),
    /** The image's address answers 404 at first, as a CDN does. */
    GOOD_URL_LATE(3, Billing.MADE),
    GOOD_SLOW(8, Billing.MADE),
    GOOD_DRIP(3, Billing.MADE),
    GOOD_LARGE(2, Billing.MADE),
    /** Interim responses (1xx) come first. */
    GOOD_INTERIM(2, Billing.MADE),
    /** Compressed unless the request forbids it. */
    GOOD_GZIP(1, Billing.MADE),

    TOO_SLOW(2, Billing.MADE, Errors.BROKEN),
    SILENT(2, Billing.MADE, Errors.BROKEN),
    CUT_BEFORE_HEAD(2, Billing.MADE, Errors.BROKEN),
    CUT_IN_BODY(2, Billing.MADE, Errors.BROKEN),
    CUT_IN_URL_BODY(1, Billing.MADE, Errors.BROKEN),
    RESET_AFTER_REQUEST(2, Billing.MADE, Errors.BROKEN),

    BUSY_SECONDS(2, Billing.NONE),
    BUSY_DATE(2, Billing.NONE),
    BUSY_FRACTION(2, Billing.NONE),
    BUSY_MILLIS(2, Billing.NONE),
    BUSY_TEXT(1, Billing.NONE),
    BUSY_503(3, Billing.NONE),
    /** 521, 522, 523, 525, 526, 529 or 530: the origin never got the request. */
    BUSY_CDN(3, Billing.NONE),
    /** 500, 502, 520 or 527. */
    BROKE_DOWN(4, Billing.UNLIKELY, Errors.BROKEN),
    /** 408, 504 or 524. */
    UNKNOWN(2, Billing.POSSIBLE, Errors.BROKEN),

    /** 401, 402, 403 or 404 for a key, an account or a model; a quota, a billing limit. Only in certain periods. */
    OPERATOR(0, Billing.NONE),

    REFUSED(3, Billing.POSSIBLE, Errors.REFUSED),
    BAD_REQUEST_HUGE(1, Billing.NONE, Errors.BROKEN),
    ERROR_HUGE(1, Billing.UNLIKELY, Errors.BROKEN),
    ERROR_IN_OK(1, Billing.UNLIKELY, Errors.BROKEN_OR_INVALID),
    HTML(1, Billing.POSSIBLE, Errors.BROKEN_OR_INVALID),
    NO_DATA(1, Billing.POSSIBLE, Errors.BROKEN_OR_INVALID),
    TRUNCATED_IMAGE(1, Billing.MADE, Errors.BROKEN_OR_INVALID),
    WRONG_TYPE(1, Billing.MADE, Errors.BROKEN_OR_INVALID),
    /** Millions of small fields. */
    HUGE_JSON(1, Billing.POSSIBLE, Errors.BROKEN_OR_INVALID);

    private final int weight;
    private final Billing billing;
    private final Set<String> explains;

    /** Whether the call costs money. */
    enum Billing {
        NONE, UNLIKELY, POSSIBLE, MADE;

        boolean isToBeFeared() {
            return this == POSSIBLE || this == MADE;
        }
    }

    private static final class Errors {
        private static final Set<String> BROKEN = Set.of("IMAGE_API_ERROR", "IMAGE_API_TIMEOUT");
        private static final Set<String> BROKEN_OR_INVALID = Set.of("IMAGE_API_ERROR", "IMAGE_API_TIMEOUT",
                "IMAGE_INVALID");
        private static final Set<String> REFUSED = Set.of("IMAGE_REJECTED");
    }

    StormShape(int weight, Billing billing) {
        this(weight, billing, Set.of());
    }

    StormShape(int weight, Billing billing, Set<String> explains) {
        this.weight = weight;
        this.billing = billing;
        this.explains = explains;
    }

    /** Its weight among the shapes. */
    int weight() {
        return weight;
    }

    Billing billing() {
        return billing;
    }

    boolean explains(String error) {
        return explains.contains(error);
    }
}
