package com.kt.event.content.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The record that clients, the provider and observers make of a storm, the only input of the judge. */
final class StormRecord {
    final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    final Queue<ImageRequest> requests = new ConcurrentLinkedQueue<>();
    final Queue<StatusSeen> statusesSeen = new ConcurrentLinkedQueue<>();
    final Queue<Deletion> deletions = new ConcurrentLinkedQueue<>();
    final Queue<Link> links = new ConcurrentLinkedQueue<>();
    final Queue<Opened> opened = new ConcurrentLinkedQueue<>();
    final Queue<JobEnd> jobs = new ConcurrentLinkedQueue<>();
    final Queue<InjectedFault> injectedFaults = new ConcurrentLinkedQueue<>();
    final Queue<InFlight> inFlight = new ConcurrentLinkedQueue<>();
    final Queue<TakeOver> takeOvers = new ConcurrentLinkedQueue<>();
    final Queue<RedisKey> keys = new ConcurrentLinkedQueue<>();
    final Queue<Idle> idle = new ConcurrentLinkedQueue<>();
    final Queue<LogLine> logs = new ConcurrentLinkedQueue<>();
    /** Instances that died without being killed, with the time. */
    final Queue<String> deaths = new ConcurrentLinkedQueue<>();
    /** Findings of the service's own checker, and failures of the storm itself. */
    final Queue<String> anomalies = new ConcurrentLinkedQueue<>();

    /**
     * A call that the provider received.
     *
     * @param number counted from 1, of that draft and style
     * @param sha256 of the image that belongs to this call, even if it was never delivered
     * @param notBefore the earliest retry that the provider allowed; null if it named none
     */
    record Call(String draft, String style, int number, Instant at, StormShape shape, String sha256,
            Instant notBefore, int provider) {
        Call(String draft, String style, int number, Instant at, StormShape shape, String sha256, Instant notBefore) {
            this(draft, style, number, at, shape, sha256, notBefore, 0);
        }
    }

    /**
     * A request for images, and its response.
     *
     * @param key the idempotency key; may be null
     * @param request what was requested; always the same with one key
     * @param status 0 if there was no response
     * @param jobId null if no job was accepted
     */
    record ImageRequest(String draft, String key, String request, Instant answeredAt, int status, String jobId) {
    }

    /** The state of a job as a client saw it. */
    record StatusSeen(String jobId, String status, Instant at) {
    }

    /** The deletion may have failed. */
    record Deletion(String draft, Instant answeredAt) {
    }

    /** A link that a client received. */
    record Link(String url, String draft, String style, String jobId, Instant expiresAt) {
    }

    /** The response to a link after the storm. */
    record Opened(String url, Instant at, int status, String sha256) {
    }

    /**
     * A job after the storm.
     *
     * @param status GONE if its record is missing
     * @param updatedAt its last change, which is its end
     */
    record JobEnd(String jobId, String draft, String status, Instant createdAt, Instant updatedAt,
            Map<String, StyleEnd> styles) {
        static JobEnd gone(String jobId, String draft) {
            return new JobEnd(jobId, draft, "GONE", Instant.MIN, Instant.MAX, Map.of());
        }
    }

    /** @param error null if there is none */
    record StyleEnd(String status, String error, boolean possiblyChargedTwice) {
    }

    /** @param instance null if the fault affects all instances */
    record InjectedFault(StormPlan.Fault fault, String instance, Instant from, Instant to) {
        boolean overlaps(Instant start, Instant end) {
            return from.isBefore(end) && to.isAfter(start);
        }
    }

    /** The jobs in flight that an instance reports. */
    record InFlight(String instance, Instant at, int jobs) {
    }

    /** The time until a job of a killed instance ended on a healthy one; null if it did not end. */
    record TakeOver(String jobId, Duration took) {
    }

    /** @param timeToLive in milliseconds; -1 if it never expires, -2 if it has expired */
    record RedisKey(String name, long timeToLive) {
    }

    /** Measured without any requests. */
    record Idle(double redisCommandsPerSecond, double busiestCpu) {
    }

    record LogLine(String instance, String text) {
    }
}
