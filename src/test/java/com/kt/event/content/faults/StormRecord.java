package com.kt.event.content.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What clients, the provider and whoever looked wrote down during a storm, and after it: all that the judge is told. */
final class StormRecord {
    final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    final Queue<Tap> taps = new ConcurrentLinkedQueue<>();
    final Queue<Sight> sights = new ConcurrentLinkedQueue<>();
    final Queue<Deletion> deletions = new ConcurrentLinkedQueue<>();
    final Queue<Link> links = new ConcurrentLinkedQueue<>();
    final Queue<Opened> opened = new ConcurrentLinkedQueue<>();
    final Queue<JobEnd> jobs = new ConcurrentLinkedQueue<>();
    final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();
    final Queue<InFlight> inFlight = new ConcurrentLinkedQueue<>();
    final Queue<TakeOver> takeOvers = new ConcurrentLinkedQueue<>();
    final Queue<RedisKey> keys = new ConcurrentLinkedQueue<>();
    final Queue<Idle> idle = new ConcurrentLinkedQueue<>();
    final Queue<LogLine> logs = new ConcurrentLinkedQueue<>();
    /** When an instance ended that nobody had ended. */
    final Queue<String> deaths = new ConcurrentLinkedQueue<>();
    /** What the service's own checker complains about. */
    final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    /**
     * At the provider.
     *
     * @param number counted from 1, of that draft and style
     * @param sha256 of the image that is this call's, whether or not somebody got to see it
     * @param notBefore when the provider said to come again; null where it said nothing
     */
    record Call(String draft, String style, int number, Instant at, StormShape shape, String sha256,
            Instant notBefore) {
    }

    /**
     * A request for images, and its answer.
     *
     * @param key null where it had none
     * @param request what was asked for; with one key always the same
     * @param status 0 where there was no answer
     * @param jobId null where none was accepted
     */
    record Tap(String draft, String key, String request, Instant answeredAt, int status, String jobId) {
    }

    /** What a client was shown of a job. */
    record Sight(String jobId, String status, Instant at) {
    }

    /** Tried, at least. */
    record Deletion(String draft, Instant answeredAt) {
    }

    /** A link that a client was shown. */
    record Link(String url, String draft, String style, String jobId, Instant expiresAt) {
    }

    /** What became of a link when all was well again. */
    record Opened(String url, Instant at, int status, String sha256) {
    }

    /**
     * A job when all was over.
     *
     * @param status GONE where nobody knows it any more
     * @param updatedAt when it changed last, which is when it ended
     */
    record JobEnd(String jobId, String draft, String status, Instant createdAt, Instant updatedAt,
            Map<String, StyleEnd> styles) {
        static JobEnd gone(String jobId, String draft) {
            return new JobEnd(jobId, draft, "GONE", Instant.MIN, Instant.MAX, Map.of());
        }
    }

    /** @param error null where there is none */
    record StyleEnd(String status, String error, boolean possiblyChargedTwice) {
    }

    /** @param instance null where it hits all of them */
    record Trouble(StormPlan.Fault fault, String instance, Instant from, Instant to) {
        boolean overlaps(Instant start, Instant end) {
            return from.isBefore(end) && to.isAfter(start);
        }
    }

    /** What an instance says of how many jobs it works on. */
    record InFlight(String instance, Instant at, int jobs) {
    }

    /** How long jobs of a killed instance took to end, with others alive and all well; null where they did not. */
    record TakeOver(String jobId, Duration took) {
    }

    /** @param timeToLive in milliseconds, -1 where it never expires, -2 where it has meanwhile */
    record RedisKey(String name, long timeToLive) {
    }

    /** While nobody asks for anything. */
    record Idle(double redisCommandsPerSecond, double busiestCpu) {
    }

    record LogLine(String instance, String text) {
    }
}
