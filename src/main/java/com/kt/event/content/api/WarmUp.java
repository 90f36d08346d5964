package com.kt.event.content.api;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

import com.kt.event.content.gallery.DraftReader;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.JobRequest;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.RedisFailures;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.redis.client.impl.types.ErrorType;

/**
 * Runs the code of the first request before that arrives, and holds readiness back until it has. On the JVM the first
 * client would otherwise wait for hundreds of classes to load and for a connection to Redis, a second or more on a busy
 * machine. It leaves nothing in Redis. While Redis is down it is repeated; readiness is down then anyway. The native
 * executable has its classes loaded, so there one command opens the connection.
 */
@Readiness
@ApplicationScoped
class WarmUp implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(WarmUp.class);

    /** Short, so that the service is ready soon after a Redis that was down at the start. */
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);
    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(5);

    private final DraftReader draftReader;
    private final JobManager jobManager;
    private final IdempotentRequests idempotentRequests;
    private final ScheduledExecutorService timer;
    private final boolean isServing;

    private volatile boolean isDone;
    private volatile Cancellable attempts = () -> {
    };

    WarmUp(DraftReader draftReader, JobManager jobManager, IdempotentRequests idempotentRequests,
            @Identifier("time-limits") ScheduledExecutorService timer,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean isServing) {
        this.draftReader = draftReader;
        this.jobManager = jobManager;
        this.idempotentRequests = idempotentRequests;
        this.timer = timer;
        this.isServing = isServing;
    }

    void start(@Observes StartupEvent event) {
        if (isServing) {
            attempts = untilDone().subscribe().with(done -> isDone = true,
                    failure -> LOG.errorf(failure, "warm-up failed, the first request will be slow"));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        attempts.cancel();
    }

    private Uni<Void> untilDone() {
        return Uni.createFrom().deferred(this::warmUp)
                .ifNoItem().after(ATTEMPT_LIMIT).on(timer).fail()
                .onFailure(WarmUp::isRedisDown)
                .invoke(failure -> LOG.debugf("Redis not available, repeating the warm-up: %s", failure))
                .onFailure(WarmUp::isRedisDown)
                .retry().withBackOff(RETRY_DELAY, RETRY_DELAY).withJitter(0).indefinitely()
                // A fault that repeats is reported to the clients that meet it; the service is ready all the same.
                .onFailure().recoverWithNull();
    }

    /** A Redis that rejects a command is up. */
    private static boolean isRedisDown(Throwable failure) {
        return RedisFailures.isRedisTrouble(failure) && !(failure instanceof ErrorType);
    }

    private Uni<Void> warmUp() {
        String unknownDraft = UUID.randomUUID().toString();
        Uni<?> connection = draftReader.find(unknownDraft);
        return ImageMode.current() == ImageMode.NATIVE_RUN
                ? connection.replaceWithVoid()
                : connection.chain(() -> idempotentRequests.warmUp())
                        .chain(() -> jobManager.warmUp(JobRequest.of(unknownDraft,
                                new Recommendation("warm-up", null, null, null, Map.of()), EnumSet.allOf(Style.class),
                                Map.of())));
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Warm-up").status(isDone).build();
    }
}
