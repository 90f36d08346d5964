package com.kt.event.content.job;

import java.time.Instant;

/**
 * A job's place in the queue.
 *
 * @param id the stream entry's
 * @param createdAt when the job was accepted; the entry may be younger
 */
public record QueueEntry(String id, String jobId, Instant createdAt) {
}
