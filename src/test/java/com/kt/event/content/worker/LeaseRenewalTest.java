package com.kt.event.content.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.job.Claim;
import com.kt.event.content.job.Job;
import com.kt.event.content.recommendation.Style;

import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Leases that are renewed, and those that are no longer the worker's to renew. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class LeaseRenewalTest extends WorkerSuite {
    @Test
    void leavesTheJobOfAWorkerThatGivesSignsOfLifeAlone() {
        Duration lease = Duration.ofMillis(1_500);
        ImageWorker busy = worker(10, lease);
        ImageWorker other = worker(10, lease);
        imageApi.answersEverything(aResponse().withFixedDelay(2 * (int) lease.toMillis())
                .withBody(ImageApiStub.image(ImageApiStub.png(Style.SIMPLE))));
        Job job = accept();
        claim(busy);
        await().until(() -> imageApi.calls() == 3);
        claim(other);

        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            get(busy.renewLeases());
            get(other.sweep());
            return find(job).ended();
        });

        assertThat(imageApi.calls()).isEqualTo(3);
        stop(busy);
        stop(other);
    }

    @Test
    void givesNoSignOfLifeForAJobWhoseLeaseItLost() {
        ImageWorker silent = worker(10, SHORT);
        imageApi.holdsBackEverything();
        Job job = accept();
        claim(silent);
        await().until(() -> imageApi.calls() == 3);
        await().until(() -> get(jobStore.claim(job.id(), "second", LONG)).outcome() == Claim.Outcome.WON);
        Duration untouched = sinceLastTouch();

        get(silent.renewLeases());

        assertThat(sinceLastTouch()).isGreaterThanOrEqualTo(untouched);
        imageApi.release();
        stop(silent);
    }

    /** A Redis that is out of memory refuses the lease's new end, but not to touch the queue entry. */
    @Test
    void leavesJobsToLivingWorkersThoughRedisIsOutOfMemory() {
        Duration lease = Duration.ofSeconds(1);
        ImageWorker busy = worker(10, lease);
        ImageWorker other = worker(10, lease);
        imageApi.holdsBackEverything();
        Job job = accept();
        claim(busy);
        await().until(() -> imageApi.calls() == 3);
        await().until(() -> {
            claim(other);
            get(other.sweep());
            return true;
        });

        losesItsLeaseWithoutMemory(job, busy, lease);

        await().during(lease.multipliedBy(2)).until(() -> {
            sweepAndRenew(other, busy);
            return !find(job).ended();
        });
        imageApi.release();
        await().until(() -> {
            sweepAndRenew(other, busy);
            return find(job).ended();
        });
        assertThat(imageApi.calls()).isEqualTo(3);
        stop(busy);
        stop(other);
    }

    private void losesItsLeaseWithoutMemory(Job job, ImageWorker busy, Duration lease) {
        redis.execute("CONFIG", "SET", "maxmemory", "1");
        try {
            await().until(() -> leaseUntil(job) < System.currentTimeMillis());
            await().until(() -> {
                get(busy.renewLeases());
                return isTouchedWithin(lease);
            });
        } finally {
            redis.execute("CONFIG", "SET", "maxmemory", "0");
        }
    }

    private static void sweepAndRenew(ImageWorker other, ImageWorker busy) {
        get(other.sweep());
        get(busy.renewLeases());
    }

    private Duration sinceLastTouch() {
        return redis.stream(String.class).xpending("content:jobs", "workers", StreamRange.of("-", "+"), 1).get(0)
                .getDurationSinceLastDelivery();
    }

    /** Of the only pending entry. */
    private boolean isTouchedWithin(Duration idle) {
        return redis.stream(String.class).xpending("content:jobs", "workers", StreamRange.of("-", "+"), 1).get(0)
                .getDurationSinceLastDelivery().compareTo(idle) < 0;
    }
}
