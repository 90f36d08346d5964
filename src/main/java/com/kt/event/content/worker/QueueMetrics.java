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

/** How much work there is: in all instances together, and in this one. */
@Startup
@ApplicationScoped
class QueueMetrics {
    private final JobQueue queue;
    private final RedisTimeout redisTimeout;
    /** By the last look; not a number while Redis does not tell. */
    private volatile double length = Double.NaN;

    QueueMetrics(JobQueue queue, ImageWorker worker, RedisTimeout redisTimeout, MeterRegistry meters) {
        this.queue = queue;
        this.redisTimeout = redisTimeout;
        Gauge.builder("content.queue.length", () -> length)
                .description("Jobs that wait or run, in all instances together")
                .register(meters);
        Gauge.builder("content.jobs.in.flight", worker::inFlight)
                .description("Jobs that this instance works on")
                .register(meters);
    }

    /** Somebody who reads the metrics must not have to wait for Redis. */
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
