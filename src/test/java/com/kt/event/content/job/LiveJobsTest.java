package com.kt.event.content.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.UnreadableValueException;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;

/** Joining a job that has not ended, when the same request comes again. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class LiveJobsTest extends StoredJobSuite {
    private static final Recommendation OTHER = new Recommendation("눈 오는 날엔 호떡", null, null, null, null);

    @Test
    void answersTheSameRequestWithTheLiveJob() {
        Job first = accept("a");

        assertThat(accept("a").id()).isEqualTo(first.id());
        assertThat(redis.stream(String.class).xlen("content:jobs")).isEqualTo(1);
        assertThat(accept("b").id()).as("another draft").isNotEqualTo(first.id());
    }

    @Test
    void startsAnotherJobWhenTheRecommendationHasChanged() {
        Job first = accept("a");
        Job other = get(jobManager.createJob(JobRequest.of("a", OTHER, EVERY_STYLE, Map.of())));

        assertThat(other.id()).isNotEqualTo(first.id());
        assertThat(accept("a").id()).as("and changed back").isEqualTo(first.id());
        assertThat(redis.stream(String.class).xlen("content:jobs")).isEqualTo(2);
    }

    @Test
    void startsAnotherJobWhenTheFirstHasEnded() {
        Job first = accept("a");
        get(jobManager.cancel(first.id()));

        assertThat(accept("a").id()).isNotEqualTo(first.id());
    }

    @Test
    void answersARequestForANewImageWithTheLiveJobOnlyWhileThatImageIsStillToCome() {
        Job first = accept("a");
        get(store.claim(first.id(), "worker", LEASE));
        JobRequest fancy = JobRequest.forced("a", RECOMMENDATION, EnumSet.of(Style.FANCY));
        assertThat(get(jobManager.createJob(fancy)).id()).isEqualTo(first.id());

        get(store.update(first, "worker", job -> called(job).complete(Style.FANCY, "http://a", LATER)));
        Job second = get(jobManager.createJob(fancy));

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.styles()).containsOnlyKeys(Style.FANCY);
        assertThat(get(jobManager.createJob(fancy)).id()).as("asked for twice").isEqualTo(second.id());
        assertThat(accept("a").id()).as("the one for all styles is still known").isEqualTo(first.id());
    }

    @Test
    void startsOneJobForManyRequestsAtOnce() {
        List<Uni<Job>> wishes = Stream.generate(() -> jobManager.createJob(wanted("a"))).limit(50).toList();

        assertThat(get(Uni.join().all(wishes).andFailFast())).extracting(Job::id).containsOnly(accept("a").id());
        assertThat(redis.stream(String.class).xlen("content:jobs")).isEqualTo(1);
    }

    @Test
    void joinsNoJobThatWasNeverAccepted() {
        Job gone = accept("a");
        redis.key().del("job:" + gone.id());

        assertThat(accept("a").id()).isNotEqualTo(gone.id());
    }

    @Test
    void joinsAJobOnlyWhenItIsAccepted() {
        Job first = accept("a");
        redis.key().pexpire("job:" + first.id(), 10_000);
        CompletableFuture<Job> second = jobManager.createJob(wanted("a")).subscribeAsCompletionStage();
        await().during(Duration.ofMillis(100)).until(() -> !second.isDone());

        redis.key().pexpire("job:" + first.id(), 3_600_000);

        assertThat(second).succeedsWithin(PatientAwaitility.LIMIT).extracting(Job::id).isEqualTo(first.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON", "null", "[null]", "[]", "{}", "5", "[1, {}, {\"jobId\": null}, []]", "\"\""})
    void isNotHinderedByLiveJobsThatItCannotRead(String value) {
        redis.value(String.class).set("content:draft:a:job", value);

        assertThat(accept("a").id()).isEqualTo(accept("a").id());
    }

    @Test
    void isNotHinderedByLiveJobsOfAnotherType() {
        redis.list(String.class).rpush("content:draft:a:job", "x");
        Map<Style, ReusableImage> links = Map.of(Style.SIMPLE, image("http://s"), Style.FANCY, image("http://f"),
                Style.TRENDY, image("http://t"));
        get(jobManager.createJob(JobRequest.of("a", RECOMMENDATION, EVERY_STYLE, links)));

        assertThat(accept("a").id()).isEqualTo(accept("a").id());
    }

    @Test
    void losesOnlyTheLiveJobThatCannotBeRead() {
        Job first = accept("a");
        String value = redis.value(String.class).get("content:draft:a:job");
        redis.value(String.class).set("content:draft:a:job", value.replaceFirst("\\[", "[null, 5, "));

        assertThat(accept("a").id()).isEqualTo(first.id());
    }

    @Test
    void joinsNoJobWhoseRecordCannotBeRead() {
        Job first = accept("a");
        redis.key().del("job:" + first.id());
        redis.list(String.class).rpush("job:" + first.id(), "x");
        assertThat(accept("a").id()).isNotEqualTo(first.id());

        redis.key().del("job:" + first.id());
        redis.hash(String.class).hset("job:" + first.id(), "x", "y");
        assertThat(accept("a").id()).isNotEqualTo(first.id());
        assertThatThrownBy(() -> get(jobManager.find(first.id()))).isInstanceOf(UnreadableValueException.class);
    }

    @Test
    void remembersTheLiveJobUntilItsDeadline() {
        accept("a");

        assertThat(redis.key().ttl("content:draft:a:job")).isBetween(2_990L, 3_000L);
    }

    private static ReusableImage image(String link) {
        return new ReusableImage(link, null, null);
    }
}
