package com.kt.event.content.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.breaker.SharedBreaker;
import com.kt.event.content.gallery.ImageStores;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerState;

/** One image: found in the store or generated, published, handed in or failed. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class StyleRunTest extends WorkerSuite {
    @Test
    void generatesOnlyTheStylesThatAreStillOpen() {
        Job job = accept();
        get(jobStore.claim(job.id(), "crashed", Duration.ofMillis(1)));
        get(jobStore.update(job, "crashed", it -> it.openCall(Style.FANCY, Instant.now())
                .complete(Style.FANCY, "http://a/fancy.png", Instant.now())));

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(imageApi.calls(Style.FANCY)).isZero();
        assertThat(imageApi.calls()).isEqualTo(2);
        assertThat(find(job).styles().get(Style.FANCY).imageUrl()).isEqualTo("http://a/fancy.png");
    }

    @Test
    void endsAnOverdueJobWithoutACall() {
        Job job = accept();
        redis.hash(String.class).hset("job:" + job.id(), "createdAt", Instant.now().minusSeconds(3_001).toString());

        claim(worker);

        ends(job, JobStatus.FAILED);
        assertThat(find(job).styles().values()).allMatch(style -> style.error() == StyleError.JOB_DEADLINE);
        assertThat(imageApi.calls()).isZero();
    }

    @Test
    void endsAJobAtItsDeadlineWhileTheProviderIsAway() {
        imageApi.answersEverything(aResponse().withStatus(503));
        Job job = accept();
        redis.hash(String.class).hset("job:" + job.id(), "createdAt", Instant.now().minusSeconds(2_998).toString());

        claim(worker);

        ends(job, JobStatus.FAILED);
        assertThat(find(job).styles().values()).allMatch(style -> style.error() == StyleError.JOB_DEADLINE);
        // If enough calls failed to open the breaker, it must be open before the next test, which the end of this one sees to.
        if (breakers.currentState(SharedBreaker.localName("default")) == CircuitBreakerState.OPEN) {
            await().until(() -> redis.key().exists(BREAKER));
        }
    }

    @Test
    void publishesAnImageThatArrivesAfterTheDeadline() {
        imageApi.holdsBackEverything();
        Job job = accept();
        redis.hash(String.class).hset("job:" + job.id(), "createdAt", Instant.now().minusSeconds(2_998).toString());

        claim(worker);

        await().until(() -> imageApi.calls() == 3);
        ends(job, JobStatus.FAILED);
        imageApi.release();
        await().untilAsserted(() -> assertThat(redis.hash(String.class)
                .hkeys("content:image:" + job.eventDraftId())).contains("simple", "fancy", "trendy"));
        assertThat(find(job).status()).as("what has ended has ended").isEqualTo(JobStatus.FAILED);
    }

    @Test
    void publishesTheImageThatWasStoredBeforeItsWorkerDied() {
        Job job = dropped(it -> it.openCall(Style.FANCY, Instant.now()));
        get(store.keep(job.id() + "-fancy", ImageStores.image(ImageApiStub.png(Style.FANCY))));

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(imageApi.calls(Style.FANCY)).isZero();
        assertThat(find(job).completed()).isEqualTo(3);
        assertThat(find(job).possiblyChargedTwice()).isFalse();
    }

    @Test
    void takesThePaidImageOfAWorkerThatLostItsLease() {
        ImageWorker silent = worker(10, SHORT);
        imageApi.holdsBackEverything();
        Job job = accept();
        claim(silent);
        await().until(() -> imageApi.calls() == 3);

        await().until(() -> {
            get(jobStore.claim(job.id(), "second", LONG));
            return "second".equals(redis.hash(String.class).hget("job:" + job.id(), "owner"));
        });

        imageApi.release();
        ends(job, JobStatus.COMPLETED);
        assertThat(imageApi.calls()).isEqualTo(3);
        assertThat(find(job).completed()).isEqualTo(3);
        stop(silent);
    }

    @Test
    void makesNoCallWhileTheImageStoreIsAwayAndLosesNothing() throws IOException {
        imageApi.holdsBackEverything();
        Job paid = accept();
        claim(worker);
        await().until(() -> imageApi.calls() == 3);
        List<Job> jobs = new ArrayList<>(List.of(paid));

        whileTheStoreIsAway(() -> {
            IntStream.range(0, 19).forEach(i -> jobs.add(accept()));
            imageApi.release();
            await().until(() -> meters.get("content.pictures.unkept").gauge().value() == 3);
            get(worker.claimJobs());
            get(worker.sweep());
            assertThat(jobs).as("none has failed").noneMatch(job -> find(job).ended());
            assertThat(find(paid).status()).isEqualTo(JobStatus.PROCESSING);
            assertThat(imageApi.calls()).as("calls").isEqualTo(3);
        });

        imageApi.drawsAgain();
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            claim(worker);
            return jobs.stream().allMatch(job -> find(job).ended());
        });
        assertThat(jobs).allSatisfy(job -> assertThat(find(job).completed()).isEqualTo(3));
        assertThat(jobs).noneMatch(job -> find(job).possiblyChargedTwice());
        assertThat(imageApi.calls()).isEqualTo(60);
    }

    /** Its style fails at the deadline; the paid image is published in the draft once it can be stored. */
    @Test
    void keepsAPaidImagePastTheDeadlineUntilTheImageStoreIsBack() throws IOException {
        imageApi.holdsBackEverything();
        Job job = accept();
        redis.hash(String.class).hset("job:" + job.id(), "createdAt", Instant.now().minusSeconds(2_997).toString());
        claim(worker);
        await().until(() -> imageApi.calls() == 3);

        whileTheStoreIsAway(() -> {
            imageApi.release();
            ends(job, JobStatus.FAILED);
            assertThat(find(job).styles().values()).allMatch(style -> style.error() == StyleError.JOB_DEADLINE);
        });

        await().untilAsserted(() -> assertThat(redis.hash(String.class)
                .hkeys("content:image:" + job.eventDraftId())).contains("simple", "fancy", "trendy"));
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @Test
    void failsTheStyleAloneWhoseFieldCannotBeRead() {
        Job job = accept();
        redis.hash(String.class).hset("job:" + job.id(), "fancy", "{bad");

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(find(job).completed()).isEqualTo(2);
        assertThat(find(job).styles().get(Style.FANCY).error()).isEqualTo(StyleError.IMAGE_API_ERROR);
    }
}
