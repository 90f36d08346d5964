package com.kt.event.content.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;

import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import io.vertx.core.Vertx;

/**
 * Ends the schedule once the jobs are handed back, and waits until the event loops have begun what the schedule has passed
 * to them. Quarkus's scheduler stops together with the beans (3.34.1, SimpleScheduler): a tick that a busy event loop began
 * later would find none, and be reported as an error.
 */
@ApplicationScoped
class ScheduleEnd {
    /** After this time the service ends nevertheless. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(ScheduleEnd.class);

    private final Runnable pause;
    private final Iterable<EventExecutor> eventLoops;

    /** Vert.x 5 has the event loops elsewhere, and Vert.x 4 nowhere else. */
    @SuppressWarnings("deprecation")
    @Inject
    ScheduleEnd(Scheduler scheduler, Vertx vertx) {
        this(() -> pause(scheduler), vertx.nettyEventLoopGroup());
    }

    /** Commands do not start it. */
    private static void pause(Scheduler scheduler) {
        if (scheduler.isStarted()) {
            scheduler.pause();
        }
    }

    ScheduleEnd(Runnable pause, Iterable<EventExecutor> eventLoops) {
        this.pause = pause;
        this.eventLoops = eventLoops;
    }

    /** After {@link ImageWorker#stop}, which needs the leases to be renewed. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event) {
        stop();
    }

    void stop() {
        pause.run();
        long limit = System.nanoTime() + LIMIT.toNanos();
        for (EventExecutor eventLoop : eventLoops) {
            awaitTicks(eventLoop, limit - System.nanoTime());
        }
    }

    private static void awaitTicks(EventExecutor eventLoop, long nanos) {
        try {
            if (!eventLoop.submit(() -> {
            }).await(nanos, TimeUnit.NANOSECONDS)) {
                LOG.debug("an event loop is busy, the service ends without waiting for it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
