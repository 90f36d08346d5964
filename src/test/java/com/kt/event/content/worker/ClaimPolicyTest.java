package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** A worker claims nothing while the breaker is open or the image store is away, and one job to probe the provider. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class ClaimPolicyTest extends WorkerSuite {
    @Test
    void claimsNothingWhileTheImageStoreIsAway() throws IOException {
        whileTheStoreIsAway(() -> {
            Job job = accept();

            get(worker.claimJobs());
            get(worker.sweep());

            assertThat(redis.hash(String.class).hget("job:" + job.id(), "owner")).isNull();
            assertThat(imageApi.calls()).isZero();
        });
    }

    @Test
    void claimsNothingWhileTheBreakerIsOpen() {
        Job job = accept();
        pauseFor(Duration.ofSeconds(1));

        get(worker.claimJobs());
        assertThat(redis.hash(String.class).hget("job:" + job.id(), "owner")).isNull();
        assertThat(imageApi.calls()).isZero();

        await().until(() -> {
            claim(worker);
            return find(job).ended();
        });
        assertThat(redis.key().exists(BREAKER)).as("the probe ended the pause").isFalse();
    }

    @Test
    void sendsOneProbeWhenTheBreakerIsHalfOpenAndTheRestWhenItCloses() {
        worker = worker(10, LONG);
        imageApi.holdsBackEverything();
        List<Job> jobs = IntStream.range(0, 3).mapToObj(i -> accept()).toList();
        pauseFor(Duration.ofMillis(300));

        await().until(() -> {
            claim(worker);
            return imageApi.calls() > 0;
        });
        await().during(A_WHILE).until(() -> {
            claim(worker);
            return imageApi.calls() == 1;
        });
        assertThat(redis.value(String.class).get("content:breaker")).contains("probe");
        imageApi.release();

        await().until(() -> {
            claim(worker);
            return jobs.stream().allMatch(job -> find(job).ended());
        });
        assertThat(imageApi.calls()).isEqualTo(9);
    }

    @Test
    void claimsOneJobToProbeThoughOldCallsAreStillOut() {
        imageApi.holdsBackEverything();
        Job old = accept();
        claim(worker);
        await().until(() -> imageApi.calls() == 3);
        imageApi.drawsAgain();
        pauseFor(Duration.ofMillis(500));
        await().until(() -> blockedClients() == 0);
        Job young = accept();

        await().until(() -> {
            claim(worker);
            return find(young).ended();
        });

        assertThat(find(old).ended()).isFalse();
        assertThat(redis.key().exists(BREAKER)).isFalse();
        imageApi.release();
        ends(old, JobStatus.COMPLETED);
    }
}
