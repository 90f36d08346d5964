package com.kt.event.content.job;

import java.time.Instant;

/**
 * An entry of the queue.
 *
 * @param id of the stream entry
 * @param createdAt when the job was accepted; the entry may be newer
 */
public record QueueEntry(String id, String jobId, Instant createdAt) {
}
