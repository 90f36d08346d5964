package com.kt.event.content.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.UnreadableValueException;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.XTrimArgs;
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
    private static final Recommendation OTHER = new Recommendation("눈 오는 날엔 호떡", null, null, null, null);
    private static final Set<Style> EVERY_STYLE = EnumSet.allOf(Style.class);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration NO_LEASE = Duration.ofMillis(1);

    @Inject
    JobManager jobManager;

    @Inject
    JobStore store;

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

    // --- the same wish twice

    @Test
    void answersTheLiveJobToTheSameWish() {
        Job first = accept("a");

        assertThat(accept("a").id()).isEqualTo(first.id());
        assertThat(redis.stream(String.class).xlen("content:jobs")).isEqualTo(1);
        assertThat(accept("b").id()).as("another draft").isNotEqualTo(first.id());
    }

    @Test
    void startsAnotherJobWhenTheRecommendationHasChanged() {
        Job first = accept("a");
        Job other = get(jobManager.createJob(JobRequest.of("a", OTHER, EVERY_STYLE, Map.of())));

        assertThat(other.id()).isNotEqualTo(first.id());
        assertThat(accept("a").id()).as("and changed back").isEqualTo(first.id());
        assertThat(redis.stream(String.class).xlen("content:jobs")).isEqualTo(2);
    }

    @Test
    void startsAnotherJobWhenTheFirstHasEnded() {
        Job first = accept("a");
        get(jobManager.cancel(first.id()));

        assertThat(accept("a").id()).isNotEqualTo(first.id());
    }

    @Test
    void answersTheLiveJobToTheWishForANewImageOnlyWhileThatIsStillToCome() {
        Job first = accept("a");
        get(store.claim(first.id(), "worker", LEASE));
        JobRequest fancy = JobRequest.forced("a", RECOMMENDATION, EnumSet.of(Style.FANCY));
        assertThat(get(jobManager.createJob(fancy)).id()).isEqualTo(first.id());

        get(store.update(first, "worker", job -> called(job).complete(Style.FANCY, "http://a", LATER)));
        Job second = get(jobManager.createJob(fancy));

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.styles()).containsOnlyKeys(Style.FANCY);
        assertThat(get(jobManager.createJob(fancy)).id()).as("asked for twice").isEqualTo(second.id());
        assertThat(accept("a").id()).as("the one for all styles is still known").isEqualTo(first.id());
    }

    @Test
    void startsOneJobForManyWishesAtOnce() {
        List<Uni<Job>> wishes = Stream.generate(() -> jobManager.createJob(wanted("a"))).limit(50).toList();

        assertThat(get(Uni.join().all(wishes).andFailFast())).extracting(Job::id).containsOnly(accept("a").id());
        assertThat(redis.stream(String.class).xlen("content:jobs")).isEqualTo(1);
    }

    @Test
    void joinsNoJobThatWasNeverAccepted() {
        Job gone = accept("a");
        redis.key().del("job:" + gone.id());

        assertThat(accept("a").id()).isNotEqualTo(gone.id());
    }

    @Test
    void joinsAJobOnlyWhenItIsAccepted() {
        Job first = accept("a");
        redis.key().pexpire("job:" + first.id(), 10_000);
        CompletableFuture<Job> second = jobManager.createJob(wanted("a")).subscribeAsCompletionStage();
        await().during(Duration.ofMillis(100)).until(() -> !second.isDone());

        redis.key().pexpire("job:" + first.id(), 3_600_000);

        assertThat(second).succeedsWithin(PatientAwaitility.LIMIT).extracting(Job::id).isEqualTo(first.id());
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
        Job job = get(store.update(claimed("worker"), "worker", JobManagerTest::called));

        get(jobManager.createJob(wanted("another"), JobId.reuse(job.id())));

        assertThat(get(jobManager.find(job.id()))).contains(job);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON", "null", "[null]", "[]", "{}", "5", "[1, {}, {\"jobId\": null}, []]", "\"\""})
    void isNotHinderedByLiveJobsThatItCannotRead(String value) {
        redis.value(String.class).set("content:draft:a:job", value);

        assertThat(accept("a").id()).isEqualTo(accept("a").id());
    }

    @Test
    void isNotHinderedByLiveJobsOfAnotherType() {
        redis.list(String.class).rpush("content:draft:a:job", "x");
        Map<Style, String> links = Map.of(Style.SIMPLE, "http://s", Style.FANCY, "http://f", Style.TRENDY, "http://t");
        get(jobManager.createJob(JobRequest.of("a", RECOMMENDATION, EVERY_STYLE, links)));

        assertThat(accept("a").id()).isEqualTo(accept("a").id());
    }

    @Test
    void losesOnlyTheLiveJobThatCannotBeRead() {
        Job first = accept("a");
        String value = redis.value(String.class).get("content:draft:a:job");
        redis.value(String.class).set("content:draft:a:job", value.replaceFirst("\\[", "[null, 5, "));

        assertThat(accept("a").id()).isEqualTo(first.id());
    }

    @Test
    void joinsNoJobWhoseRecordCannotBeRead() {
        Job first = accept("a");
        redis.key().del("job:" + first.id());
        redis.list(String.class).rpush("job:" + first.id(), "x");
        assertThat(accept("a").id()).isNotEqualTo(first.id());

        redis.key().del("job:" + first.id());
        redis.hash(String.class).hset("job:" + first.id(), "x", "y");
        assertThat(accept("a").id()).isNotEqualTo(first.id());
        assertThatThrownBy(() -> get(jobManager.find(first.id()))).isInstanceOf(UnreadableValueException.class);
    }

    @Test
    void remembersTheLiveJobUntilItsDeadline() {
        accept("a");

        assertThat(redis.key().ttl("content:draft:a:job")).isBetween(2_990L, 3_000L);
    }

    @Test
    void queuesNothingWhereAllImagesExist() {
        Map<Style, String> links = Map.of(Style.SIMPLE, "http://s", Style.FANCY, "http://f", Style.TRENDY, "http://t");

        Job job = get(jobManager.createJob(JobRequest.of("a", RECOMMENDATION, EVERY_STYLE, links)));

        assertThat(get(jobManager.find(job.id()))).contains(job);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(redis.stream(String.class).xlen("content:jobs")).isZero();
        assertThat(redis.key().ttl("job:" + job.id())).isBetween(3_590L, 3_600L);
    }

    // --- cancelling

    @Test
    void cancelsAJobWhoeverHoldsItsLease() {
        Job job = claimed("worker");

        Job cancelled = get(jobManager.cancel(job.id())).orElseThrow();

        assertThat(cancelled.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(get(store.isCancelled(job.id()))).isTrue();
        assertThat(redis.hash(String.class).hexists("job:" + job.id(), "owner")).isFalse();
        assertThat(get(store.update(job, "worker", JobManagerTest::called))).as("what the worker finds")
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

    private static Job called(Job job) {
        Job next = job;
        for (Style style : Style.values()) {
            next = next.openCall(style, LATER);
        }
        return next;
    }

    private Job accept() {
        return accept("rainy-day");
    }

    private Job accept(String draft) {
        return get(jobManager.createJob(wanted(draft)));
    }

    private static JobRequest wanted(String draft) {
        return JobRequest.of(draft, RECOMMENDATION, EVERY_STYLE, Map.of());
    }

    private Job claimed(String owner) {
        return claimed(owner, LEASE);
    }

    private Job claimed(String owner, Duration lease) {
        return get(store.claim(accept().id(), owner, lease)).job();
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
