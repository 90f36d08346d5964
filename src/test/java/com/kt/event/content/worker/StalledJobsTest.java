package com.kt.event.content.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.gallery.ImageStores;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Jobs whose workers died, and jobs that are past their deadline. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class StalledJobsTest extends WorkerSuite {
    @Test
    void takesOverTheJobOfAWorkerThatFellSilentAndLetsItChangeNothingLater() {
        ImageWorker silent = worker(10, SHORT);
        imageApi.holdsBackEverything();
        Job job = accept();
        claim(silent);
        await().until(() -> imageApi.calls() == 3);

        imageApi.drawsAgain();
        ImageWorker second = worker(10, SHORT);
        claim(second);
        await().until(() -> {
            get(second.sweep());
            return find(job).ended();
        });

        Job ended = find(job);
        assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
        imageApi.release();
        stop(silent);
        stop(second);
        assertThat(find(job)).isEqualTo(ended);
        assertThat(imageApi.calls()).as("three of each worker").isEqualTo(6);
    }

    @Test
    void endsAnOverdueJobThoughNoneMayBeClaimed() {
        Job job = accept();
        agesTheEntry(job, Duration.ofSeconds(3_001));
        pauseFor(Duration.ofMinutes(10));

        get(worker.claimJobs());
        assertThat(find(job).status()).as("nothing is claimed").isEqualTo(JobStatus.PENDING);
        get(worker.endOverdueJobs());

        ends(job, JobStatus.FAILED);
        assertThat(find(job).styles().values()).allMatch(style -> style.error() == StyleError.JOB_DEADLINE);
        await().until(this::queueIsEmpty);
        assertThat(imageApi.calls()).isZero();
    }

    @Test
    void publishesAStoredImageBeforeItEndsAnOverdueJob() {
        Job job = dropped(it -> it.openCall(Style.FANCY, Instant.now()));
        get(store.keep(job.id() + "-fancy", ImageStores.image(ImageApiStub.png(Style.FANCY))));
        agesTheEntry(job, Duration.ofSeconds(3_001));

        await().until(() -> {
            get(worker.endOverdueJobs());
            return find(job).ended();
        });

        assertThat(find(job).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(find(job).styles().get(Style.FANCY).imageUrl()).endsWith(job.id() + "-fancy.png");
        assertThat(find(job).styles().get(Style.SIMPLE).error()).isEqualTo(StyleError.JOB_DEADLINE);
        assertThat(redis.hash(String.class).hkeys("content:image:" + job.eventDraftId())).contains("fancy");
        assertThat(imageApi.calls()).isZero();
    }

    @Test
    void endsAJobAfterThreeWorkersDiedRunningIt() {
        Job job = dropped(it -> it.openCall(Style.FANCY, Instant.now()));
        redis.hash(String.class).hset("job:" + job.id(), "stalled", "2");

        await().until(() -> {
            claim(worker);
            get(worker.sweep());
            return find(job).ended();
        });

        assertThat(find(job).status()).isEqualTo(JobStatus.FAILED);
        assertThat(find(job).styles().values()).allMatch(style -> style.error() == StyleError.JOB_STALLED);
        assertThat(imageApi.calls()).isZero();
        await().until(this::queueIsEmpty);
    }

    @Test
    void publishesAStoredImageBeforeItEndsAStalledJob() {
        Job job = dropped(it -> it.openCall(Style.FANCY, Instant.now()));
        get(store.keep(job.id() + "-fancy", ImageStores.image(ImageApiStub.png(Style.FANCY))));
        redis.hash(String.class).hset("job:" + job.id(), "stalled", "2");
        double failed = images("JOB_STALLED");

        await().until(() -> {
            claim(worker);
            get(worker.sweep());
            return find(job).ended();
        });

        assertThat(find(job).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(find(job).completed()).isEqualTo(1);
        assertThat(find(job).styles().get(Style.SIMPLE).error()).isEqualTo(StyleError.JOB_STALLED);
        assertThat(redis.hash(String.class).hkeys("content:image:" + job.eventDraftId())).contains("fancy");
        await().untilAsserted(() -> assertThat(images("JOB_STALLED")).isEqualTo(failed + 2));
        assertThat(imageApi.calls()).isZero();
    }

    @Test
    void endsAnOverdueJobThatWaitsForTheImageStoreAndPaysNothing() throws IOException {
        whileTheStoreIsAway(() -> {
            Job job = accept();
            agesTheEntry(job, Duration.ofSeconds(3_001));

            get(worker.endOverdueJobs());

            ends(job, JobStatus.FAILED);
            assertThat(find(job).styles().values()).allMatch(style -> style.error() == StyleError.JOB_DEADLINE);
            await().until(this::queueIsEmpty);
            assertThat(imageApi.calls()).isZero();
        });
    }

    @Test
    void takesOverThoughTheLoopHoldsTheOnlyPermit() {
        Job stalled = accept();
        get(queue.open());
        get(queue.take(1, Duration.ofMillis(10)));
        ImageWorker single = worker(1, SHORT);

        await().until(() -> {
            claim(single);
            get(single.sweep());
            return find(stalled).ended();
        });

        assertThat(find(stalled).status()).isEqualTo(JobStatus.COMPLETED);
        stop(single);
    }

    /** No lease can be renewed during an outage, and a full instance does not read the queue. */
    @Test
    void leavesJobsToLivingWorkersAfterAnOutageThatItMissed() {
        Duration lease = Duration.ofSeconds(2);
        ImageWorker busy = worker(10, lease);
        AtomicLong time = new AtomicLong(nanoTime.getAsLong());
        ImageWorker full = new ImageWorker(queue, jobStore, processor, policy, new Config(2, lease, Duration.ZERO),
                jobConfig, clock, time::get, redisTimeout, eventLoops);
        imageApi.holdsBackEverything();
        Job busyJob = accept();
        claim(busy);
        await().until(() -> imageApi.calls() == 3);
        busy.stopClaiming(null);
        List<Job> fullJobs = fill(full);

        redis.execute("CLIENT", "PAUSE", "2500");
        time.addAndGet(Duration.ofSeconds(3).toNanos());
        await().until(() -> fullJobs.stream().allMatch(job -> find(job).ended()) && full.inFlight() == 0);
        assertThat(leaseUntil(busyJob)).as("the lease has lapsed").isLessThan(System.currentTimeMillis());
        // Its loop waits at the queue with one permit, and the other is free. Time stands still, so no take-over is due yet.
        get(full.sweep());
        get(busy.renewLeases());

        imageApi.release();
        await().until(() -> {
            get(busy.renewLeases());
            return find(busyJob).ended();
        });
        assertThat(imageApi.calls()).isEqualTo(9);
        stop(busy);
        stop(full);
    }

    /** Two jobs, whose calls take three seconds. */
    private List<Job> fill(ImageWorker full) {
        imageApi.answersEverything(aResponse().withFixedDelay(3_000)
                .withBody(ImageApiStub.image(ImageApiStub.png(Style.SIMPLE))));
        List<Job> jobs = List.of(accept(), accept());
        await().until(() -> {
            claim(full);
            return imageApi.calls() == 9;
        });
        return jobs;
    }

    private void agesTheEntry(Job job, Duration age) {
        Instant then = Instant.now().minus(age);
        redis.hash(String.class).hset("job:" + job.id(), "createdAt", then.toString());
        redis.key().del("content:jobs");
        redis.stream(String.class).xadd("content:jobs",
                Map.of("job", job.id(), "createdAt", Long.toString(then.toEpochMilli())));
    }
}
