package com.kt.event.content.job;

import java.util.EnumSet;
import java.util.Set;

/** The status of a job and of each of its styles. */
public enum JobStatus {
    PENDING, PROCESSING, COMPLETED, FAILED, CANCELLED;

    private static final Set<JobStatus> AFTER_PENDING = EnumSet.of(PROCESSING, FAILED, CANCELLED);
    private static final Set<JobStatus> AFTER_PROCESSING = EnumSet.of(PROCESSING, COMPLETED, FAILED, CANCELLED);

    public boolean ended() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    /** PROCESSING may follow itself: a style may need several calls, of one worker or of several. */
    boolean mayBecome(JobStatus next) {
        return switch (this) {
            case PENDING -> AFTER_PENDING.contains(next);
            case PROCESSING -> AFTER_PROCESSING.contains(next);
            case COMPLETED, FAILED, CANCELLED -> false;
        };
    }
}
