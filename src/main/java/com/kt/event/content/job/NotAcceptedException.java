package com.kt.event.content.job;

/** The job's record was gone before the job counted as accepted, so nobody will run it: the request may be repeated. */
public class NotAcceptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAcceptedException(String jobId) {
        super("the record of job " + jobId + " was gone before the job was accepted");
    }
}
