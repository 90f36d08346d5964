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

import com.kt.event.content.gallery.Gallery;
import com.kt.event.content.idempotency.IdempotencyStore;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.JobRequest;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.RecommendationStore;
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
 * Goes the way of the first request before that comes, and lets readiness wait for it: on the JVM the first caller would
 * wait for hundreds of classes and for a connection, a second and more on a busy machine. It only reads, or writes so that
 * nothing is left. While Redis is away it is tried again, as readiness says no meanwhile anyway. The native executable has
 * its classes and is ready at once, so there a single command opens the connection.
 */
@Readiness
@ApplicationScoped
class WarmUp implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(WarmUp.class);

    /** After a Redis that was away at the start has come, no caller need wait for long. */
    private static final Duration NEXT_TRY = Duration.ofMillis(500);
    private static final Duration LONGEST_TRY = Duration.ofSeconds(5);

    private final RecommendationStore recommendations;
    private final Gallery gallery;
    private final JobManager jobManager;
    private final IdempotencyStore answers;
    private final ScheduledExecutorService timer;
    private final boolean isServing;

    private volatile boolean isDone;
    private volatile Cancellable tries = () -> {
    };

    WarmUp(RecommendationStore recommendations, Gallery gallery, JobManager jobManager, IdempotencyStore answers,
            @Identifier("time-limits") ScheduledExecutorService timer,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean isServing) {
        this.recommendations = recommendations;
        this.gallery = gallery;
        this.jobManager = jobManager;
        this.answers = answers;
        this.timer = timer;
        this.isServing = isServing;
    }

    void start(@Observes StartupEvent event) {
        if (isServing) {
            tries = untilItWorks().subscribe().with(done -> isDone = true,
                    failure -> LOG.errorf(failure, "the warm-up broke; the first request will be slow"));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        tries.cancel();
    }

    private Uni<Void> untilItWorks() {
        return Uni.createFrom().deferred(this::warmUp)
                .ifNoItem().after(LONGEST_TRY).on(timer).fail()
                .onFailure(WarmUp::isRedisAway).invoke(failure -> LOG.debugf("warm-up: %s", failure))
                .onFailure(WarmUp::isRedisAway)
                .retry().withBackOff(NEXT_TRY, NEXT_TRY).withJitter(0).indefinitely()
                // What is broken here is broken for its caller, who is told.
                .onFailure().recoverWithNull();
    }

    /** One that refuses a command is there. */
    private static boolean isRedisAway(Throwable failure) {
        return RedisFailures.isRedisTrouble(failure) && !(failure instanceof ErrorType);
    }

    private Uni<Void> warmUp() {
        String nobody = UUID.randomUUID().toString();
        Uni<?> connection = recommendations.find(nobody);
        return ImageMode.current() == ImageMode.NATIVE_RUN
                ? connection.replaceWithVoid()
                : connection.chain(() -> gallery.find(nobody))
                        .chain(() -> answers.warmUp())
                        .chain(() -> jobManager.warmUp(JobRequest.of(nobody,
                                new Recommendation("warm-up", null, null, null, Map.of()), EnumSet.allOf(Style.class),
                                Map.of())));
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Warm-up").status(isDone).build();
    }
}
