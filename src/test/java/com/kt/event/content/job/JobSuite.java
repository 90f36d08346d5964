package com.kt.event.content.job;

import static com.kt.event.content.recommendation.Style.FANCY;
import static com.kt.event.content.recommendation.Style.SIMPLE;
import static com.kt.event.content.recommendation.Style.TRENDY;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

/** The base of the tests of a job in memory. */
abstract class JobSuite {
    static final Recommendation LATTE = new Recommendation("봄맞이 딸기 라떼 1+1", "", "", "", Map.of());
    static final String LINK = "https://shop.example/1-simple.png";
    static final Instant CREATED = Instant.parse("2026-04-01T00:00:00Z");
    static final Instant LATER = Instant.parse("2026-04-01T00:00:05Z");
    static final Instant AT_LAST = Instant.parse("2026-04-01T00:00:09Z");

    final Job created = create(List.of(Style.values()));

    /** With a call out for each style. */
    static Job called(Job job) {
        Job next = job;
        for (Style style : Style.values()) {
            next = next.openCall(style, LATER);
        }
        return next;
    }

    static Job job(JobStatus simple, JobStatus fancy, JobStatus trendy) {
        return job(Map.of(SIMPLE, task(simple), FANCY, task(fancy), TRENDY, task(trendy)));
    }

    static Job job(Map<Style, StyleTask> styles) {
        return new Job("job-1", "draft-1", LATTE, styles, CREATED, CREATED, 7);
    }

    static StyleTask task(JobStatus status) {
        return new StyleTask(status, status == JobStatus.COMPLETED ? LINK : null,
                status == JobStatus.FAILED ? StyleError.IMAGE_API_ERROR : null, CallRecord.NONE);
    }

    static Job create(List<Style> styles) {
        return Job.create("job-1", JobRequest.of("draft-1", LATTE, styles, Map.of()), CREATED);
    }
}
