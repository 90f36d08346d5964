package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.generator.OutcomeAwaitedException;
import com.kt.event.content.job.CallRecord;
import com.kt.event.content.job.Claim;
import com.kt.event.content.job.Job;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** A worker froze after its call had gone out. When it goes on, and is told the call's id, another one has its job. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class LateIdTest extends WorkerSuite {
    private Job job;
    private JobCallLedger frozen;
    private JobCallLedger next;

    @BeforeEach
    void takeTheJobOver() {
        job = accept();
        frozen = ledger("frozen", Duration.ofMillis(1));
        get(frozen.recordCall("main"));
        next = ledger("next", LONG);
        assertThat(next.isOpen()).isTrue();
        assertThat(next.openId()).isNull();
    }

    @Test
    void isAskedByInsteadOfAnotherCall() {
        get(frozen.recordId("p-1"));

        assertThatExceptionOfType(OutcomeAwaitedException.class).isThrownBy(() -> get(next.recordCall("main")));
        assertThat(next.openId()).isEqualTo("p-1");
        assertThat(calls().attempts()).isEqualTo(1);
        assertThat(calls().unknown()).isZero();
    }

    @Test
    void isNotThatOfTheNextCall() {
        get(next.recordCall("main"));

        get(frozen.recordId("p-1"));

        assertThat(calls().id()).isNull();
        get(next.recordId("p-2"));
        assertThat(calls().id()).isEqualTo("p-2");
        assertThat(calls().unknown()).isEqualTo(1);
    }

    /** The image is paid for, and the draft may still get it. */
    @Test
    void doesNotEndTheCallIfTheRecordIsGone() {
        redis.key().del("job:" + job.id());

        get(frozen.recordId("p-1"));

        assertThat(redis.key().exists("job:" + job.id())).isFalse();
    }

    private JobCallLedger ledger(String owner, Duration lease) {
        AtomicReference<Job> claimed = new AtomicReference<>();
        await().until(() -> {
            Claim claim = get(jobStore.claim(job.id(), owner, lease));
            claimed.set(claim.job());
            return claim.outcome() == Claim.Outcome.WON;
        });
        JobRun run = new JobRun(claimed.get(), owner, jobStore, redisTimeout, jobConfig, clock, Runnable::run);
        return new JobCallLedger(run, Style.FANCY, () -> true, new ImageMetrics(meters));
    }

    private CallRecord calls() {
        return find(job).styles().get(Style.FANCY).calls();
    }
}
