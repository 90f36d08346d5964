package com.kt.event.content.job;

/** This worker no longer holds the job: its lease lapsed and another worker claimed it, or its record is gone. */
public class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String jobId) {
        super("lost the lease of job " + jobId);
    }
}
