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
import java.util.concurrent.atomic.AtomicInteger;

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

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;

@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class JobStoreTest {
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
    private static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null,
            Map.of("기간", "6월"));
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
    void leasesAJobToOneWorkerOnly() {
        Job job = accept();

        assertThat(get(store.claim(job.id(), "first", LEASE)).outcome()).isEqualTo(Claim.Outcome.WON);
        assertThat(get(store.claim(job.id(), "second", LEASE)).outcome()).isEqualTo(Claim.Outcome.HELD);
        assertThat(get(store.claim("unknown", "first", LEASE)).outcome()).isEqualTo(Claim.Outcome.GONE);
    }

    @Test
    void leasesAJobAnewOnceItsLeaseHasLapsed() {
        Job job = accept();
        get(store.claim(job.id(), "crashed", NO_LEASE));

        await().until(() -> get(store.claim(job.id(), "second", LEASE)).outcome() == Claim.Outcome.WON);
    }

    @Test
    void handsTheJobOutAsItIs() {
        Job job = accept();

        assertThat(get(store.claim(job.id(), "first", LEASE)).job()).isEqualTo(job);
    }

    @Test
    void renewsALeaseThatIsStillHeldAndNoOther() {
        Job job = accept();
        get(store.claim(job.id(), "first", NO_LEASE));

        assertThat(get(store.renew(job.id(), "first", LEASE))).isTrue();
        assertThat(get(store.renew(job.id(), "second", LEASE))).isFalse();
        assertThat(get(store.renew("unknown", "first", LEASE))).isFalse();
        assertThat(get(store.claim(job.id(), "second", LEASE)).outcome()).isEqualTo(Claim.Outcome.HELD);
    }

    @Test
    void givesALeaseUpAtOnceButOnlyItsOwn() {
        Job job = claimed("first");

        assertThat(get(store.release(job.id(), "second"))).isFalse();
        assertThat(get(store.release(job.id(), "first"))).isTrue();
        assertThat(get(store.release(job.id(), "first"))).isFalse();
        assertThat(get(store.claim(job.id(), "second", LEASE)).outcome()).isEqualTo(Claim.Outcome.WON);
    }

    @Test
    void writesAMoveAndCountsIt() {
        Job job = claimed("first");

        Job started = get(store.update(job, "first", it -> called(it)));

        assertThat(started.version()).isEqualTo(4);
        assertThat(get(jobManager.find(job.id()))).contains(started);
        assertThat(redis.hash(String.class).hget("job:" + job.id(), "status")).isEqualTo("PROCESSING");
    }

    @Test
    void makesAMoveAgainOnWhatTheJobHasBecome() {
        Job job = claimed("first");
        Job started = get(store.update(job, "first", it -> called(it)));
        get(store.update(started, "first", it -> it.complete(Style.SIMPLE, "http://a/simple.png", LATER)));

        Job both = get(
                store.update(started, "first", it -> it.complete(Style.FANCY, "http://a/fancy.png", LATER)));

        assertThat(both.completed()).isEqualTo(2);
        assertThat(both.version()).isEqualTo(6);
    }

    @Test
    void losesNoMoveOfThoseMadeAtOnce() {
        Job started = get(store.update(claimed("first"), "first", it -> called(it)));

        Uni.join().all(List.of(Style.values()).stream()
                .map(style -> store.update(started, "first", it -> it.complete(style, "http://a/" + style, LATER)))
                .toList()).andFailFast().await().atMost(PatientAwaitility.LIMIT);

        Job ended = get(jobManager.find(started.id())).orElseThrow();
        assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(ended.completed()).isEqualTo(3);
    }

    @Test
    void letsALateWorkerChangeNothing() {
        Job job = claimed("late", NO_LEASE);
        await().until(() -> get(store.claim(job.id(), "second", LEASE)).outcome() == Claim.Outcome.WON);

        assertThatThrownBy(() -> get(store.update(job, "late", it -> called(it))))
                .isInstanceOf(LeaseLostException.class);

        assertThat(get(jobManager.find(job.id()))).contains(job);
    }

    @Test
    void doesNotBringAJobBackThatIsGone() {
        Job job = claimed("first");
        redis.key().del("job:" + job.id());

        assertThatThrownBy(() -> get(store.update(job, "first", it -> called(it))))
                .isInstanceOf(LeaseLostException.class);

        assertThat(redis.key().exists("job:" + job.id())).isFalse();
    }

    @Test
    void refusesAnIllegalMoveBeforeItReachesRedis() {
        Job job = claimed("first");

        assertThatThrownBy(() -> store.update(job, "first", it -> it.complete(Style.SIMPLE, "http://a", LATER)))
                .isInstanceOf(IllegalMoveException.class);
    }

    @Test
    void restartsTheHourAtEveryChange() {
        Job job = claimed("first");
        redis.key().expire("job:" + job.id(), 100);

        get(store.update(job, "first", it -> called(it)));

        assertThat(redis.key().ttl("job:" + job.id())).isBetween(3_590L, 3_600L);
    }

    @Test
    void endsTheLeaseWithTheJob() {
        Job job = get(store.update(claimed("first"), "first", it -> called(it)));
        for (Style style : Style.values()) {
            job = get(store.update(job, "first", it -> it.fail(style, StyleError.IMAGE_INVALID, LATER)));
        }

        assertThat(redis.hash(String.class).hgetall("job:" + job.id()))
                .containsEntry("status", "FAILED").doesNotContainKeys("owner", "leaseUntil");
    }

    @Test
    void countsTheWorkersThatLetTheirLeaseLapse() {
        Job job = get(store.update(claimed("first", NO_LEASE), "first", JobStoreTest::called));
        await().until(() -> get(store.claim(job.id(), "second", NO_LEASE)).stalled() == 1);
        await().until(() -> get(store.claim(job.id(), "third", LEASE)).stalled() == 2);

        get(store.release(job.id(), "third"));

        assertThat(get(store.claim(job.id(), "fourth", LEASE)).stalled()).as("a hand-back is no lapse")
                .isEqualTo(2);
    }

    @Test
    void doesNotBlameAJobThatMerelyWaited() {
        Job job = claimed("first", NO_LEASE);

        await().until(() -> get(store.claim(job.id(), "second", LEASE)).outcome() == Claim.Outcome.WON);
        assertThat(get(store.claim(job.id(), "second", LEASE)).stalled()).isZero();
    }

    @Test
    void leasesNoJobThatHasEnded() {
        Job ended = abandoned(claimed("first"), "first");

        assertThat(get(store.claim(ended.id(), "second", LEASE)).job()).isEqualTo(ended);
        assertThat(redis.hash(String.class).hgetall("job:" + ended.id())).doesNotContainKeys("owner", "leaseUntil");
    }

    @Test
    void showsTheEndOfAJobToAWorkerThatComesTooLate() {
        Job job = claimed("first");
        Job ended = abandoned(job, "first");

        assertThat(get(store.update(job, "late", JobStoreTest::called))).isEqualTo(ended);
    }

    @Test
    void takesAImageThatIsHandedInByAWorkerWithoutTheLease() {
        Job job = get(store.update(claimed("second"), "second", JobStoreTest::called));

        Job with = get(store.updateWithoutLease(job, it -> it.complete(Style.FANCY, "http://a/fancy.png", LATER)));

        assertThat(get(jobManager.find(job.id()))).contains(with);
        assertThat(with.completed()).isEqualTo(1);
        assertThat(redis.hash(String.class).hget("job:" + job.id(), "owner")).isEqualTo("second");
    }

    @Test
    void bringsNoJobBackForAImageThatIsHandedIn() {
        Job job = get(store.update(claimed("first"), "first", JobStoreTest::called));
        redis.key().del("job:" + job.id());

        assertThatThrownBy(() -> get(store.updateWithoutLease(job, it -> it.complete(Style.FANCY, "http://a", LATER))))
                .isInstanceOf(LeaseLostException.class);
        assertThat(redis.key().exists("job:" + job.id())).isFalse();
    }

    private Job abandoned(Job job, String owner) {
        return get(store.update(job, owner, it -> it.failUnfinished(StyleError.JOB_STALLED, LATER)));
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

        Job written = get(store.update(known, "first", it -> it.openCall(Style.FANCY, LATER)));

        assertThat(get(jobManager.find(job.id()))).contains(written);
        assertThat(written.styles().get(Style.FANCY).status()).isEqualTo(JobStatus.PROCESSING);
    }

    @Test
    void writesAMoveThoughThereIsNoVersionButNotWhereThereIsNoJob() {
        Job job = claimed("first");
        redis.hash(String.class).hdel("job:" + job.id(), "version");

        Job written = get(store.update(job, "first", it -> it.openCall(Style.FANCY, LATER)));

        assertThat(get(jobManager.find(job.id()))).contains(written);
        redis.key().del("job:" + job.id());
        assertThatThrownBy(() -> get(store.updateWithoutLease(job, it -> it.openCall(Style.SIMPLE, LATER))))
                .isInstanceOf(LeaseLostException.class);
        assertThat(redis.key().exists("job:" + job.id())).isFalse();
    }

    /** Bytes that are no text are read as other ones, which never stand there. */
    @Test
    void writesAMoveThoughItsVersionIsNoText() {
        Job job = claimed("first");
        redis.execute("EVAL", "return redis.call('HSET', KEYS[1], 'version', '\\255\\254')", "1", "job:" + job.id());

        Job written = get(store.update(job, "first", it -> it.openCall(Style.FANCY, LATER)));

        assertThat(get(jobManager.find(job.id()))).contains(written);
    }

    /** Another changes the job in the very moment in which each change is made: nobody tries that for ever. */
    @Test
    void givesUpAChangeThatOthersAlwaysForestall() {
        Job job = claimed("first");
        AtomicInteger tries = new AtomicInteger();

        assertThatThrownBy(() -> get(store.update(job, "first", it -> {
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
        get(store.claim(job.id(), "crashed", NO_LEASE));
        redis.hash(String.class).hset("job:" + job.id(), Map.of("callsOut", "1", "leaseUntil", "1"));
        redis.hash(String.class).hset("job:" + job.id(), field, value);

        assertThat(get(store.claim(job.id(), "second", LEASE)).outcome()).isEqualTo(Claim.Outcome.WON);
        assertThat(get(store.renew(job.id(), "second", LEASE))).isTrue();
    }

    @Test
    void keepsTheOwnerThoughRedisIsOutOfMemoryAndFailsWhereItTakesNoWritesAtAll() {
        Job job = claimed("first");
        redis.execute("CONFIG", "SET", "maxmemory", "1");
        try {
            assertThat(get(store.renew(job.id(), "first", LEASE))).isTrue();
            assertThat(get(store.renew(job.id(), "second", LEASE))).isFalse();
        } finally {
            redis.execute("CONFIG", "SET", "maxmemory", "0");
        }
        redis.execute("CONFIG", "SET", "min-replicas-to-write", "1");
        try {
            assertThatThrownBy(() -> get(store.renew(job.id(), "first", LEASE)))
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
        return get(store.claim(accept().id(), owner, lease)).job();
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
