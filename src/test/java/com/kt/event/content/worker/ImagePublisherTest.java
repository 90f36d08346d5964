package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;

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

/** The way of images into the draft's gallery, whatever that holds. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class ImagePublisherTest extends WorkerSuite {
    @Test
    void endsAJobWithItsLinksThoughTheDraftsImagesAreOfAnotherType() {
        Job job = accept();
        redis.list(String.class).rpush("content:image:" + job.eventDraftId(), "x");

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(find(job).completed()).isEqualTo(3);
        await().until(this::queueIsEmpty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{bad", "5", "null", "[]", "{\"jobCreatedAt\":1e300}"})
    void endsAJobAndPublishesItsImagesInPlaceOfWhatCannotBeRead(String value) {
        Job job = accept();
        redis.hash(String.class).hset("content:image:" + job.eventDraftId(), "fancy", value);

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(redis.hash(String.class).hget("content:image:" + job.eventDraftId(), "fancy")).contains(job.id());
    }

    /** As with an ACL that denies the key: the job ends before its deadline, and publishing is retried. */
    @Test
    void endsAJobBeforeItsDeadlineThoughItsImagesCannotBePublished() {
        Job job = accept();
        redis.hash(String.class).hset("job:" + job.id(), "createdAt", Instant.now().minusSeconds(2_995).toString());
        redis.execute("ACL", "SETUSER", "default", "resetkeys", "~job:*", "~content:jobs", "~content:draft:*",
                "~content:breaker", "~content:events");
        try {
            claim(worker);

            await().atMost(Duration.ofSeconds(40)).untilAsserted(
                    () -> assertThat(find(job).status()).isEqualTo(JobStatus.COMPLETED));
        } finally {
            redis.execute("ACL", "SETUSER", "default", "allkeys");
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(redis.hash(String.class)
                .hkeys("content:image:" + job.eventDraftId())).contains("simple", "fancy", "trendy"));
        assertThat(imageApi.calls()).isEqualTo(3);
    }
}
