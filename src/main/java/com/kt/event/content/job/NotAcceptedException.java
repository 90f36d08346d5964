package com.kt.event.content.job;

/** The record expired before the job was accepted, so the job will not run. The request may be repeated. */
public class NotAcceptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAcceptedException(String jobId) {
        super("the record of job " + jobId + " expired before the job was accepted");
    }
}
