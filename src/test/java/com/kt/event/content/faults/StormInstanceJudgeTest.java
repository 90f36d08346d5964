package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import com.kt.event.content.faults.StormJudge.Finding;
import com.kt.event.content.faults.StormRecord.Idle;
import com.kt.event.content.faults.StormRecord.InFlight;
import com.kt.event.content.faults.StormRecord.LogLine;
import com.kt.event.content.faults.StormRecord.RedisKey;
import com.kt.event.content.faults.StormRecord.TakeOver;

/** Breaks each promise about instances, keys and logs once: the judge must find it. */
class StormInstanceJudgeTest extends StormJudgeSuite {
    @Test
    void seesAnInstanceWithTooManyJobsInFlight() {
        record.inFlight.add(new InFlight("A", NOON, 5));

        oneOf(instances.nobodyHasMoreThanItMay());
    }

    @Test
    void seesWorkThatIsNeverTakenOverOrTooLate() {
        record.takeOvers.add(new TakeOver("j1", null));
        record.takeOvers.add(new TakeOver("j2", Duration.ofSeconds(46)));

        assertThat(instances.killedWorkGoesOn()).hasSize(2);
    }

    @Test
    void seesAKeyThatNeverExpires() {
        record.keys.add(new RedisKey("job:j", -1));

        oneOf(instances.everyKeyExpires());
    }

    @Test
    void seesAnInstanceThatSpins() {
        record.idle.add(new Idle(9_000, 0.1));
        record.idle.add(new Idle(10, 1.9));

        assertThat(instances.nobodySpins()).hasSize(2);
    }

    @Test
    void seesAnInstanceThatDiesByItselfAndFindingsOfTheChecker() {
        record.deaths.add("A");
        record.anomalies.add("a job that nobody will ever end");

        oneOf(instances.nobodyDiesByItself());
        oneOf(instances.theCheckerIsContent());
    }

    @Test
    void seesEachKindOfErrorAndOfStackTraceOnce() {
        for (int i = 0; i < 3; i++) {
            log("2026-11-26 12:00:0%d,000 ERROR [i.v.c] (thread-%d) Unhandled exception in request %d".formatted(i, i,
                    i));
            log("2026-11-26 12:00:0%d,000 WARN  [c.k.e] (thread-%d) job %d: it failed".formatted(i, i, i));
            log("java.io.IOException: Connection reset");
            log("\tat java.base/sun.nio.ch.SocketDispatcher.read0(Native Method)");
            log("\tat io.netty.buffer.PooledByteBuf.setBytes(PooledByteBuf.java:255)");
        }

        assertThat(instances.logsAreCalm()).extracting(Finding::promise).containsExactlyInAnyOrder(
                "no ERROR for what is expected", "no stack trace for what is expected");
    }

    @Test
    void acceptsAnErrorThatNeedsAnOperator() {
        log("2026-11-26 12:00:00,000 ERROR [com.kt.event.content.worker.EntryProcessor] (main) job 1: 3 workers crashed or "
                + "stalled while running it, ending it as JOB_STALLED");

        assertThat(instances.logsAreCalm()).isEmpty();
    }

    @Test
    void acceptsTheBlockedThreadOfAFrozenProcess() {
        log("2026-11-26 12:00:00,000 WARN  [io.vertx.core.impl.BlockedThreadChecker] (vertx-blocked-thread-checker) Thread "
                + "blocked for 4023 ms: io.vertx.core.VertxException: Thread blocked");
        log("\tat java.base/sun.nio.ch.EPoll.wait(Native Method)");
        log("\tat io.smallrye.mutiny.operators.AbstractMulti.<init>(AbstractMulti.java:45)");
        log("\tat java.base/java.lang.invoke.LambdaForm$DMH/0x00007f.newInvokeSpecial(LambdaForm$DMH)");
        log("\tat java.base/sun.nio.ch.EPollSelectorImpl.doSelect(EPollSelectorImpl.java:118)");

        assertThat(instances.logsAreCalm()).isEmpty();
    }

    private void log(String line) {
        record.logs.add(new LogLine("A", line));
    }
}
