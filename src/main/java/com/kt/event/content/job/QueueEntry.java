package com.kt.event.content.job;

/** A job's place in the queue: the stream entry's id and the job that it names. */
public record QueueEntry(String id, String jobId) {
}
