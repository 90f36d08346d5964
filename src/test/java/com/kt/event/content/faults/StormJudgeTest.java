package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.kt.event.content.faults.StormJudge.Finding;
import com.kt.event.content.faults.StormJudge.Limits;
import com.kt.event.content.faults.StormPlan.Fault;
import com.kt.event.content.faults.StormRecord.Call;
import com.kt.event.content.faults.StormRecord.Deletion;
import com.kt.event.content.faults.StormRecord.Idle;
import com.kt.event.content.faults.StormRecord.InFlight;
import com.kt.event.content.faults.StormRecord.JobEnd;
import com.kt.event.content.faults.StormRecord.Link;
import com.kt.event.content.faults.StormRecord.LogLine;
import com.kt.event.content.faults.StormRecord.Opened;
import com.kt.event.content.faults.StormRecord.RedisKey;
import com.kt.event.content.faults.StormRecord.Sight;
import com.kt.event.content.faults.StormRecord.StyleEnd;
import com.kt.event.content.faults.StormRecord.TakeOver;
import com.kt.event.content.faults.StormRecord.Tap;
import com.kt.event.content.faults.StormRecord.Trouble;

/** Each promise broken once, in a story that is made up: a judge who finds nothing there is none. */
class StormJudgeTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final StyleEnd DRAWN = new StyleEnd("COMPLETED", null, false);

    private final StormRecord record = new StormRecord();
    private final Limits limits = new Limits(4, Duration.ofSeconds(45), 150, 0.5);
    private final StormJudge judge = new StormJudge(record, limits);
    private final StormImageJudge images = new StormImageJudge(record);
    private final StormInstanceJudge instances = new StormInstanceJudge(record, limits);

    private void accepted(String draft, String key, String jobId) {
        record.taps.add(new Tap(draft, key, "generate", NOON, 202, jobId));
    }

    private void ended(String jobId, String draft, StyleEnd simple) {
        record.jobs.add(new JobEnd(jobId, draft, simple.status(), NOON, NOON.plusSeconds(5), Map.of("simple", simple)));
    }

    private Call called(int number, Instant at, StormShape shape, Instant notBefore) {
        Call call = new Call("d", "simple", number, at, shape, "sha-" + number, notBefore);
        record.calls.add(call);
        return call;
    }

    private Call called(int number, StormShape shape) {
        return called(number, NOON.plusSeconds(number), shape, null);
    }

    private void linked(String url, Instant expiresAt) {
        record.links.add(new Link(url, "d", "simple", "j", expiresAt));
    }

    private void allWell() {
        accepted("d", "k", "j");
        accepted("d", "k", "j");
        ended("j", "d", DRAWN);
        called(1, StormShape.GOOD);
        linked("l", NOON.plusSeconds(1_000));
        record.opened.add(new Opened("l", NOON, 200, "sha-1"));
        record.sights.add(new Sight("j", "PROCESSING", NOON));
        record.sights.add(new Sight("j", "COMPLETED", NOON));
        record.inFlight.add(new InFlight("A", NOON, 4));
        record.takeOvers.add(new TakeOver("j", Duration.ofSeconds(9)));
        record.keys.add(new RedisKey("content:jobs", -1));
        record.keys.add(new RedisKey("job:j", 5_000));
        record.keys.add(new RedisKey("content:draft:d:job", -2));
        record.idle.add(new Idle(20, 0.1));
        record.logs.add(new LogLine("A", "2026-11-26 12:00:00,000 WARN  [c.k.e] (main) job 1: cannot be written down"));
    }

    private static void oneOf(List<Finding> findings) {
        assertThat(findings).hasSize(1);
    }

    @Test
    void saysNothingWhereEverythingIsWell() {
        allWell();

        assertThat(judge.findings()).isEmpty();
    }

    @Test
    void findsWhatItIsAskedForAmongAllElse() {
        allWell();
        accepted("d", "k", "another");
        ended("another", "d", DRAWN);

        assertThat(judge.findings()).extracting(Finding::promise).containsOnly("one key, one job");
    }

    @Test
    void missesAJobThatNobodyKnowsAnyMore() {
        accepted("d", null, "j");

        oneOf(judge.everyAcceptedJobEnds());
    }

    @Test
    void missesAJobThatIsGoneOrGoesOn() {
        accepted("d", null, "j");
        accepted("d", null, "j2");
        record.jobs.add(JobEnd.gone("j", "d"));
        record.jobs.add(new JobEnd("j2", "d", "PROCESSING", NOON, NOON.plusSeconds(5), Map.of()));

        assertThat(judge.everyAcceptedJobEnds()).hasSize(2);
    }

    @Test
    void missesTheEndOfAJobThatNobodyWasToldOf() {
        record.jobs.add(new JobEnd("j", "d", "PENDING", NOON, NOON.plusSeconds(5), Map.of()));

        oneOf(judge.everyAcceptedJobEnds());
    }

    @Test
    void seesAJobThatEndsTwice() {
        record.sights.add(new Sight("j", "CANCELLED", NOON));
        ended("j", "d", DRAWN);

        oneOf(judge.whatEndedStaysEnded());
    }

    @Test
    void seesAKeyThatWasAnsweredWithTwoJobs() {
        accepted("d", "k", "j1");
        accepted("d", "k", "j2");

        oneOf(judge.oneKeyIsOneJob());
    }

    @Test
    void seesASecondJobOfAKeyOfWhichNobodyWasTold() {
        record.taps.add(new Tap("d", "k", "regenerate", NOON, 503, null));
        accepted("d", "k", "j2");
        ended("j1", "d", DRAWN);
        ended("j2", "d", DRAWN);

        oneOf(judge.oneKeyIsOneJob());
    }

    @Test
    void letsARequestWithoutAKeyMakeAJobEachTime() {
        record.taps.add(new Tap("d", null, "generate", NOON, 503, null));
        accepted("d", null, "j2");
        ended("j1", "d", DRAWN);
        ended("j2", "d", DRAWN);

        assertThat(judge.oneKeyIsOneJob()).isEmpty();
    }

    @Test
    void seesAJobOfTwoDrafts() {
        accepted("d", null, "j");
        accepted("e", null, "j");

        oneOf(judge.oneJobIsOneDrafts());
    }

    @Test
    void seesASecondCallThatMayBePaidAndIsNotTold() {
        called(1, StormShape.CUT_IN_BODY);
        called(2, StormShape.GOOD);
        ended("j", "d", DRAWN);

        oneOf(images.nobodyPaysTwiceUntold());
    }

    @Test
    void acceptsASecondCallThatIsToldOrCostsNothing() {
        called(1, StormShape.BROKE_DOWN);
        called(2, StormShape.BUSY_503);
        called(3, StormShape.GOOD);
        ended("j", "d", DRAWN);
        assertThat(images.nobodyPaysTwiceUntold()).isEmpty();

        called(4, StormShape.GOOD);
        oneOf(images.nobodyPaysTwiceUntold());
        ended("j2", "d", new StyleEnd("COMPLETED", null, true));
        assertThat(images.nobodyPaysTwiceUntold()).isEmpty();
    }

    @Test
    void seesAImageThatIsNotTheProviders() {
        called(1, StormShape.TRUNCATED_IMAGE);
        linked("l", NOON);
        record.opened.add(new Opened("l", NOON, 200, "half of it"));

        oneOf(images.everyImageIsTheProviders());
    }

    @Test
    void seesAImageOfAnotherStyle() {
        record.calls.add(new Call("d", "fancy", 1, NOON, StormShape.GOOD, "sha-1", null));
        linked("l", NOON);
        record.opened.add(new Opened("l", NOON, 200, "sha-1"));

        oneOf(images.everyImageIsTheProviders());
    }

    @Test
    void seesALinkThatDiesBeforeItsTimeUnlessItWasDeleted() {
        accepted("d", null, "j");
        linked("l", NOON.plusSeconds(10));
        record.opened.add(new Opened("l", NOON, 404, ""));
        oneOf(images.noLinkDiesBeforeItsTime());

        record.deletions.add(new Deletion("d", NOON.minusSeconds(1)));
        oneOf(images.noLinkDiesBeforeItsTime());
        record.deletions.add(new Deletion("d", NOON.plusSeconds(1)));
        assertThat(images.noLinkDiesBeforeItsTime()).isEmpty();
    }

    @Test
    void letsALinkDieWhenItsTimeHasCome() {
        linked("l", NOON.minusSeconds(1));
        record.opened.add(new Opened("l", NOON, 404, ""));

        assertThat(images.noLinkDiesBeforeItsTime()).isEmpty();
    }

    @Test
    void seesAFailureThatNobodysAnswerExplains() {
        called(1, StormShape.OPERATOR);
        ended("j", "d", new StyleEnd("FAILED", "IMAGE_API_ERROR", false));

        oneOf(images.everyFailureHasItsReason());
    }

    @Test
    void acceptsAFailureByACutLineToTheProvider() {
        called(1, StormShape.GOOD);
        ended("j", "d", new StyleEnd("FAILED", "IMAGE_API_ERROR", false));
        record.troubles.add(new Trouble(Fault.PROVIDER_CUT, "A", NOON, NOON.plusSeconds(2)));

        assertThat(images.everyFailureHasItsReason()).isEmpty();
    }

    @Test
    void seesAFailureThatWasCutAtAnotherTime() {
        called(1, StormShape.GOOD);
        ended("j", "d", new StyleEnd("FAILED", "IMAGE_API_TIMEOUT", false));
        record.troubles.add(new Trouble(Fault.PROVIDER_SILENT, "A", NOON.plusSeconds(6), NOON.plusSeconds(9)));

        oneOf(images.everyFailureHasItsReason());
    }

    @Test
    void doesNotTakeAnEmptyAnswerForARefusal() {
        called(1, StormShape.NO_DATA);
        ended("j", "d", new StyleEnd("FAILED", "IMAGE_REJECTED", false));
        oneOf(images.everyFailureHasItsReason());

        called(2, StormShape.REFUSED);
        assertThat(images.everyFailureHasItsReason()).isEmpty();
    }

    @Test
    void seesACallBeforeTheTimeThatTheProviderNamed() {
        called(1, NOON, StormShape.BUSY_DATE, NOON.plusSeconds(3));
        called(2, NOON.plusSeconds(1), StormShape.GOOD, null);
        oneOf(images.nobodyCallsBeforeTheTime());

        record.troubles.add(new Trouble(Fault.KILL, "A", NOON, NOON.plusSeconds(2)));
        assertThat(images.nobodyCallsBeforeTheTime()).isEmpty();
    }

    @Test
    void seesAnInstanceThatHasMoreThanItMay() {
        record.inFlight.add(new InFlight("A", NOON, 5));

        oneOf(instances.nobodyHasMoreThanItMay());
    }

    @Test
    void seesWorkThatNobodyTakesOverOrTooLate() {
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
    void seesWhoSpins() {
        record.idle.add(new Idle(9_000, 0.1));
        record.idle.add(new Idle(10, 1.9));

        assertThat(instances.nobodySpins()).hasSize(2);
    }

    @Test
    void seesWhoDiesByItselfAndWhatTheCheckerSays() {
        record.deaths.add("A");
        record.complaints.add("a job that nobody will ever end");

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
    void letsTheServiceShoutWhereSomebodyHasToAct() {
        log("2026-11-26 12:00:00,000 ERROR [com.kt.event.content.worker.EntryProcessor] (main) job 1: 3 workers crashed or "
                + "stalled while running it, ending it as JOB_STALLED");

        assertThat(instances.logsAreCalm()).isEmpty();
    }

    @Test
    void doesNotMindThatAFrozenThreadWasSeenToBeBlocked() {
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
