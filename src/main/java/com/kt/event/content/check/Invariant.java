package com.kt.event.content.check;

/** A rule that holds in Redis at every moment, or a moment later. A violation breaks a promise of the service. */
public enum Invariant {
    /** Keys that never expire accumulate until Redis is full. */
    EVERY_KEY_EXPIRES,
    /** An unreadable record or queue entry is useless to workers and clients. */
    EVERY_RECORD_IS_READABLE,
    /** Workers find jobs through the queue only: a job without an entry and without a worker never ends. */
    EVERY_OPEN_JOB_IS_QUEUED,
    /** The record of a job that outlives its deadline may expire before its client learns how it ended. */
    EVERY_JOB_ENDS_IN_TIME,
    /** A worker that still holds an ended job might change a result that its client has already seen. */
    NO_ENDED_JOB_IS_LEASED,
    /** It would remain unknown whether the call was billed. */
    NO_ENDED_JOB_HAS_AN_OPEN_CALL,
    /** Otherwise a client sees a running job whose styles have all ended, or the reverse. */
    EVERY_STATUS_FOLLOWS_FROM_THE_STYLES,
    /** A COMPLETED style has an image, and a FAILED style has an error. */
    EVERY_ENDED_STYLE_SAYS_HOW,
    /** A queue that expires, or is not a stream, loses every waiting job. */
    THE_QUEUE_IS_A_STREAM_THAT_STAYS,
    /** The queue must not fill Redis. */
    THE_QUEUE_IS_NOT_TOO_LONG,
    /** An entry without a job cannot be processed. */
    EVERY_ENTRY_HAS_A_JOB,
    /** A job with two entries is processed by two workers, one after the other. */
    NO_JOB_IS_QUEUED_TWICE,
    /** An entry that was delivered and acknowledged but not deleted is never read again. */
    EVERY_ENTRY_IS_WAITING_OR_TAKEN,
    /** A pending entry must exist, so that another worker can take it over. */
    EVERY_TAKEN_ENTRY_EXISTS
}
