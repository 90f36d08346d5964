package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;

/** A whole worker: the jobs it claims, how many of them it runs at a time, and when it counts as stuck. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class ImageWorkerTest extends WorkerSuite {
    @Test
    void startsAJobTheMomentItIsAccepted() {
        claim(worker);

        Job job = accept();

        ends(job, JobStatus.COMPLETED);
        assertThat(imageApi.calls()).isEqualTo(3);
        await().until(this::queueIsEmpty);
    }

    @Test
    void worksOnNoMoreJobsAtATimeThanItMay() {
        worker = worker(2, LONG);
        imageApi.holdsBackEverything();
        List<Job> jobs = IntStream.range(0, 5).mapToObj(i -> accept()).toList();

        claim(worker);

        await().during(A_WHILE).until(() -> imageApi.calls() == 6);
        imageApi.release();
        await().until(() -> {
            assertThat(redis.stream(String.class).xpending("content:jobs", "workers").getPendingCount())
                    .isLessThanOrEqualTo(2);
            return jobs.stream().allMatch(job -> find(job).ended());
        });
        assertThat(imageApi.calls()).isEqualTo(15);
    }

    /** The scan of a long queue takes a while. */
    @Test
    void startsAJobTheMomentItIsAcceptedDuringAScanForOverdueJobs() {
        othersHave(5_000);

        worker.endOverdueJobs().subscribe().with(done -> {
        });
        claim(worker);

        ends(accept(), JobStatus.COMPLETED);
    }

    @Test
    void startsJobsTheMomentTheyAreAcceptedDuringSweeps() {
        claim(worker);
        await().until(() -> blockedClients() == 1);
        AtomicBoolean isEnough = new AtomicBoolean();
        CompletionStage<Void> sweeps = Multi.createBy().repeating().uni(() -> worker.sweep().replaceWith(true))
                .whilst(swept -> !isEnough.get()).onItem().ignoreAsUni().subscribeAsCompletionStage();

        try {
            IntStream.range(0, 50).forEach(i -> ends(accept(), JobStatus.COMPLETED));
        } finally {
            isEnough.set(true);
            sweeps.toCompletableFuture().join();
        }
    }

    /** The provider's connections are not shared between calls: one that breaks must hit one image. */
    @Test
    void losesNoImageWhenManyAreGeneratedAtOnce() {
        worker = worker(50, LONG);
        claim(worker);
        List<Job> jobs = IntStream.range(0, 200).mapToObj(i -> accept()).toList();

        await().until(() -> jobs.stream().allMatch(job -> find(job).ended()));

        assertThat(jobs).allSatisfy(job -> assertThat(find(job).completed()).isEqualTo(3));
        assertThat(imageApi.calls()).isEqualTo(600);
    }

    @Test
    void isStuckWhenItsLoopDoesNothingForAMinuteThoughItMayClaim() {
        AtomicLong now = new AtomicLong();
        ImageWorker idle = new ImageWorker(queue, jobStore, processor, policy, new Config(10, LONG, Duration.ZERO),
                jobConfig, clock, now::get, redisTimeout, eventLoops);
        assertThat(new ClaimLoopCheck(idle).call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);

        now.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(new ClaimLoopCheck(idle).call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);

        pauseFor(Duration.ofMinutes(1));
        get(idle.claimJobs());
        assertThat(new ClaimLoopCheck(idle).call().getStatus()).as("a pause is no standstill")
                .isEqualTo(HealthCheckResponse.Status.UP);

        idle.drain();
        now.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(idle.isStuck()).as("what stops need not claim").isFalse();
    }

    @Test
    void goesOnWhenTheQueueWasLost() {
        claim(worker);
        redis.flushall();

        Job job = accept();

        await().until(() -> {
            claim(worker);
            return find(job).ended();
        });
    }

    /** Permits are reserved before the blocking read, and by every claimer alike. */
    @Test
    void worksOnNoMoreThanItMayWhateverItTakesThemFor() {
        List<Job> stalled = IntStream.range(0, 2).mapToObj(i -> accept()).toList();
        get(queue.open());
        get(queue.take(2, Duration.ofMillis(10)));
        ImageWorker small = worker(2, SHORT);
        imageApi.holdsBackEverything();
        claim(small);
        await().until(() -> blockedClients() == 1);
        AtomicInteger most = new AtomicInteger();

        List<Job> young = IntStream.range(0, 2).mapToObj(i -> accept()).toList();

        await().during(A_WHILE).until(() -> {
            claimAndSweep(small, most);
            return imageApi.calls() == 6;
        });
        imageApi.release();
        await().until(() -> {
            claimAndSweep(small, most);
            return Stream.concat(stalled.stream(), young.stream()).allMatch(job -> find(job).ended());
        });
        assertThat(most).hasValue(2);
        assertThat(imageApi.calls()).isEqualTo(12);
        stop(small);
    }

    private static void claimAndSweep(ImageWorker worker, AtomicInteger most) {
        claim(worker);
        get(worker.sweep());
        get(worker.endOverdueJobs());
        most.accumulateAndGet(worker.inFlight(), Math::max);
    }

    /** Entries that other workers have just taken. */
    private void othersHave(int entries) {
        IntStream.range(0, entries).forEach(i -> redis.stream(String.class).xadd("content:jobs",
                Map.of("job", "elsewhere-" + i, "createdAt", Long.toString(System.currentTimeMillis()))));
        get(queue.open());
        get(queue.take(entries, Duration.ofMillis(10)));
    }
}
