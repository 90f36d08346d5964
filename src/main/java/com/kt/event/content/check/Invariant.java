package com.kt.event.content.check;

/** What holds in Redis at every moment, or a moment later. Where it does not, a promise of the service is broken. */
public enum Invariant {
    /** What never expires piles up until Redis is full. */
    EVERY_KEY_EXPIRES,
    /**
     * Neither a worker nor a client gets anything out of a job's record or a queue entry that it cannot read; an entry may
     * even keep a worker from the others that come with it.
     */
    EVERY_RECORD_IS_READABLE,
    /** Workers find jobs through the queue only: without an entry, and without a worker at it, a job never ends. */
    EVERY_OPEN_JOB_IS_QUEUED,
    /** A job that outlives its deadline may be forgotten with its record, and its client never learns how it ended. */
    EVERY_JOB_ENDS_IN_TIME,
    /** A worker that still holds a job which has ended might change what its client has already seen. */
    NO_ENDED_JOB_IS_LEASED,
    /** Nobody would ever find out whether that call was charged. */
    NO_ENDED_JOB_HAS_AN_OPEN_CALL,
    /** Otherwise a client sees a job that runs although all its styles have ended, or the other way round. */
    EVERY_STATUS_FOLLOWS_FROM_THE_STYLES,
    /** A style that is COMPLETED has an image to show, and one that is FAILED says why. */
    EVERY_ENDED_STYLE_SAYS_HOW,
    /** The queue that expires, or is something else than a stream, takes every waiting job with it. */
    THE_QUEUE_IS_A_STREAM_THAT_STAYS,
    /** The queue is not to grow until Redis is full. */
    THE_QUEUE_IS_NOT_TOO_LONG,
    /** An entry without a job is work that nobody can do. */
    EVERY_ENTRY_HAS_A_JOB,
    /** A job in two places is done by two workers, one after the other. */
    NO_JOB_IS_QUEUED_TWICE,
    /** An entry that was given to a worker and acknowledged, yet not deleted, is one that no worker will see again. */
    EVERY_ENTRY_IS_WAITING_OR_TAKEN,
    /** What a worker has taken must be there for the next one, should the first one die. */
    EVERY_TAKEN_ENTRY_EXISTS
}
