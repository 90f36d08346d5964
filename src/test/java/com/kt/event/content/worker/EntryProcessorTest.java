package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.LogRecords;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.StyleError;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Queue entries whose job cannot be run. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class EntryProcessorTest extends WorkerSuite {
    @Test
    void removesTheEntryOfAJobThatIsGone() {
        Job job = accept();
        redis.key().del("job:" + job.id());

        claim(worker);

        await().until(this::queueIsEmpty);
        assertThat(imageApi.calls()).isZero();
    }

    @Test
    void removesTheEntryOfAJobThatHasEnded() {
        Job job = accept();
        get(jobStore.claim(job.id(), "crashed", Duration.ofMillis(1)));
        get(jobStore.update(job, "crashed", it -> {
            return it.failUnfinished(StyleError.IMAGE_INVALID, Instant.now());
        }));

        claim(worker);

        await().until(this::queueIsEmpty);
        assertThat(imageApi.calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"createdAt", "recommendation", "eventDraftId"})
    void removesTheEntryOfAJobThatCannotBeReadAndGoesOn(String field) {
        Job broken = accept();
        redis.hash(String.class).hset("job:" + broken.id(), field, "\n");
        if (field.equals("eventDraftId")) {
            redis.hash(String.class).hdel("job:" + broken.id(), field);
        }
        Job sound = accept();

        List<String> log = logOf(EntryProcessor.class, () -> {
            claim(worker);
            await().until(this::queueIsEmpty);
        });

        assertThat(find(sound).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(imageApi.calls()).isEqualTo(3);
        assertThat(worker.inFlight()).isZero();
        assertThat(log).singleElement().asString().contains(broken.id()).doesNotContain("\n");
    }

    @Test
    void removesTheEntryOfWhatIsNoRecordOfAJobAndGoesOn() {
        Job broken = accept();
        redis.key().del("job:" + broken.id());
        redis.list(String.class).rpush("job:" + broken.id(), "x");
        Job sound = accept();

        List<String> log = logOf(EntryProcessor.class, () -> {
            claim(worker);
            await().until(this::queueIsEmpty);
        });

        assertThat(find(sound).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(log).singleElement().asString().contains(broken.id());
    }

    /** A client that can write to the stream must not be able to forge log lines. */
    @ParameterizedTest
    @ValueSource(strings = {"x\n2026-01-01 00:00:00,000 ERROR [a] (main) FORGED", "\r\u001b[2J", "\u2028FORGED"})
    void logsNothingThatAStreamEntrySaysButAnId(String id) {
        get(queue.open());
        redis.stream(String.class).xadd("content:jobs", Map.of("job", id));
        redis.stream(String.class).xadd("content:jobs", Map.of("job", "x".repeat(1_000_000)));

        List<String> log = logOf(EntryProcessor.class, () -> {
            claim(worker);
            await().until(this::queueIsEmpty);
        });

        assertThat(log).hasSize(2).allSatisfy(line -> assertThat(line).doesNotContain("FORGED").doesNotContain("xxx")
                .hasSizeLessThan(300).contains(" characters)"));
    }

    /** The log lines of the class during an action. */
    private static List<String> logOf(Class<?> type, Runnable done) {
        LogRecords log = LogRecords.of(type);
        try {
            done.run();
        } finally {
            log.close();
        }
        return log.lines("%s");
    }
}
