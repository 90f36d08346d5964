package com.kt.event.content.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;

@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class JobManagerTest {
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
    private static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null,
            Map.of("기간", "6월"));
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration NO_LEASE = Duration.ofMillis(1);

    @Inject
    JobManager jobManager;

    @Inject
    JobQueue queue;

    @Inject
    RedisDataSource redis;

    @BeforeEach
    void empty() {
        redis.flushall();
        get(queue.open());
    }

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
    void leasesAJobToOneWorkerOnly() {
        Job job = accept();

        assertThat(get(jobManager.claim(job.id(), "first", LEASE)).outcome()).isEqualTo(Claim.Outcome.WON);
        assertThat(get(jobManager.claim(job.id(), "second", LEASE)).outcome()).isEqualTo(Claim.Outcome.HELD);
        assertThat(get(jobManager.claim("unknown", "first", LEASE)).outcome()).isEqualTo(Claim.Outcome.GONE);
    }

    @Test
    void leasesAJobAnewOnceItsLeaseHasLapsed() {
        Job job = accept();
        get(jobManager.claim(job.id(), "crashed", NO_LEASE));

        await().until(() -> get(jobManager.claim(job.id(), "second", LEASE)).outcome() == Claim.Outcome.WON);
    }

    @Test
    void handsTheJobOutAsItIs() {
        Job job = accept();

        assertThat(get(jobManager.claim(job.id(), "first", LEASE)).job()).isEqualTo(job);
    }

    @Test
    void renewsALeaseThatIsStillHeldAndNoOther() {
        Job job = accept();
        get(jobManager.claim(job.id(), "first", NO_LEASE));

        assertThat(get(jobManager.renew(job.id(), "first", LEASE))).isTrue();
        assertThat(get(jobManager.renew(job.id(), "second", LEASE))).isFalse();
        assertThat(get(jobManager.renew("unknown", "first", LEASE))).isFalse();
        assertThat(get(jobManager.claim(job.id(), "second", LEASE)).outcome()).isEqualTo(Claim.Outcome.HELD);
    }

    @Test
    void givesALeaseUpAtOnceButOnlyItsOwn() {
        Job job = claimed("first");

        assertThat(get(jobManager.release(job.id(), "second"))).isFalse();
        assertThat(get(jobManager.release(job.id(), "first"))).isTrue();
        assertThat(get(jobManager.release(job.id(), "first"))).isFalse();
        assertThat(get(jobManager.claim(job.id(), "second", LEASE)).outcome()).isEqualTo(Claim.Outcome.WON);
    }

    @Test
    void writesAMoveAndCountsIt() {
        Job job = claimed("first");

        Job started = get(jobManager.update(job, "first", it -> called(it)));

        assertThat(started.version()).isEqualTo(4);
        assertThat(get(jobManager.find(job.id()))).contains(started);
        assertThat(redis.hash(String.class).hget("job:" + job.id(), "status")).isEqualTo("PROCESSING");
    }

    @Test
    void makesAMoveAgainOnWhatTheJobHasBecome() {
        Job job = claimed("first");
        Job started = get(jobManager.update(job, "first", it -> called(it)));
        get(jobManager.update(started, "first", it -> it.complete(Style.SIMPLE, "http://a/simple.png", LATER)));

        Job both = get(
                jobManager.update(started, "first", it -> it.complete(Style.FANCY, "http://a/fancy.png", LATER)));

        assertThat(both.completed()).isEqualTo(2);
        assertThat(both.version()).isEqualTo(6);
    }

    @Test
    void losesNoMoveOfThoseMadeAtOnce() {
        Job started = get(jobManager.update(claimed("first"), "first", it -> called(it)));

        Uni.join().all(List.of(Style.values()).stream()
                .map(style -> jobManager.update(started, "first", it -> it.complete(style, "http://a/" + style, LATER)))
                .toList()).andFailFast().await().atMost(Duration.ofSeconds(5));

        Job ended = get(jobManager.find(started.id())).orElseThrow();
        assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(ended.completed()).isEqualTo(3);
    }

    @Test
    void letsALateWorkerChangeNothing() {
        Job job = claimed("late", NO_LEASE);
        await().until(() -> get(jobManager.claim(job.id(), "second", LEASE)).outcome() == Claim.Outcome.WON);

        assertThatThrownBy(() -> get(jobManager.update(job, "late", it -> called(it))))
                .isInstanceOf(LeaseLostException.class);

        assertThat(get(jobManager.find(job.id()))).contains(job);
    }

    @Test
    void doesNotBringAJobBackThatIsGone() {
        Job job = claimed("first");
        redis.key().del("job:" + job.id());

        assertThatThrownBy(() -> get(jobManager.update(job, "first", it -> called(it))))
                .isInstanceOf(LeaseLostException.class);

        assertThat(redis.key().exists("job:" + job.id())).isFalse();
    }

    @Test
    void refusesAnIllegalMoveBeforeItReachesRedis() {
        Job job = claimed("first");

        assertThatThrownBy(() -> jobManager.update(job, "first", it -> it.complete(Style.SIMPLE, "http://a", LATER)))
                .isInstanceOf(IllegalMoveException.class);
    }

    @Test
    void restartsTheHourAtEveryChange() {
        Job job = claimed("first");
        redis.key().expire("job:" + job.id(), 100);

        get(jobManager.update(job, "first", it -> called(it)));

        assertThat(redis.key().ttl("job:" + job.id())).isBetween(3_590L, 3_600L);
    }

    @Test
    void endsTheLeaseWithTheJob() {
        Job job = get(jobManager.update(claimed("first"), "first", it -> called(it)));
        for (Style style : Style.values()) {
            job = get(jobManager.update(job, "first", it -> it.fail(style, StyleError.IMAGE_INVALID, LATER)));
        }

        assertThat(redis.hash(String.class).hgetall("job:" + job.id()))
                .containsEntry("status", "FAILED").doesNotContainKeys("owner", "leaseUntil");
    }

    @Test
    void countsTheWorkersThatLetTheirLeaseLapse() {
        Job job = get(jobManager.update(claimed("first", NO_LEASE), "first", JobManagerTest::called));
        await().until(() -> get(jobManager.claim(job.id(), "second", NO_LEASE)).stalled() == 1);
        await().until(() -> get(jobManager.claim(job.id(), "third", LEASE)).stalled() == 2);

        get(jobManager.release(job.id(), "third"));

        assertThat(get(jobManager.claim(job.id(), "fourth", LEASE)).stalled()).as("a hand-back is no lapse")
                .isEqualTo(2);
    }

    @Test
    void doesNotBlameAJobThatMerelyWaited() {
        Job job = claimed("first", NO_LEASE);

        await().until(() -> get(jobManager.claim(job.id(), "second", LEASE)).outcome() == Claim.Outcome.WON);
        assertThat(get(jobManager.claim(job.id(), "second", LEASE)).stalled()).isZero();
    }

    @Test
    void leasesNoJobThatHasEnded() {
        Job ended = abandoned(claimed("first"), "first");

        assertThat(get(jobManager.claim(ended.id(), "second", LEASE)).job()).isEqualTo(ended);
        assertThat(redis.hash(String.class).hgetall("job:" + ended.id())).doesNotContainKeys("owner", "leaseUntil");
    }

    @Test
    void showsTheEndOfAJobToAWorkerThatComesTooLate() {
        Job job = claimed("first");
        Job ended = abandoned(job, "first");

        assertThat(get(jobManager.update(job, "late", JobManagerTest::called))).isEqualTo(ended);
    }

    @Test
    void takesAPictureThatIsHandedInByAWorkerWithoutTheLease() {
        Job job = get(jobManager.update(claimed("second"), "second", JobManagerTest::called));

        Job with = get(jobManager.handIn(job, it -> it.complete(Style.FANCY, "http://a/fancy.png", LATER)));

        assertThat(get(jobManager.find(job.id()))).contains(with);
        assertThat(with.completed()).isEqualTo(1);
        assertThat(redis.hash(String.class).hget("job:" + job.id(), "owner")).isEqualTo("second");
    }

    @Test
    void bringsNoJobBackForAPictureThatIsHandedIn() {
        Job job = get(jobManager.update(claimed("first"), "first", JobManagerTest::called));
        redis.key().del("job:" + job.id());

        assertThatThrownBy(() -> get(jobManager.handIn(job, it -> it.complete(Style.FANCY, "http://a", LATER))))
                .isInstanceOf(LeaseLostException.class);
        assertThat(redis.key().exists("job:" + job.id())).isFalse();
    }

    private Job abandoned(Job job, String owner) {
        return get(jobManager.update(job, owner, it -> it.abandon(StyleError.JOB_STALLED, LATER)));
    }

    private static Job called(Job job) {
        Job next = job;
        for (Style style : Style.values()) {
            next = next.call(style, LATER);
        }
        return next;
    }

    private Job accept() {
        return get(jobManager.createJob("rainy-day", RECOMMENDATION, EnumSet.allOf(Style.class)));
    }

    private Job claimed(String owner) {
        return claimed(owner, LEASE);
    }

    private Job claimed(String owner, Duration lease) {
        return get(jobManager.claim(accept().id(), owner, lease)).job();
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(5));
    }
}
