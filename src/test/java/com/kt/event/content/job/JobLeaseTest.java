package com.kt.event.content.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The leases of jobs. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class JobLeaseTest extends StoredJobSuite {
    private static final Duration NO_LEASE = Duration.ofMillis(1);

    @Test
    void leasesAJobToOneWorkerOnly() {
        Job job = accept();

        assertThat(get(store.claim(job.id(), "first", LEASE)).outcome()).isEqualTo(Claim.Outcome.WON);
        assertThat(get(store.claim(job.id(), "second", LEASE)).outcome()).isEqualTo(Claim.Outcome.HELD);
        assertThat(get(store.claim("unknown", "first", LEASE)).outcome()).isEqualTo(Claim.Outcome.GONE);
    }

    @Test
    void leasesAJobAgainOnceItsLeaseHasLapsed() {
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
    void letsALateWorkerChangeNothing() {
        Job job = claimed("late", NO_LEASE);
        await().until(() -> get(store.claim(job.id(), "second", LEASE)).outcome() == Claim.Outcome.WON);

        assertThatThrownBy(() -> get(store.update(job, "late", it -> called(it))))
                .isInstanceOf(LeaseLostException.class);

        assertThat(get(jobManager.find(job.id()))).contains(job);
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
        Job job = get(store.update(claimed("first", NO_LEASE), "first", StoredJobSuite::called));
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

        assertThat(get(store.update(job, "late", StoredJobSuite::called))).isEqualTo(ended);
    }

    private Job abandoned(Job job, String owner) {
        return get(store.update(job, owner, it -> it.failUnfinished(StyleError.JOB_STALLED, LATER)));
    }

    @ParameterizedTest
    @CsvSource({"leaseUntil, never", "leaseUntil, ''", "stalled, x", "callsOut, x"})
    void leasesAJobAgainThoughItsLeaseCannotBeRead(String field, String value) {
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
}
