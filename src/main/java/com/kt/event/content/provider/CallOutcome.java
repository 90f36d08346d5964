package com.kt.event.content.provider;

/** What may become of a paid call. */
public enum CallOutcome {
    IMAGE,
    /** Moderation refused the prompt or the image, and would again. May be billed. */
    REFUSED,
    /** Nothing was made; a later call may succeed. */
    BUSY,
    /** Nothing was made, and nothing will be until an operator has fixed something. */
    OPERATOR,
    /** The request itself is invalid. */
    BAD_REQUEST,
    /** An image may have been made and billed. */
    UNKNOWN
}
