package com.kt.event.content.job;

/** The job is no longer this worker's: its lease lapsed and another took it, or its record is gone. */
public class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String jobId) {
        super("the lease on job " + jobId + " is lost");
    }
}
