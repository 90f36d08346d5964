package com.kt.event.content.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.recommendation.Style;

import io.quarkus.redis.datasource.stream.XTrimArgs;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Accepting and cancelling jobs. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class JobManagerTest extends StoredJobSuite {
    @Test
    void findsWhatWasAccepted() {
        Job job = accept();

        assertThat(get(jobManager.find(job.id()))).contains(job);
        assertThat(get(jobManager.find(UUID.randomUUID().toString()))).isEmpty();
    }

    @Test
    void queuesWhatWasAccepted() {
        Job job = accept();

        assertThat(get(queue.take(10, Duration.ofMillis(10)))).extracting(QueueEntry::jobId).containsExactly(job.id());
    }

    @Test
    void leavesNoRecordOfAJobThatCouldNotBeQueued() {
        redis.value(String.class).set("content:jobs", "not a stream");

        assertThatThrownBy(this::accept).hasMessageContaining("WRONGTYPE");

        assertThat(redis.key().keys("job:*")).isEmpty();
    }

    @Test
    void finishesTheAcceptanceOfAJobWhoseRequestDied() {
        Job first = accept("a");
        redis.key().pexpire("job:" + first.id(), 10_000);
        redis.stream(String.class).xtrim("content:jobs", new XTrimArgs().maxlen(0));

        assertThat(accept("a").id()).isEqualTo(first.id());

        assertThat(redis.stream(String.class).xlen("content:jobs")).isEqualTo(1);
        assertThat(redis.key().ttl("job:" + first.id())).isBetween(3_590L, 3_600L);
    }

    @Test
    void queuesAJobOnceHoweverOftenItsAcceptanceIsFinished() {
        Job first = accept("a");
        accept("b");
        for (int i = 0; i < 2; i++) {
            redis.key().pexpire("job:" + first.id(), 10_000);
            assertThat(get(jobManager.resume(first.id()))).contains(first);
        }

        assertThat(redis.stream(String.class).xlen("content:jobs")).isEqualTo(2);
        assertThat(redis.key().ttl("job:" + first.id())).isBetween(3_590L, 3_600L);
    }

    @Test
    void writesNoRecordOverAnother() {
        Job job = get(store.update(claimed("worker"), "worker", StoredJobSuite::called));

        get(jobManager.createJob(wanted("another"), JobId.reuse(job.id())));

        assertThat(get(jobManager.find(job.id()))).contains(job);
    }

    @Test
    void queuesNothingWhereAllImagesExist() {
        Map<Style, ReusableImage> links = Map.of(Style.SIMPLE, image("http://s"), Style.FANCY, image("http://f"),
                Style.TRENDY, image("http://t"));

        Job job = get(jobManager.createJob(JobRequest.of("a", RECOMMENDATION, EVERY_STYLE, links)));

        assertThat(get(jobManager.find(job.id()))).contains(job);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(redis.stream(String.class).xlen("content:jobs")).isZero();
        assertThat(redis.key().ttl("job:" + job.id())).isBetween(3_590L, 3_600L);
    }

    @Test
    void cancelsAJobWhoeverHoldsItsLease() {
        Job job = claimed("worker");

        Job cancelled = get(jobManager.cancel(job.id())).orElseThrow();

        assertThat(cancelled.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(get(store.isCancelled(job.id()))).isTrue();
        assertThat(redis.hash(String.class).hexists("job:" + job.id(), "owner")).isFalse();
        assertThat(get(store.update(job, "worker", StoredJobSuite::called))).as("what the worker finds")
                .isEqualTo(cancelled);
    }

    @Test
    void leavesACancelledJobAsItIs() {
        Job cancelled = get(jobManager.cancel(accept().id())).orElseThrow();

        assertThat(get(jobManager.cancel(cancelled.id()))).contains(cancelled);
    }

    @Test
    void cancelsNoJobThatHasEnded() {
        Job job = get(
                store.update(claimed("first"), "first",
                        it -> called(it).failUnfinished(StyleError.JOB_DEADLINE, LATER)));

        assertThatThrownBy(() -> get(jobManager.cancel(job.id()))).isInstanceOf(IllegalMoveException.class);
        assertThat(get(jobManager.cancel(UUID.randomUUID().toString()))).isEmpty();
    }

    private static ReusableImage image(String link) {
        return new ReusableImage(link, null, null);
    }
}
