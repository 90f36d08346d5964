package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import com.kt.event.content.WaitingTest;
import com.kt.event.content.api.IdempotentRequests.Result;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobId;
import com.kt.event.content.job.JobRequest;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.ReusableImage;
import com.kt.event.content.recommendation.RecommendationNotSelectedException;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.FaultyRedis.Fault;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.RedisClientType;

/** A request with an idempotency key that is repeated after any failure at any step starts one job. */
@WaitingTest
class IdempotentRequestsTest extends IdempotentRequestsSuite {
    static Stream<List<Object>> failures() {
        return Stream.of(Step.values())
                .flatMap(step -> Stream.of(Fault.values()).map(fault -> List.<Object>of(step, fault)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void startsOneJobWhateverGoesWrongAtTheFirstAttempt(List<Object> failure) {
        faulty.failAt(((Step) failure.get(0))::isIn, (Fault) failure.get(1));
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> isAccepted(regenerate()));
        await().atMost(LIMIT).until(faulty::hasFailed);
        runQueuedJobs();
        boolean isHeard = first.join();
        runQueuedJobs();

        Result second = get(regenerate());
        faulty.sendLate();
        runQueuedJobs();

        assertThat(paidJobs).containsExactly(second.job().jobId());
        assertThat(second.replayed() || !isHeard).as("a response that was received is replayed").isTrue();
        Result third = get(regenerate());
        assertThat(third.replayed()).isTrue();
        assertThat(third.job().jobId()).isEqualTo(second.job().jobId());
        assertThat(redis.xlen("content:jobs")).isZero();
        assertThat(redis.ttl(entry)).isBetween(86_000L, 86_400L);
    }

    /** A job that has some of its images from the start is PROCESSING before it is accepted. */
    @ParameterizedTest
    @MethodSource("failures")
    void answersWithAJobThatLivesThoughNoWorkerTakesIt(List<Object> failure) {
        Function<JobId, Uni<Job>> work = id -> jobManager.createJob(fancyMissing(), id);
        faulty.failAt(((Step) failure.get(0))::isIn, (Fault) failure.get(1));
        isAccepted(requests.once(key, "generate", work));
        assertThat(faulty.hasFailed()).isTrue();

        Result second = get(requests.once(key, "generate", work));
        faulty.sendLate();

        assertThat(redis.ttl("job:" + second.job().jobId())).isGreaterThan(3_500L);
        runQueuedJobs();
        assertThat(paidJobs).containsExactly(second.job().jobId());
    }

    /** No client knows the job, and the next request for the draft must not find it half accepted. */
    @Test
    void removesAJobThatHadSomeOfItsImagesWhereItIsNotAccepted() {
        faulty.failAt(Step.QUEUE::isIn, Fault.OUT_OF_MEMORY);

        assertThat(isAccepted(jobManager.createJob(fancyMissing()).map(Result::first)))
                .isFalse();

        assertThat(redis.keys("job:*")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void startsOneJobWhenTheInstanceDiesAfterAStep(Step step) {
        faulty.failAt(step::isIn, Fault.ANSWER_LOST);
        // A cancelled attempt cleans up; a killed one does not.
        CompletableFuture<Result> killed = regenerate().subscribeAsCompletionStage();
        await().atMost(LIMIT).until(faulty::hasFailed);
        runQueuedJobs();
        assertThat(killed).isNotDone();
        expireHold();

        Result second = get(regenerate());
        runQueuedJobs();

        assertThat(paidJobs).containsExactly(second.job().jobId());
        assertThat(get(regenerate()).job()).isEqualTo(second.job());
    }

    /** The queue entry waits for the record, and the full life of the record for the queue entry. */
    @Test
    void acceptsAJobInOneWriteForEachStepThatWaitsForAnother() {
        int before = faulty.writes();

        get(jobManager.createJob(forcedFancy()));

        assertThat(faulty.writes() - before).isEqualTo(clientType() == RedisClientType.CLUSTER ? 4 : 3);
    }

    /** As whoever finds the entry without a record replaces it, the record must not come after all. */
    @Test
    void startsTheJobUnderAnotherIdWhereRedisHasForgottenHowToWriteItsRecord() {
        redis.scriptFlush();
        JobId id = JobId.create();

        Job job = get(jobManager.createJob(forcedFancy(), id));

        assertThat(redis.ttl("job:" + job.id())).isGreaterThan(3_500L);
        assertThat(redis.keys("job:*")).hasSize(1);
        assertThat(get(jobManager.createJob(forcedFancy())).id()).isEqualTo(job.id());
        runQueuedJobs();
        assertThat(paidJobs).containsExactly(job.id());
    }

    static Stream<List<Object>> failuresWhileJoining() {
        return Stream.of(":job ", " pttl ", " hgetall ")
                .flatMap(word -> Stream.of(Fault.values()).map(fault -> List.<Object>of(word, fault)));
    }

    /** The record left by the first attempt must not become a second job for the same images. */
    @ParameterizedTest
    @MethodSource("failuresWhileJoining")
    void joinsARunningJobWhateverGoesWrongAtTheFirstAttempt(List<Object> failure) {
        Job running = get(jobManager.createJob(forcedFancy()));
        faulty.failAt(command -> command.contains((String) failure.get(0)), (Fault) failure.get(1));
        isAccepted(regenerate());
        assertThat(faulty.hasFailed()).isTrue();

        assertThat(get(regenerate()).job().jobId()).isEqualTo(running.id());
        faulty.sendLate();
        runQueuedJobs();
        assertThat(paidJobs).containsExactly(running.id());
    }

    @ParameterizedTest
    @EnumSource(names = {"LIVE_JOB", "QUEUE"})
    void paysNothingForImagesThatCameBetweenTwoAttempts(Step step) {
        faulty.failAt(step::isIn, Fault.ANSWER_LOST);
        // Killed, so that nothing is cleaned up.
        JobRequest missing = JobRequest.of(draft, RECOMMENDATION, EnumSet.of(Style.FANCY), Map.of());
        requests.once(key, "generate", id -> jobManager.createJob(missing, id)).subscribeAsCompletionStage();
        await().atMost(LIMIT).until(faulty::hasFailed);
        expireHold();

        JobRequest finished = JobRequest.of(draft, RECOMMENDATION, EnumSet.of(Style.FANCY),
                Map.of(Style.FANCY, new ReusableImage("http://a/fancy.png", null, null)));
        Result second = get(requests.once(key, "generate", id -> jobManager.createJob(finished, id)));
        runQueuedJobs();

        assertThat(second.job().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(paidJobs).isEmpty();
        assertThat(redis.xlen("content:jobs")).isZero();
        assertThat(redis.ttl("job:" + second.job().jobId())).isGreaterThan(3_500L);
    }

    @Test
    void answersTheJobThatMayRunWhereItsRecommendationIsGone() {
        faulty.failAt(Step.LONGER_LIFE::isIn, Fault.ANSWER_LOST);
        regenerate().subscribeAsCompletionStage();
        await().atMost(LIMIT).until(faulty::hasFailed);
        redis.pexpire(redis.keys("job:*").iterator().next(), 9_000);
        expireHold();

        Result second = get(requests.once(key, "regenerate", id -> Uni.createFrom()
                .failure(new RecommendationNotSelectedException(draft))));
        runQueuedJobs();

        assertThat(paidJobs).containsExactly(second.job().jobId());
    }
}
