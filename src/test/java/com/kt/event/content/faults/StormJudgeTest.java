package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.kt.event.content.faults.StormJudge.Finding;
import com.kt.event.content.faults.StormRecord.Idle;
import com.kt.event.content.faults.StormRecord.ImageRequest;
import com.kt.event.content.faults.StormRecord.InFlight;
import com.kt.event.content.faults.StormRecord.JobEnd;
import com.kt.event.content.faults.StormRecord.LogLine;
import com.kt.event.content.faults.StormRecord.Opened;
import com.kt.event.content.faults.StormRecord.RedisKey;
import com.kt.event.content.faults.StormRecord.StatusSeen;
import com.kt.event.content.faults.StormRecord.TakeOver;

/** Breaks each promise about jobs and keys once: the judge must find it. */
class StormJudgeTest extends StormJudgeSuite {
    private void allWell() {
        accepted("d", "k", "j");
        accepted("d", "k", "j");
        ended("j", "d", DRAWN);
        called(1, StormShape.GOOD);
        linked("l", NOON.plusSeconds(1_000));
        record.opened.add(new Opened("l", NOON, 200, "sha-1"));
        record.statusesSeen.add(new StatusSeen("j", "PROCESSING", NOON));
        record.statusesSeen.add(new StatusSeen("j", "COMPLETED", NOON));
        record.inFlight.add(new InFlight("A", NOON, 4));
        record.takeOvers.add(new TakeOver("j", Duration.ofSeconds(9)));
        record.keys.add(new RedisKey("content:jobs", -1));
        record.keys.add(new RedisKey("job:j", 5_000));
        record.keys.add(new RedisKey("content:draft:d:job", -2));
        record.idle.add(new Idle(20, 0.1));
        record.logs.add(new LogLine("A", "2026-11-26 12:00:00,000 WARN  [c.k.e] (main) job 1: cannot be written down"));
    }

    @Test
    void findsNothingIfEveryPromiseIsKept() {
        allWell();

        assertThat(judge.findings()).isEmpty();
    }

    @Test
    void findsOneBrokenPromiseAmongAllOthers() {
        allWell();
        accepted("d", "k", "another");
        ended("another", "d", DRAWN);

        assertThat(judge.findings()).extracting(Finding::promise).containsOnly("one key, one job");
    }

    @Test
    void missesAJobWithoutRecord() {
        accepted("d", null, "j");

        oneOf(judge.everyAcceptedJobEnds());
    }

    @Test
    void missesAJobThatIsGoneOrHasNotEnded() {
        accepted("d", null, "j");
        accepted("d", null, "j2");
        record.jobs.add(JobEnd.gone("j", "d"));
        record.jobs.add(new JobEnd("j2", "d", "PROCESSING", NOON, NOON.plusSeconds(5), Map.of()));

        assertThat(judge.everyAcceptedJobEnds()).hasSize(2);
    }

    @Test
    void missesTheEndOfAJobThatNoClientWasToldOf() {
        record.jobs.add(new JobEnd("j", "d", "PENDING", NOON, NOON.plusSeconds(5), Map.of()));

        oneOf(judge.everyAcceptedJobEnds());
    }

    @Test
    void seesAJobThatEndsTwice() {
        record.statusesSeen.add(new StatusSeen("j", "CANCELLED", NOON));
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
    void seesASecondJobOfAKeyThatNoClientWasToldOf() {
        record.requests.add(new ImageRequest("d", "k", "regenerate", NOON, 503, null));
        accepted("d", "k", "j2");
        ended("j1", "d", DRAWN);
        ended("j2", "d", DRAWN);

        oneOf(judge.oneKeyIsOneJob());
    }

    @Test
    void acceptsAJobForEachRequestWithoutAKey() {
        record.requests.add(new ImageRequest("d", null, "generate", NOON, 503, null));
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
}
