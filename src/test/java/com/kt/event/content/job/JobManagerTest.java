package com.kt.event.content.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                .toList()).andFailFast().await().atMost(PatientAwaitility.LIMIT);

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
    void takesAImageThatIsHandedInByAWorkerWithoutTheLease() {
        Job job = get(jobManager.update(claimed("second"), "second", JobManagerTest::called));

        Job with = get(jobManager.handIn(job, it -> it.complete(Style.FANCY, "http://a/fancy.png", LATER)));

        assertThat(get(jobManager.find(job.id()))).contains(with);
        assertThat(with.completed()).isEqualTo(1);
        assertThat(redis.hash(String.class).hget("job:" + job.id(), "owner")).isEqualTo("second");
    }

    @Test
    void bringsNoJobBackForAImageThatIsHandedIn() {
        Job job = get(jobManager.update(claimed("first"), "first", JobManagerTest::called));
        redis.key().del("job:" + job.id());

        assertThatThrownBy(() -> get(jobManager.handIn(job, it -> it.complete(Style.FANCY, "http://a", LATER))))
                .isInstanceOf(LeaseLostException.class);
        assertThat(redis.key().exists("job:" + job.id())).isFalse();
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
        get(jobManager.claim(first.id(), "worker", LEASE));
        JobRequest fancy = JobRequest.forced("a", RECOMMENDATION, EnumSet.of(Style.FANCY));
        assertThat(get(jobManager.createJob(fancy)).id()).isEqualTo(first.id());

        get(jobManager.update(first, "worker", job -> called(job).complete(Style.FANCY, "http://a", LATER)));
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
        Job job = get(jobManager.update(claimed("worker"), "worker", JobManagerTest::called));

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
        assertThat(get(jobManager.isCancelled(job.id()))).isTrue();
        assertThat(redis.hash(String.class).hexists("job:" + job.id(), "owner")).isFalse();
        assertThat(get(jobManager.update(job, "worker", JobManagerTest::called))).as("what the worker finds")
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
                jobManager.update(claimed("first"), "first",
                        it -> called(it).failUnfinished(StyleError.JOB_DEADLINE, LATER)));

        assertThatThrownBy(() -> get(jobManager.cancel(job.id()))).isInstanceOf(IllegalMoveException.class);
        assertThat(get(jobManager.cancel(UUID.randomUUID().toString()))).isEmpty();
    }

    private Job abandoned(Job job, String owner) {
        return get(jobManager.update(job, owner, it -> it.failUnfinished(StyleError.JOB_STALLED, LATER)));
    }

    private static Job called(Job job) {
        Job next = job;
        for (Style style : Style.values()) {
            next = next.openCall(style, LATER);
        }
        return next;
    }

    /** H14: a number that others wrote in another way, and what is none, must not be written again without end. */
    @ParameterizedTest
    @ValueSource(strings = {"0500", "+5", " 5", "-5", "1e3", "x", "", "٥", "9223372036854775807"})
    void writesAMoveWhateverTheVersionLooksLike(String version) {
        Job job = claimed("first");
        redis.hash(String.class).hset("job:" + job.id(), "version", version);
        Job known = get(jobManager.find(job.id())).orElseThrow();

        Job written = get(jobManager.update(known, "first", it -> it.openCall(Style.FANCY, LATER)));

        assertThat(get(jobManager.find(job.id()))).contains(written);
        assertThat(written.styles().get(Style.FANCY).status()).isEqualTo(JobStatus.PROCESSING);
    }

    @Test
    void writesAMoveThoughThereIsNoVersionButNotWhereThereIsNoJob() {
        Job job = claimed("first");
        redis.hash(String.class).hdel("job:" + job.id(), "version");

        Job written = get(jobManager.update(job, "first", it -> it.openCall(Style.FANCY, LATER)));

        assertThat(get(jobManager.find(job.id()))).contains(written);
        redis.key().del("job:" + job.id());
        assertThatThrownBy(() -> get(jobManager.handIn(job, it -> it.openCall(Style.SIMPLE, LATER))))
                .isInstanceOf(LeaseLostException.class);
        assertThat(redis.key().exists("job:" + job.id())).isFalse();
    }

    /** Bytes that are no text are read as other ones, which never stand there. */
    @Test
    void writesAMoveThoughItsVersionIsNoText() {
        Job job = claimed("first");
        redis.execute("EVAL", "return redis.call('HSET', KEYS[1], 'version', '\\255\\254')", "1", "job:" + job.id());

        Job written = get(jobManager.update(job, "first", it -> it.openCall(Style.FANCY, LATER)));

        assertThat(get(jobManager.find(job.id()))).contains(written);
    }

    /** Another changes the job in the very moment in which each change is made: nobody tries that for ever. */
    @Test
    void givesUpAChangeThatOthersAlwaysForestall() {
        Job job = claimed("first");
        AtomicInteger tries = new AtomicInteger();

        assertThatThrownBy(() -> get(jobManager.update(job, "first", it -> {
            bypassing("HSET job:" + job.id() + " version of-another-" + tries.incrementAndGet());
            return it.openCall(Style.FANCY, LATER);
        }))).isInstanceOf(IllegalStateException.class).hasMessageContaining(job.id());

        assertThat(tries).hasValue(10);
    }

    /** On a connection of its own: the service's is what waits here. */
    private static void bypassing(String command) {
        URI redis = URI.create(ConfigProvider.getConfig().getValue("quarkus.redis.hosts", String.class));
        try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).as("the answer is a number").isEqualTo(':');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"leaseUntil, never", "leaseUntil, ''", "stalled, x", "callsOut, x"})
    void leasesAJobAnewThoughItsLeaseCannotBeRead(String field, String value) {
        Job job = accept();
        get(jobManager.claim(job.id(), "crashed", NO_LEASE));
        redis.hash(String.class).hset("job:" + job.id(), Map.of("callsOut", "1", "leaseUntil", "1"));
        redis.hash(String.class).hset("job:" + job.id(), field, value);

        assertThat(get(jobManager.claim(job.id(), "second", LEASE)).outcome()).isEqualTo(Claim.Outcome.WON);
        assertThat(get(jobManager.renew(job.id(), "second", LEASE))).isTrue();
    }

    @Test
    void keepsTheOwnerThoughRedisIsOutOfMemoryAndFailsWhereItTakesNoWritesAtAll() {
        Job job = claimed("first");
        redis.execute("CONFIG", "SET", "maxmemory", "1");
        try {
            assertThat(get(jobManager.renew(job.id(), "first", LEASE))).isTrue();
            assertThat(get(jobManager.renew(job.id(), "second", LEASE))).isFalse();
        } finally {
            redis.execute("CONFIG", "SET", "maxmemory", "0");
        }
        redis.execute("CONFIG", "SET", "min-replicas-to-write", "1");
        try {
            assertThatThrownBy(() -> get(jobManager.renew(job.id(), "first", LEASE)))
                    .hasMessageContaining("NOREPLICAS");
        } finally {
            redis.execute("CONFIG", "SET", "min-replicas-to-write", "0");
        }
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
        return get(jobManager.claim(accept().id(), owner, lease)).job();
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
