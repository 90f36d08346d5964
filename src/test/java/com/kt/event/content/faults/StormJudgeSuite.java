package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.kt.event.content.faults.StormJudge.Finding;
import com.kt.event.content.faults.StormJudge.Limits;
import com.kt.event.content.faults.StormRecord.Call;
import com.kt.event.content.faults.StormRecord.ImageRequest;
import com.kt.event.content.faults.StormRecord.JobEnd;
import com.kt.event.content.faults.StormRecord.Link;
import com.kt.event.content.faults.StormRecord.StyleEnd;

/** The base of the tests of the judges: an invented record of a storm. */
abstract class StormJudgeSuite {
    static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    static final StyleEnd DRAWN = new StyleEnd("COMPLETED", null, false);
    final StormRecord record = new StormRecord();
    final Limits limits = new Limits(4, Duration.ofSeconds(45), 150, 0.5);
    final StormJudge judge = new StormJudge(record, limits);
    final StormImageJudge images = new StormImageJudge(record);
    final StormInstanceJudge instances = new StormInstanceJudge(record, limits);

    void accepted(String draft, String key, String jobId) {
        record.requests.add(new ImageRequest(draft, key, "generate", NOON, 202, jobId));
    }

    void ended(String jobId, String draft, StyleEnd simple) {
        record.jobs.add(new JobEnd(jobId, draft, simple.status(), NOON, NOON.plusSeconds(5), Map.of("simple", simple)));
    }

    Call called(int number, Instant at, StormShape shape, Instant notBefore) {
        Call call = new Call("d", "simple", number, at, shape, "sha-" + number, notBefore);
        record.calls.add(call);
        return call;
    }

    Call called(int number, StormShape shape) {
        return called(number, NOON.plusSeconds(number), shape, null);
    }

    void linked(String url, Instant expiresAt) {
        record.links.add(new Link(url, "d", "simple", "j", expiresAt));
    }

    static void oneOf(List<Finding> findings) {
        assertThat(findings).hasSize(1);
    }
}
