package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.gallery.GalleryConfig;
import com.kt.event.content.gallery.ImageStore;
import com.kt.event.content.gallery.ImageStores;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobRequest;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.RedisTimeout;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.mutiny.Uni;

/** Workers without their schedule: the test says when one claims, renews its leases, or sweeps. */
abstract class WorkerSuite {
    static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null, null);
    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(400);
    /** Long enough for anything to happen that must not. */
    static final Duration A_WHILE = Duration.ofMillis(300);
    static final String BREAKER = "content:breaker";

    ImageApiStub imageApi;

    @Inject
    JobManager jobManager;

    @Inject
    JobStore jobStore;

    @Inject
    JobQueue queue;

    @Inject
    EntryProcessor processor;

    @Inject
    ClaimPolicy policy;

    @Inject
    JobConfig jobConfig;

    @Inject
    Clock clock;

    @Inject
    @Identifier("nano-time")
    LongSupplier nanoTime;

    @Inject
    RedisTimeout redisTimeout;

    @Inject
    JobEventLoops eventLoops;

    @Inject
    MeterRegistry meters;

    @Inject
    ImageStore store;

    @Inject
    GalleryConfig gallery;

    @Inject
    CircuitBreakerMaintenance breakers;

    @Inject
    RedisDataSource redis;

    ImageWorker worker;

    @BeforeEach
    void begin() {
        redis.flushall();
        imageApi.drawsEverything();
        breakers.resetAll();
        worker = worker(10, LONG);
    }

    @AfterEach
    void end() {
        stop(worker);
        if (redis.key().exists(BREAKER)) {
            redis.flushall();
            imageApi.drawsEverything();
            endSlowStart();
        }
    }

    void whileTheStoreIsAway(Runnable test) throws IOException {
        Path directory = gallery.store().directory();
        Path aside = directory.resolveSibling(directory.getFileName() + "-aside");
        Files.move(directory, aside);
        try {
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                ImageStores.probe(store);
                return !store.isWritable();
            });
            test.run();
        } finally {
            Files.move(aside, directory);
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                ImageStores.probe(store);
                return store.isWritable();
            });
        }
    }

    /** Ends the slow start after an open breaker, during which few calls may be in flight at a time. */
    final void endSlowStart() {
        List<Job> jobs = IntStream.range(0, 4).mapToObj(i -> accept()).toList();
        ImageWorker first = worker(10, LONG);
        // While this instance still pauses, it claims nothing.
        await().until(() -> {
            claim(first);
            return jobs.stream().allMatch(job -> find(job).ended());
        });
        jobs.forEach(job -> ends(job, JobStatus.COMPLETED));
        stop(first);
        imageApi.drawsEverything();
    }

    ImageWorker worker(int maxInFlight, Duration lease) {
        return worker(new Config(maxInFlight, lease, Duration.ofSeconds(5)));
    }

    ImageWorker worker(Config config) {
        return new ImageWorker(queue, jobStore, processor, policy, config, jobConfig, clock, nanoTime, redisTimeout,
                eventLoops);
    }

    static void claim(ImageWorker worker) {
        worker.claimJobs().subscribe().with(done -> {
        });
    }

    static void stop(ImageWorker worker) {
        worker.drain();
        await().until(worker::isIdle);
    }

    Job accept() {
        return get(jobManager.createJob(JobRequest.of("draft-" + UUID.randomUUID(), RECOMMENDATION,
                EnumSet.allOf(Style.class), Map.of())));
    }

    /** A job whose worker made this move and died. */
    Job dropped(UnaryOperator<Job> move) {
        Job job = accept();
        get(jobStore.claim(job.id(), "crashed", Duration.ofMillis(1)));
        return get(jobStore.update(job, "crashed", move));
    }

    /** As another instance would open the breaker. */
    void pauseFor(Duration pause) {
        long until = System.currentTimeMillis() + pause.toMillis();
        redis.value(String.class).psetex(BREAKER, pause.plusMinutes(6).toMillis(),
                "{\"until\":" + until + ",\"length\":" + pause.toMillis() + ",\"why\":\"test\"}");
    }

    double images(String outcome) {
        return meters.counter("content.pictures", "outcome", outcome).count();
    }

    void ends(Job job, JobStatus status) {
        await().untilAsserted(() -> assertThat(find(job).status()).isEqualTo(status));
    }

    Job find(Job job) {
        return get(jobManager.find(job.id())).orElseThrow();
    }

    int blockedClients() {
        String info = redis.execute("INFO", "clients").toString();
        return info.lines().filter(line -> line.startsWith("blocked_clients:"))
                .mapToInt(line -> Integer.parseInt(line.substring("blocked_clients:".length()).strip())).findFirst()
                .orElseThrow();
    }

    long leaseUntil(Job job) {
        return Long.parseLong(redis.hash(String.class).hget("job:" + job.id(), "leaseUntil"));
    }

    boolean queueIsEmpty() {
        return redis.stream(String.class).xlen("content:jobs") == 0;
    }

    static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }

    record Config(int maxInFlight, Duration lease, Duration grace) implements WorkerConfig {
        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public Duration heartbeat() {
            return SHORT.dividedBy(3);
        }
    }
}
