package com.kt.event.content.worker;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.gallery.Gallery;
import com.kt.event.content.gallery.ImageStore;
import com.kt.event.content.generator.ImageGenerator;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.job.LeaseLostException;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.redis.RedisTimeout;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Runs a leased job to its end: all unfinished styles in parallel, each to its own end. */
@ApplicationScoped
class JobRunner {
    private final JobStore jobStore;
    private final ImageGenerator generator;
    private final ImageStore store;
    private final Gallery gallery;
    private final JobConfig config;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final RedisTimeout redisTimeout;
    private final ImageMetrics metrics;
    private final Vertx vertx;

    JobRunner(JobStore jobStore, ImageGenerator generator, ImageStore store, Gallery gallery, JobConfig config,
            Clock clock, @Identifier("time-limits") ScheduledExecutorService timer, RedisTimeout redisTimeout,
            ImageMetrics metrics, Vertx vertx) {
        this.jobStore = jobStore;
        this.generator = generator;
        this.store = store;
        this.gallery = gallery;
        this.config = config;
        this.clock = clock;
        this.timer = timer;
        this.redisTimeout = redisTimeout;
        this.metrics = metrics;
        this.vertx = vertx;
    }

    /** The job at its end. Fails with {@link LeaseLostException} if another worker has taken the job over. */
    Uni<Job> run(Job claimed, String owner) {
        JobRun run = newRun(claimed, owner);
        List<Uni<Void>> styles = unfinished(run).stream().map(StyleRun::run).toList();
        return Uni.join().all(styles).andFailFast().chain(run::result);
    }

    /**
     * Ends the job without another paid call: publishes the images that are in the store already, and fails all other
     * unfinished styles. Fails with {@link LeaseLostException}.
     */
    Uni<Job> abandon(Job claimed, String owner, StyleError error) {
        JobRun run = newRun(claimed, owner);
        return Multi.createFrom().iterable(unfinished(run))
                .onItem().transformToUniAndConcatenate(StyleRun::publishKept)
                .onItem().ignoreAsUni()
                .chain(() -> run.commit(job -> job.ended() ? job : job.failUnfinished(error, run.now())))
                .invoke(ended -> claimed.unfinished().stream()
                        .filter(style -> ended.styles().get(style).error() == error)
                        .forEach(style -> metrics.failed(error)));
    }

    private JobRun newRun(Job claimed, String owner) {
        Context context = vertx.getOrCreateContext();
        return new JobRun(claimed, owner, jobStore, redisTimeout, config, clock,
                task -> context.runOnContext(tick -> task.run()));
    }

    private List<StyleRun> unfinished(JobRun run) {
        ImagePublisher publisher = new ImagePublisher(run, gallery, timer);
        return run.job().unfinished().stream()
                .map(style -> new StyleRun(run, style, generator, store, publisher, metrics, timer))
                .toList();
    }
}
