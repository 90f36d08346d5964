package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** One leased job, whatever its record holds. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class JobRunTest extends WorkerSuite {
    /** Nothing more can be written to it: its permit is freed at once, and the draft gets the paid images. */
    @Test
    void abandonsAJobWhoseRecordBecomesSomethingElse() {
        imageApi.holdsBackEverything();
        Job job = accept();
        claim(worker);
        await().until(() -> imageApi.calls() == 3);

        redis.key().del("job:" + job.id());
        redis.list(String.class).rpush("job:" + job.id(), "x");
        imageApi.release();

        await().untilAsserted(() -> assertThat(redis.hash(String.class)
                .hkeys("content:image:" + job.eventDraftId())).contains("simple", "fancy", "trendy"));
        await().until(() -> worker.inFlight() == 0);
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    /** A number that another client wrote in another notation is the same number. */
    @ParameterizedTest
    @ValueSource(strings = {"0500", "+5", " 5", "1e3", "-7", "x", ""})
    void endsAJobWhateverItsVersionLooksLike(String version) {
        Job job = accept();
        redis.hash(String.class).hset("job:" + job.id(), "version", version);
        long before = commands();

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(find(job).completed()).isEqualTo(3);
        assertThat(commands() - before).as("commands").isLessThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "updatedAt", "version", "callsOut", "type"})
    void endsAJobThoughAFieldIsMissingThatItCanDoWithout(String field) {
        Job job = accept();
        redis.hash(String.class).hdel("job:" + job.id(), field);

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        await().until(this::queueIsEmpty);
    }

    private long commands() {
        return redis.execute("INFO", "stats").toString().lines()
                .filter(line -> line.startsWith("total_commands_processed:"))
                .mapToLong(line -> Long.parseLong(line.substring("total_commands_processed:".length()).strip()))
                .findFirst().orElseThrow();
    }
}
