package com.kt.event.content.worker;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.job.JobQueue;
import com.kt.event.content.redis.RedisTimeout;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;

/** Gauges of the work to do: in all instances together, and in this one. */
@Startup
@ApplicationScoped
class QueueMetrics {
    private final JobQueue queue;
    private final RedisTimeout redisTimeout;
    /** As last measured; NaN while Redis does not answer. */
    private volatile double length = Double.NaN;

    QueueMetrics(JobQueue queue, ImageWorker worker, RedisTimeout redisTimeout, MeterRegistry meters) {
        this.queue = queue;
        this.redisTimeout = redisTimeout;
        Gauge.builder("content.queue.length", () -> length)
                .description("Jobs that are waiting or running, in all instances together")
                .register(meters);
        Gauge.builder("content.jobs.in.flight", worker::inFlight)
                .description("Jobs that this instance is running")
                .register(meters);
    }

    /** Measured in advance, because a scrape must not wait for Redis. */
    @Scheduled(every = "{content.worker.heartbeat}", concurrentExecution = ConcurrentExecution.SKIP,
            identity = "measure-queue")
    Uni<Void> measure() {
        return redisTimeout.worker(queue.length())
                .onItem().transform(Long::doubleValue)
                .onFailure().recoverWithItem(Double.NaN)
                .invoke(measured -> length = measured)
                .replaceWithVoid();
    }
}
