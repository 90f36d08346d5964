package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The shutdown of a worker. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class DrainTest extends WorkerSuite {
    @Test
    void finishesWhatEndsWithinTheGracePeriodWhenItIsStopped() {
        imageApi.holdsBackEverything();
        Job job = accept();
        claim(worker);
        await().until(() -> imageApi.calls() == 3);

        CompletableFuture.delayedExecutor(A_WHILE.toMillis(), TimeUnit.MILLISECONDS).execute(imageApi::release);
        worker.drain();

        assertThat(find(job).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @Test
    void handsTheRestToAnotherWorkerAtOnceWhenItIsStopped() {
        ImageWorker stopped = worker(new Config(10, LONG, Duration.ofMillis(50)));
        imageApi.holdsBackEverything();
        Job job = accept();
        claim(stopped);
        await().until(() -> imageApi.calls() == 3);
        imageApi.drawsAgain();
        claim(worker);

        stopped.drain();

        await().until(() -> find(job).status() == JobStatus.COMPLETED);
        assertThat(imageApi.calls()).as("three of each worker").isEqualTo(6);
        await().until(this::queueIsEmpty);
    }

    @Test
    void handsBackWhatReachesItOnceItIsStopped() {
        ImageWorker stopped = worker(10, LONG);
        claim(stopped);
        await().until(() -> blockedClients() == 1);
        stopped.drain();

        Job job = accept();
        await().until(stopped::isIdle);
        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @Test
    void claimsNothingOnceItIsStopped() {
        worker.drain();
        Job job = accept();

        get(worker.claimJobs());
        get(worker.sweep());

        assertThat(find(job)).isEqualTo(job);
    }

    /** One broken record must not keep the other jobs from being handed back. */
    @Test
    void handsBackTheOthersThoughOneRecordBecameUnreadable() {
        ImageWorker stopped = worker(new Config(10, LONG, Duration.ofMillis(50)));
        endSlowStart();
        imageApi.holdsBackEverything();
        List<Job> jobs = IntStream.range(0, 3).mapToObj(i -> accept()).toList();
        claim(stopped);
        await().until(() -> imageApi.calls() == 9);
        redis.key().del("job:" + jobs.get(0).id());
        redis.list(String.class).rpush("job:" + jobs.get(0).id(), "x");
        get(stopped.renewLeases());
        imageApi.drawsAgain();
        claim(worker);

        stopped.drain();

        ends(jobs.get(1), JobStatus.COMPLETED);
        ends(jobs.get(2), JobStatus.COMPLETED);
        await().until(this::queueIsEmpty);
    }
}
