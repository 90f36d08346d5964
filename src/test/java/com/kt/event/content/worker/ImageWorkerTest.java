package com.kt.event.content.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.LogRecords;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.gallery.GalleryConfig;
import com.kt.event.content.gallery.ImageStore;
import com.kt.event.content.gallery.ImageStores;
import com.kt.event.content.job.Claim;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobRequest;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.RedisTimeout;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Workers without their schedule: the test says when one claims, gives a sign of life, or looks for stalled jobs. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class ImageWorkerTest {
    private static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null, null);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(400);
    /** In which what must not happen would have happened. */
    private static final Duration A_WHILE = Duration.ofMillis(300);

    ImageApiStub imageApi;

    @Inject
    JobManager jobManager;

    @Inject
    JobStore jobStore;

    @Inject
    JobQueue queue;

    @Inject
    EntryProcessor processor;

    @Inject
    ClaimPolicy policy;

    @Inject
    JobConfig jobConfig;

    @Inject
    Clock clock;

    @Inject
    @Identifier("nano-time")
    LongSupplier nanoTime;

    @Inject
    RedisTimeout redisTimeout;

    @Inject
    MeterRegistry meters;

    @Inject
    QueueMetrics queueMetrics;

    @Inject
    ImageStore store;

    @Inject
    GalleryConfig gallery;

    @Inject
    CircuitBreakerMaintenance breakers;

    @Inject
    RedisDataSource redis;

    private ImageWorker worker;

    @BeforeEach
    void begin() {
        redis.flushall();
        imageApi.drawsEverything();
        breakers.resetAll();
        worker = worker(10, LONG);
    }

    @AfterEach
    void end() {
        stop(worker);
    }

    @Test
    void startsAJobTheMomentItIsAccepted() {
        claim(worker);

        Job job = accept();

        ends(job, JobStatus.COMPLETED);
        assertThat(imageApi.calls()).isEqualTo(3);
        await().until(this::queueIsEmpty);
    }

    @Test
    void worksOnNoMoreJobsAtATimeThanItMay() {
        worker = worker(2, LONG);
        imageApi.holdsBackEverything();
        List<Job> jobs = IntStream.range(0, 5).mapToObj(i -> accept()).toList();

        claim(worker);

        await().during(A_WHILE).until(() -> imageApi.calls() == 6);
        imageApi.release();
        await().until(() -> {
            assertThat(redis.stream(String.class).xpending("content:jobs", "workers").getPendingCount())
                    .isLessThanOrEqualTo(2);
            return jobs.stream().allMatch(job -> find(job).ended());
        });
        assertThat(imageApi.calls()).isEqualTo(15);
    }

    /** To look through a long queue takes a while. */
    @Test
    void startsAJobTheMomentItIsAcceptedThoughItLooksForOverdueJobs() {
        othersHave(5_000);

        worker.endOverdueJobs().subscribe().with(done -> {
        });
        claim(worker);

        ends(accept(), JobStatus.COMPLETED);
    }

    @Test
    void startsJobsTheMomentTheyAreAcceptedThoughItLooksForStalledJobs() {
        claim(worker);
        await().until(() -> blockedClients() == 1);
        AtomicBoolean isEnough = new AtomicBoolean();
        CompletionStage<Void> sweeps = Multi.createBy().repeating().uni(() -> worker.sweep().replaceWith(true))
                .whilst(swept -> !isEnough.get()).onItem().ignoreAsUni().subscribeAsCompletionStage();

        try {
            IntStream.range(0, 50).forEach(i -> ends(accept(), JobStatus.COMPLETED));
        } finally {
            isEnough.set(true);
            sweeps.toCompletableFuture().join();
        }
    }

    /** The provider's connections are not shared between calls: one that breaks must hit one image. */
    @Test
    void losesNoImageWhenManyAreDrawnAtOnce() {
        worker = worker(50, LONG);
        claim(worker);
        List<Job> jobs = IntStream.range(0, 200).mapToObj(i -> accept()).toList();

        await().until(() -> jobs.stream().allMatch(job -> find(job).ended()));

        assertThat(jobs).allSatisfy(job -> assertThat(find(job).completed()).isEqualTo(3));
        assertThat(imageApi.calls()).isEqualTo(600);
    }

    @Test
    void takesOverTheJobOfAWorkerThatFellSilentAndLetsItChangeNothingLater() {
        ImageWorker silent = worker(10, SHORT);
        imageApi.holdsBackEverything();
        Job job = accept();
        claim(silent);
        await().until(() -> imageApi.calls() == 3);

        imageApi.drawsAgain();
        ImageWorker second = worker(10, SHORT);
        claim(second);
        await().until(() -> {
            get(second.sweep());
            return find(job).ended();
        });

        Job ended = find(job);
        assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
        imageApi.release();
        stop(silent);
        stop(second);
        assertThat(find(job)).isEqualTo(ended);
        assertThat(imageApi.calls()).as("three of each worker").isEqualTo(6);
    }

    @Test
    void leavesTheJobOfAWorkerThatGivesSignsOfLifeAlone() {
        Duration lease = Duration.ofMillis(1_500);
        ImageWorker busy = worker(10, lease);
        ImageWorker other = worker(10, lease);
        imageApi.answersEverything(aResponse().withFixedDelay(2 * (int) lease.toMillis())
                .withBody(ImageApiStub.image(ImageApiStub.png(Style.SIMPLE))));
        Job job = accept();
        claim(busy);
        await().until(() -> imageApi.calls() == 3);
        claim(other);

        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            get(busy.renewLeases());
            get(other.sweep());
            return find(job).ended();
        });

        assertThat(imageApi.calls()).isEqualTo(3);
        stop(busy);
        stop(other);
    }

    @Test
    void drawsOnlyTheStylesThatAreStillOpen() {
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
    void endsAJobWhoseTimeIsOverWithoutAskingForImages() {
        Job job = accept();
        redis.hash(String.class).hset("job:" + job.id(), "createdAt", Instant.now().minusSeconds(3_001).toString());

        claim(worker);

        ends(job, JobStatus.FAILED);
        assertThat(find(job).styles().values()).allMatch(style -> style.error() == StyleError.JOB_DEADLINE);
        assertThat(imageApi.calls()).isZero();
    }

    @Test
    void endsAJobWhoseTimeIsOverWhileTheProviderIsAway() {
        imageApi.answersEverything(aResponse().withStatus(503));
        Job job = accept();
        redis.hash(String.class).hset("job:" + job.id(), "createdAt", Instant.now().minusSeconds(2_998).toString());

        claim(worker);

        ends(job, JobStatus.FAILED);
        assertThat(find(job).styles().values()).allMatch(style -> style.error() == StyleError.JOB_DEADLINE);
    }

    @Test
    void endsAJobWhoseTimeIsOverThoughNobodyMayClaim() {
        Job job = accept();
        agesTheEntry(job, Duration.ofSeconds(3_001));
        pauseFor(Duration.ofMinutes(10));

        get(worker.claimJobs());
        assertThat(find(job).status()).as("nothing is claimed").isEqualTo(JobStatus.PENDING);
        get(worker.endOverdueJobs());

        ends(job, JobStatus.FAILED);
        assertThat(find(job).styles().values()).allMatch(style -> style.error() == StyleError.JOB_DEADLINE);
        await().until(this::queueIsEmpty);
        assertThat(imageApi.calls()).isZero();
    }

    @Test
    void givesTheDraftAImageThatComesAfterItsJobsTime() {
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
    void asksOnceMoreForAImageWhoseFateNobodyKnowsAndSaysSo() {
        Job job = dropped(it -> it.openCall(Style.FANCY, Instant.now()));
        double before = unknownCalls();

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(imageApi.calls()).isEqualTo(3);
        assertThat(find(job).styles().get(Style.FANCY).possiblyChargedTwice()).isTrue();
        assertThat(find(job).styles().get(Style.SIMPLE).possiblyChargedTwice()).isFalse();
        assertThat(unknownCalls()).isEqualTo(before + 1);
    }

    @Test
    void countsTheImagesByWhatBecameOfThem() {
        imageApi.answers(Style.FANCY, aResponse().withStatus(400));
        double drawn = images("drawn");
        double failed = images("IMAGE_API_ERROR");
        claim(worker);

        ends(accept(), JobStatus.COMPLETED);

        assertThat(images("drawn")).isEqualTo(drawn + 2);
        assertThat(images("IMAGE_API_ERROR")).isEqualTo(failed + 1);
        assertThat(meters.find("content.pictures").counters()).as("one for each outcome")
                .hasSize(1 + StyleError.values().length);
    }

    @Test
    void knowsHowManyJobsWaitOrRun() {
        accept();
        accept();

        get(queueMetrics.measure());

        assertThat(meters.find("content.queue.length").gauge().value()).isEqualTo(2);
    }

    @Test
    void asksAgainWithoutAWordWhereTheCallWasTurnedAway() {
        Job job = dropped(it -> it.openCall(Style.FANCY, Instant.now()).closeCall(Style.FANCY, Instant.now()));

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(find(job).possiblyChargedTwice()).isFalse();
        assertThat(find(job).styles().get(Style.FANCY).calls().attempts()).isEqualTo(2);
    }

    @Test
    void adoptsTheImageThatWasKeptBeforeItsWorkerDied() {
        Job job = dropped(it -> it.openCall(Style.FANCY, Instant.now()));
        get(store.keep(job.id() + "-fancy", "png", ImageApiStub.png(Style.FANCY)));

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(imageApi.calls(Style.FANCY)).isZero();
        assertThat(find(job).completed()).isEqualTo(3);
        assertThat(find(job).possiblyChargedTwice()).isFalse();
    }

    @Test
    void forgivesTheProviderOneBreakdownOfAImageAcrossWorkers() {
        imageApi.answers(Style.FANCY, aResponse().withStatus(500));
        Job job = dropped(
                it -> it.openCall(Style.FANCY, Instant.now()).closeCallOnServerError(Style.FANCY, Instant.now()));

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(1);
        assertThat(find(job).styles().get(Style.FANCY).error()).isEqualTo(StyleError.IMAGE_API_ERROR);
    }

    @Test
    void endsAJobThatThreeWorkersDiedOver() {
        Job job = dropped(it -> it.openCall(Style.FANCY, Instant.now()));
        redis.hash(String.class).hset("job:" + job.id(), "stalled", "2");

        await().until(() -> {
            claim(worker);
            get(worker.sweep());
            return find(job).ended();
        });

        assertThat(find(job).status()).isEqualTo(JobStatus.FAILED);
        assertThat(find(job).styles().values()).allMatch(style -> style.error() == StyleError.JOB_STALLED);
        assertThat(imageApi.calls()).isZero();
        await().until(this::queueIsEmpty);
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
    void givesNoSignOfLifeForAJobWhoseLeaseItLost() {
        ImageWorker silent = worker(10, SHORT);
        imageApi.holdsBackEverything();
        Job job = accept();
        claim(silent);
        await().until(() -> imageApi.calls() == 3);
        await().until(() -> get(jobStore.claim(job.id(), "second", LONG)).outcome() == Claim.Outcome.WON);
        Duration untouched = sinceLastTouch();

        get(silent.renewLeases());

        assertThat(sinceLastTouch()).isGreaterThanOrEqualTo(untouched);
        imageApi.release();
        stop(silent);
    }

    private Duration sinceLastTouch() {
        return redis.stream(String.class).xpending("content:jobs", "workers", StreamRange.of("-", "+"), 1).get(0)
                .getDurationSinceLastDelivery();
    }

    @Test
    void asksForNothingWhileTheImageStoreIsAwayAndLosesNothing() throws IOException {
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

    @Test
    void claimsNothingWhileTheImageStoreIsAway() throws IOException {
        whileTheStoreIsAway(() -> {
            Job job = accept();

            get(worker.claimJobs());
            get(worker.sweep());

            assertThat(redis.hash(String.class).hget("job:" + job.id(), "owner")).isNull();
            assertThat(imageApi.calls()).isZero();
        });
    }

    /** Its style fails with the job's time; the image that is paid for goes to the draft when it can be kept. */
    @Test
    void keepsWhatIsPaidForBeyondItsJobsTimeUntilTheImageStoreIsBack() throws IOException {
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
    void endsAJobInTimeThatWaitsForTheImageStoreAndPaysNothingForIt() throws IOException {
        whileTheStoreIsAway(() -> {
            Job job = accept();
            agesTheEntry(job, Duration.ofSeconds(3_001));

            get(worker.endOverdueJobs());

            ends(job, JobStatus.FAILED);
            assertThat(find(job).styles().values()).allMatch(style -> style.error() == StyleError.JOB_DEADLINE);
            await().until(this::queueIsEmpty);
            assertThat(imageApi.calls()).isZero();
        });
    }

    @Test
    void looksForAKeptImageBeforeItEndsAJobWhoseTimeIsOver() {
        Job job = dropped(it -> it.openCall(Style.FANCY, Instant.now()));
        get(store.keep(job.id() + "-fancy", "png", ImageApiStub.png(Style.FANCY)));
        agesTheEntry(job, Duration.ofSeconds(3_001));

        await().until(() -> {
            get(worker.endOverdueJobs());
            return find(job).ended();
        });

        assertThat(find(job).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(find(job).styles().get(Style.FANCY).imageUrl()).endsWith(job.id() + "-fancy.png");
        assertThat(find(job).styles().get(Style.SIMPLE).error()).isEqualTo(StyleError.JOB_DEADLINE);
        assertThat(redis.hash(String.class).hkeys("content:image:" + job.eventDraftId())).contains("fancy");
        assertThat(imageApi.calls()).isZero();
    }

    @Test
    void looksForAKeptImageBeforeItEndsAJobThatThreeWorkersDiedOver() {
        Job job = dropped(it -> it.openCall(Style.FANCY, Instant.now()));
        get(store.keep(job.id() + "-fancy", "png", ImageApiStub.png(Style.FANCY)));
        redis.hash(String.class).hset("job:" + job.id(), "stalled", "2");
        double failed = images("JOB_STALLED");

        await().until(() -> {
            claim(worker);
            get(worker.sweep());
            return find(job).ended();
        });

        assertThat(find(job).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(find(job).completed()).isEqualTo(1);
        assertThat(find(job).styles().get(Style.SIMPLE).error()).isEqualTo(StyleError.JOB_STALLED);
        assertThat(redis.hash(String.class).hkeys("content:image:" + job.eventDraftId())).contains("fancy");
        await().untilAsserted(() -> assertThat(images("JOB_STALLED")).isEqualTo(failed + 2));
        assertThat(imageApi.calls()).isZero();
    }

    // --- records that hold what nobody can read

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
    void endsAJobAndHangsItsImagesInPlaceOfWhatCannotBeRead(String value) {
        Job job = accept();
        redis.hash(String.class).hset("content:image:" + job.eventDraftId(), "fancy", value);

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(redis.hash(String.class).hget("content:image:" + job.eventDraftId(), "fancy")).contains(job.id());
    }

    /** As where Redis may not write that key: it goes on being tried, and the job ends in its time. */
    @Test
    void endsAJobInItsTimeThoughItsImagesCannotBeHung() {
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

    /** Nothing more can be written about it: its place is free at once, and the draft has what is paid for. */
    @Test
    void letsGoOfAJobWhoseRecordBecomesSomethingElse() {
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

    private void whileTheStoreIsAway(Runnable test) throws IOException {
        Path directory = gallery.store().directory();
        Path aside = directory.resolveSibling(directory.getFileName() + "-aside");
        Files.move(directory, aside);
        try {
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                ImageStores.probe(store);
                return !store.isWritable();
            });
            test.run();
        } finally {
            Files.move(aside, directory);
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                ImageStores.probe(store);
                return store.isWritable();
            });
        }
    }

    @Test
    void claimsNothingWhileTheProviderHasAPause() {
        Job job = accept();
        pauseFor(Duration.ofSeconds(1));

        get(worker.claimJobs());
        assertThat(redis.hash(String.class).hget("job:" + job.id(), "owner")).isNull();
        assertThat(imageApi.calls()).isZero();

        await().until(() -> {
            claim(worker);
            return find(job).ended();
        });
        assertThat(redis.key().exists("content:breaker")).as("the probe ended the pause").isFalse();
    }

    @Test
    void sendsOneProbeWhenThePauseIsOverAndAllTheRestWhenItIsAnswered() {
        worker = worker(10, LONG);
        imageApi.holdsBackEverything();
        List<Job> jobs = IntStream.range(0, 3).mapToObj(i -> accept()).toList();
        pauseFor(Duration.ofMillis(300));

        await().until(() -> {
            claim(worker);
            return imageApi.calls() > 0;
        });
        await().during(A_WHILE).until(() -> {
            claim(worker);
            return imageApi.calls() == 1;
        });
        assertThat(redis.value(String.class).get("content:breaker")).contains("probe");
        imageApi.release();

        await().until(() -> {
            claim(worker);
            return jobs.stream().allMatch(job -> find(job).ended());
        });
        assertThat(imageApi.calls()).isEqualTo(9);
    }

    @Test
    void claimsOneThatCanProbeThoughOldCallsAreStillOut() {
        imageApi.holdsBackEverything();
        Job old = accept();
        claim(worker);
        await().until(() -> imageApi.calls() == 3);
        imageApi.drawsAgain();
        pauseFor(Duration.ofMillis(500));
        await().until(() -> blockedClients() == 0);
        Job young = accept();

        await().until(() -> {
            claim(worker);
            return find(young).ended();
        });

        assertThat(find(old).ended()).isFalse();
        assertThat(redis.key().exists("content:breaker")).isFalse();
        imageApi.release();
        ends(old, JobStatus.COMPLETED);
    }

    @Test
    void countsNoAttemptThatAnOpenBreakerHeldBack() {
        imageApi.answersEverything(aResponse().withStatus(503));
        Job first = accept();
        claim(worker);
        await().until(() -> redis.key().exists("content:breaker"));
        imageApi.drawsAgain();

        ends(first, JobStatus.COMPLETED);
        assertThat(find(first).possiblyChargedTwice()).isFalse();
        assertThat(find(first).styles().values()).allMatch(style -> style.error() == null);
    }

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

    @Test
    void finishesWhatEndsWithinTheGracePeriodWhenItIsStopped() {
        imageApi.holdsBackEverything();
        Job job = accept();
        claim(worker);
        await().until(() -> imageApi.calls() == 3);

        CompletableFuture.delayedExecutor(A_WHILE.toMillis(), TimeUnit.MILLISECONDS).execute(imageApi::release);
        worker.drain();

        assertThat(find(job).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @Test
    void handsTheRestToAnotherWorkerAtOnceWhenItIsStopped() {
        ImageWorker stopped = worker(new Config(10, LONG, Duration.ofMillis(50)));
        imageApi.holdsBackEverything();
        Job job = accept();
        claim(stopped);
        await().until(() -> imageApi.calls() == 3);
        imageApi.drawsAgain();
        claim(worker);

        stopped.drain();

        await().until(() -> find(job).status() == JobStatus.COMPLETED);
        assertThat(imageApi.calls()).as("three of each worker").isEqualTo(6);
        await().until(this::queueIsEmpty);
    }

    @Test
    void handsBackWhatReachesItOnceItIsStopped() {
        ImageWorker stopped = worker(10, LONG);
        claim(stopped);
        await().until(() -> blockedClients() == 1);
        stopped.drain();

        Job job = accept();
        await().until(stopped::isIdle);
        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @Test
    void claimsNothingOnceItIsStopped() {
        worker.drain();
        Job job = accept();

        get(worker.claimJobs());
        get(worker.sweep());

        assertThat(find(job)).isEqualTo(job);
    }

    @Test
    void isStuckWhenItsLoopDoesNothingForAMinuteThoughItMayClaim() {
        AtomicLong now = new AtomicLong();
        ImageWorker idle = new ImageWorker(queue, jobStore, processor, policy, new Config(10, LONG, Duration.ZERO),
                jobConfig, clock, now::get, redisTimeout);
        assertThat(new ClaimLoopCheck(idle).call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);

        now.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(new ClaimLoopCheck(idle).call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);

        pauseFor(Duration.ofMinutes(1));
        get(idle.claimJobs());
        assertThat(new ClaimLoopCheck(idle).call().getStatus()).as("a pause is no standstill")
                .isEqualTo(HealthCheckResponse.Status.UP);

        idle.drain();
        now.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(idle.isStuck()).as("what stops need not claim").isFalse();
    }

    @Test
    void goesOnWhenTheQueueWasLost() {
        claim(worker);
        redis.flushall();

        Job job = accept();

        await().until(() -> {
            claim(worker);
            return find(job).ended();
        });
    }

    /** R5.7: permits are counted before the blocking read, and everybody who takes jobs has his from the same place. */
    @Test
    void worksOnNoMoreThanItMayWhateverItTakesThemFor() {
        List<Job> stalled = IntStream.range(0, 2).mapToObj(i -> accept()).toList();
        get(queue.open());
        get(queue.take(2, Duration.ofMillis(10)));
        ImageWorker small = worker(2, SHORT);
        imageApi.holdsBackEverything();
        claim(small);
        await().until(() -> blockedClients() == 1);
        AtomicInteger most = new AtomicInteger();

        List<Job> young = IntStream.range(0, 2).mapToObj(i -> accept()).toList();

        Runnable look = () -> {
            claim(small);
            get(small.sweep());
            get(small.endOverdueJobs());
            most.accumulateAndGet(small.inFlight(), Math::max);
        };
        await().during(A_WHILE).until(() -> {
            look.run();
            return imageApi.calls() == 6;
        });
        imageApi.release();
        await().until(() -> {
            look.run();
            return Stream.concat(stalled.stream(), young.stream()).allMatch(job -> find(job).ended());
        });
        assertThat(most).hasValue(2);
        assertThat(imageApi.calls()).isEqualTo(12);
        stop(small);
    }

    @Test
    void takesOverThoughTheLoopHoldsTheOnlyPermit() {
        Job stalled = accept();
        get(queue.open());
        get(queue.take(1, Duration.ofMillis(10)));
        ImageWorker single = worker(1, SHORT);

        await().until(() -> {
            claim(single);
            get(single.sweep());
            return find(stalled).ended();
        });

        assertThat(find(stalled).status()).isEqualTo(JobStatus.COMPLETED);
        stop(single);
    }

    /** R5.9: nobody could renew a lease while Redis was away, and an instance that is full does not read the queue. */
    @Test
    void leavesJobsToLivingWorkersAfterAnOutageThatItSlept() {
        Duration lease = Duration.ofSeconds(2);
        ImageWorker busy = worker(10, lease);
        AtomicLong time = new AtomicLong(nanoTime.getAsLong());
        ImageWorker full = new ImageWorker(queue, jobStore, processor, policy, new Config(2, lease, Duration.ZERO),
                jobConfig, clock, time::get, redisTimeout);
        imageApi.holdsBackEverything();
        Job busyJob = accept();
        claim(busy);
        await().until(() -> imageApi.calls() == 3);
        busy.stopClaiming(null);
        imageApi.answersEverything(aResponse().withFixedDelay(3_000)
                .withBody(ImageApiStub.image(ImageApiStub.png(Style.SIMPLE))));
        List<Job> fullJobs = List.of(accept(), accept());
        await().until(() -> {
            claim(full);
            return imageApi.calls() == 9;
        });

        redis.execute("CLIENT", "PAUSE", "2500");
        time.addAndGet(Duration.ofSeconds(3).toNanos());
        await().until(() -> fullJobs.stream().allMatch(job -> find(job).ended()) && full.inFlight() == 0);
        assertThat(leaseUntil(busyJob)).as("the lease has lapsed").isLessThan(System.currentTimeMillis());
        // Its loop waits at the queue with one permit, and the other is free. Time stands still, so it may not yet.
        get(full.sweep());
        get(busy.renewLeases());

        imageApi.release();
        await().until(() -> {
            get(busy.renewLeases());
            return find(busyJob).ended();
        });
        assertThat(imageApi.calls()).isEqualTo(9);
        stop(busy);
        stop(full);
    }

    /** R5.10: a Redis that is out of memory takes no new end of a lease, but the queue entry can be touched. */
    @Test
    void leavesJobsToLivingWorkersThoughRedisIsOutOfMemory() {
        Duration lease = Duration.ofSeconds(1);
        ImageWorker busy = worker(10, lease);
        ImageWorker other = worker(10, lease);
        imageApi.holdsBackEverything();
        Job job = accept();
        claim(busy);
        await().until(() -> imageApi.calls() == 3);
        await().until(() -> {
            claim(other);
            get(other.sweep());
            return true;
        });

        redis.execute("CONFIG", "SET", "maxmemory", "1");
        try {
            await().until(() -> leaseUntil(job) < System.currentTimeMillis());
            await().until(() -> {
                get(busy.renewLeases());
                return isTouchedWithin(lease);
            });
        } finally {
            redis.execute("CONFIG", "SET", "maxmemory", "0");
        }

        Runnable look = () -> {
            get(other.sweep());
            get(busy.renewLeases());
        };
        await().during(lease.multipliedBy(2)).until(() -> {
            look.run();
            return !find(job).ended();
        });
        imageApi.release();
        await().until(() -> {
            look.run();
            return find(job).ended();
        });
        assertThat(imageApi.calls()).isEqualTo(3);
        stop(busy);
        stop(other);
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

    /** Its hand-back must not be lost because another's record is broken. */
    @Test
    void handsBackTheOthersThoughOneRecordBecameUnreadable() {
        ImageWorker stopped = worker(new Config(10, LONG, Duration.ofMillis(50)));
        endSlowStart();
        imageApi.holdsBackEverything();
        List<Job> jobs = IntStream.range(0, 3).mapToObj(i -> accept()).toList();
        claim(stopped);
        await().until(() -> imageApi.calls() == 9);
        redis.key().del("job:" + jobs.get(0).id());
        redis.list(String.class).rpush("job:" + jobs.get(0).id(), "x");
        get(stopped.renewLeases());
        imageApi.drawsAgain();
        claim(worker);

        stopped.drain();

        ends(jobs.get(1), JobStatus.COMPLETED);
        ends(jobs.get(2), JobStatus.COMPLETED);
        await().until(this::queueIsEmpty);
    }

    /** H14: what others wrote as a number in another way is the same number. */
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

    @Test
    void failsTheStyleAloneWhoseFieldCannotBeRead() {
        Job job = accept();
        redis.hash(String.class).hset("job:" + job.id(), "fancy", "{bad");

        claim(worker);

        ends(job, JobStatus.COMPLETED);
        assertThat(find(job).completed()).isEqualTo(2);
        assertThat(find(job).styles().get(Style.FANCY).error()).isEqualTo(StyleError.IMAGE_API_ERROR);
    }

    /** H17: who can write to the stream must not be able to write to the log. */
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

    private long commands() {
        return redis.execute("INFO", "stats").toString().lines()
                .filter(line -> line.startsWith("total_commands_processed:"))
                .mapToLong(line -> Long.parseLong(line.substring("total_commands_processed:".length()).strip()))
                .findFirst().orElseThrow();
    }

    /** What the class says while something is done. */
    private static List<String> logOf(Class<?> type, Runnable done) {
        LogRecords log = LogRecords.of(type);
        try {
            done.run();
        } finally {
            log.close();
        }
        return log.lines("%s");
    }

    /** After an open breaker no more calls go out at a time than were answered since. */
    private void endSlowStart() {
        List<Job> jobs = IntStream.range(0, 4).mapToObj(i -> accept()).toList();
        ImageWorker first = worker(10, LONG);
        claim(first);
        jobs.forEach(job -> ends(job, JobStatus.COMPLETED));
        stop(first);
        imageApi.drawsEverything();
    }

    private ImageWorker worker(int maxInFlight, Duration lease) {
        return worker(new Config(maxInFlight, lease, Duration.ofSeconds(5)));
    }

    private ImageWorker worker(Config config) {
        return new ImageWorker(queue, jobStore, processor, policy, config, jobConfig, clock, nanoTime, redisTimeout);
    }

    private static void claim(ImageWorker worker) {
        worker.claimJobs().subscribe().with(done -> {
        });
    }

    private static void stop(ImageWorker worker) {
        worker.drain();
        await().until(worker::isIdle);
    }

    /** Entries that other workers have just taken. */
    private void othersHave(int entries) {
        IntStream.range(0, entries).forEach(i -> redis.stream(String.class).xadd("content:jobs",
                Map.of("job", "elsewhere-" + i, "createdAt", Long.toString(System.currentTimeMillis()))));
        get(queue.open());
        get(queue.take(entries, Duration.ofMillis(10)));
    }

    private Job accept() {
        return get(jobManager.createJob(JobRequest.of("draft-" + UUID.randomUUID(), RECOMMENDATION,
                EnumSet.allOf(Style.class), Map.of())));
    }

    /** A job whose worker made this move, and died. */
    private Job dropped(UnaryOperator<Job> move) {
        Job job = accept();
        get(jobStore.claim(job.id(), "crashed", Duration.ofMillis(1)));
        return get(jobStore.update(job, "crashed", move));
    }

    private void agesTheEntry(Job job, Duration age) {
        Instant then = Instant.now().minus(age);
        redis.hash(String.class).hset("job:" + job.id(), "createdAt", then.toString());
        redis.key().del("content:jobs");
        redis.stream(String.class).xadd("content:jobs",
                Map.of("job", job.id(), "createdAt", Long.toString(then.toEpochMilli())));
    }

    /** As another instance would begin it. */
    private void pauseFor(Duration pause) {
        long until = System.currentTimeMillis() + pause.toMillis();
        redis.value(String.class).psetex("content:breaker", pause.plusMinutes(6).toMillis(),
                "{\"until\":" + until + ",\"length\":" + pause.toMillis() + ",\"why\":\"test\"}");
    }

    private double images(String outcome) {
        return meters.counter("content.pictures", "outcome", outcome).count();
    }

    private double unknownCalls() {
        return meters.counter("content.calls.unknown").count();
    }

    private void ends(Job job, JobStatus status) {
        await().untilAsserted(() -> assertThat(find(job).status()).isEqualTo(status));
    }

    private Job find(Job job) {
        return get(jobManager.find(job.id())).orElseThrow();
    }

    private int blockedClients() {
        String info = redis.execute("INFO", "clients").toString();
        return info.lines().filter(line -> line.startsWith("blocked_clients:"))
                .mapToInt(line -> Integer.parseInt(line.substring("blocked_clients:".length()).strip())).findFirst()
                .orElseThrow();
    }

    /** Of the only entry that was taken. */
    private boolean isTouchedWithin(Duration idle) {
        return redis.stream(String.class).xpending("content:jobs", "workers", StreamRange.of("-", "+"), 1).get(0)
                .getDurationSinceLastDelivery().compareTo(idle) < 0;
    }

    private long leaseUntil(Job job) {
        return Long.parseLong(redis.hash(String.class).hget("job:" + job.id(), "leaseUntil"));
    }

    private boolean queueIsEmpty() {
        return redis.stream(String.class).xlen("content:jobs") == 0;
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }

    private record Config(int maxInFlight, Duration lease, Duration grace) implements WorkerConfig {
        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public Duration heartbeat() {
            return SHORT.dividedBy(3);
        }
    }
}
