package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.kt.event.content.api.IdempotentRequests.Result;
import com.kt.event.content.embedded.EmbeddedRedis;
import com.kt.event.content.idempotency.IdempotencyStore;
import com.kt.event.content.idempotency.LostResponseException;
import com.kt.event.content.job.Claim;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobId;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.JobManagers;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobRequest;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.RecommendationNotSelectedException;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.FaultyRedis;
import com.kt.event.content.redis.FaultyRedis.Fault;
import com.kt.event.content.redis.JsonCodec;
import com.kt.event.content.redis.RedisScripts;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/**
 * A request with an idempotency key that is repeated after any failure at any step starts one job. Redis is real; the client
 * in front of it injects the failures.
 */
class IdempotentRequestsTest {
    private static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null, Map.of());
    private static final Duration CLIENT_TIMEOUT = Duration.ofMillis(300);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final EmbeddedRedis SERVER = new EmbeddedRedis();
    private static final Vertx VERTX = Vertx.vertx();
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor();
    private static final JobConfig CONFIG = new SmallRyeConfigBuilder().addDiscoveredConverters()
            .withMapping(JobConfig.class).build()
            .getConfigMapping(JobConfig.class);
    private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private static FaultyRedis faulty;
    private static JobManager jobManager;
    private static JobStore jobStore;
    private static JobQueue queue;
    private static IdempotentRequests requests;
    private static Jedis redis;

    private final String draft = "draft-" + UUID.randomUUID();
    private final String key = UUID.randomUUID().toString();
    private final String entry = "content:idempotency:" + key;
    private final Set<String> paidJobs = new HashSet<>();

    /** The steps of accepting a request with a key, each with a word of its command. */
    private enum Step {
        TAKE("TAKEN_OVER"),
        RECORD("recommendation"),
        LIVE_JOB(":job "),
        QUEUE("XADD"),
        LONGER_LIFE(" pexpire "),
        ANSWER("\"answer\":");

        private final String word;

        Step(String word) {
            this.word = word;
        }

        private boolean isIn(String command) {
            return command.contains(word) && (this == QUEUE || !command.contains("XADD"));
        }
    }

    @BeforeAll
    static void start() {
        URI uri = SERVER.getHosts().iterator().next();
        faulty = new FaultyRedis(Redis.createClient(VERTX.getDelegate(),
                new RedisOptions().setConnectionString(uri.toString()).setMaxPoolWaiting(1_000)));
        ReactiveRedisDataSource source = faulty.dataSource(VERTX);
        jobManager = JobManagers.create(source, JSON, CONFIG, TIMER);
        jobStore = JobManagers.store(source, JSON, CONFIG);
        queue = JobManagers.queue(source, CONFIG);
        JsonCodec json = new JsonCodec(JSON);
        requests = new IdempotentRequests(new IdempotencyStore(source, new RedisScripts(source), json, TIMER),
                jobManager, json,
                CONFIG);
        redis = new Jedis(uri);
        // So that a fault at a script hits its execution, not the question whether Redis knows it.
        FaultyRedis.scripts().forEach(script -> redis.scriptLoad(script.text()));
    }

    @AfterAll
    static void stop() {
        redis.close();
        VERTX.closeAndAwait();
        TIMER.shutdownNow();
        SERVER.stop();
    }

    @BeforeEach
    void begin() {
        redis.flushAll();
        redis.configResetStat();
        get(queue.open());
    }

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
        assertThat(second.replayed() || !isHeard).as("what was heard is replayed").isTrue();
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
                Map.of(Style.FANCY, "http://a/fancy.png"));
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

    @Test
    void waitsForAnAttemptThatIsUnderWay() {
        faulty.failAt(Step.QUEUE::isIn, Fault.LATE);
        CompletableFuture<Result> first = regenerate().subscribeAsCompletionStage();
        await().atMost(LIMIT).until(faulty::hasFailed);

        assertThat(isAccepted(regenerate())).isFalse();
        assertThat(first).isNotDone();
        assertThat(redis.xlen("content:jobs")).isZero();
    }

    @Test
    void startsOneJobForManyAttemptsAtOnce() {
        List<CompletableFuture<Result>> answers = Stream.generate(() -> regenerate().subscribeAsCompletionStage())
                .limit(50).toList();

        assertThat(answers).extracting(CompletableFuture::join).extracting(answer -> answer.job().jobId())
                .containsOnly(answers.get(0).join().job().jobId());
        runQueuedJobs();
        assertThat(paidJobs).hasSize(1);
    }

    @Test
    void forgetsAKeyWhoseFirstAttemptBeganNothing() {
        assertThatThrownBy(() -> get(requests.once(key, "regenerate another", id -> Uni.createFrom()
                .failure(new RecommendationNotSelectedException(draft)))))
                .isInstanceOf(RecommendationNotSelectedException.class);

        assertThat(redis.exists(entry)).isFalse();
        assertThat(get(regenerate()).replayed()).isFalse();
    }

    /** Redis may have received the first attempt by the time a second one would forget the key. */
    @Test
    void keepsAKeyWhoseFirstAttemptEndedInDoubt() {
        faulty.failAt(Step.RECORD::isIn, Fault.LATE);
        assertThat(isAccepted(regenerate())).isFalse();

        assertThatThrownBy(() -> get(requests.once(key, "regenerate", id -> Uni.createFrom()
                .failure(new RecommendationNotSelectedException(draft)))))
                .isInstanceOf(RecommendationNotSelectedException.class);

        assertThat(redis.exists(entry)).isTrue();
    }

    @Test
    void doesNotGuessWhatBecameOfAJobThatHasExpired() {
        // As if the response had not been stored, and the job had expired.
        redis.set(entry, "{\"request\":\"regenerate\",\"jobId\":\"" + UUID.randomUUID() + "\",\"startedAt\":"
                + (System.currentTimeMillis() - 3_700_000) + "}", SetParams.setParams().px(80_000_000));

        assertThatThrownBy(() -> get(regenerate())).isInstanceOf(LostResponseException.class);
        assertThat(redis.xlen("content:jobs")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "null", "[]", "{}", "5", "{\"request\":5}", "{\"request\":\"regenerate\"}",
            "{\"request\":\"regenerate\",\"answer\":{}}", "{\"request\":\"regenerate\",\"answer\":[1]}",
            "{\"request\":\"regenerate\",\"answer\":{\"jobId\":\"a\",\"status\":\"NONE\",\"message\":\"\"}}"})
    void neverPaysForAKeyWhoseEntryCannotBeRead(String value) {
        redis.psetex(entry, 80_000_000, value);

        assertThatThrownBy(() -> get(regenerate())).isInstanceOf(LostResponseException.class);
        assertThat(redis.get(entry)).isEqualTo(value);
        assertThat(redis.xlen("content:jobs")).isZero();
    }

    @Test
    void neverPaysForAKeyWhoseEntryIsOfAnotherType() {
        redis.rpush(entry, "x");

        assertThatThrownBy(() -> get(regenerate())).isInstanceOf(LostResponseException.class);
    }

    @Test
    void leavesNothingWhenItIsWarmedUp() {
        Set<String> before = redis.keys("*");

        get(requests.warmUp());
        get(jobManager.warmUp(JobRequest.of(draft, RECOMMENDATION, EnumSet.allOf(Style.class), Map.of())));

        assertThat(redis.keys("*")).isEqualTo(before);
        assertThat(calls("eval") + calls("evalsha")).isEqualTo(4);
        assertThat(calls("pexpire")).isEqualTo(1);
    }

    private static int calls(String command) {
        Matcher found = Pattern.compile("cmdstat_" + command + ":calls=(\\d+),").matcher(redis.info("commandstats"));
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    private Uni<Result> regenerate() {
        Function<JobId, Uni<Job>> work = id -> jobManager.createJob(forcedFancy(), id);
        return requests.once(key, "regenerate", work);
    }

    private JobRequest forcedFancy() {
        return JobRequest.forced(draft, RECOMMENDATION, EnumSet.of(Style.FANCY));
    }

    /** Two of its three images are there. */
    private JobRequest fancyMissing() {
        return JobRequest.of(draft, RECOMMENDATION, EnumSet.allOf(Style.class),
                Map.of(Style.SIMPLE, "http://a/simple.png", Style.TRENDY, "http://a/trendy.png"));
    }

    /** To a client with a time limit. */
    private static boolean isAccepted(Uni<Result> answer) {
        return answer.map(accepted -> true).ifNoItem().after(CLIENT_TIMEOUT).recoverWithItem(false)
                .onFailure().recoverWithItem(false).await().atMost(LIMIT);
    }

    /** As a worker would, so that no request can join the jobs any more. */
    private void runQueuedJobs() {
        for (QueueEntry queued : get(queue.take(10, Duration.ofMillis(10)))) {
            Claim claim = get(jobStore.claim(queued.jobId(), "worker-" + UUID.randomUUID(), Duration.ofSeconds(30)));
            if (claim.outcome() == Claim.Outcome.WON && !claim.job().ended()) {
                paidJobs.add(queued.jobId());
                get(jobStore.updateWithoutLease(claim.job(), job -> job.openCall(Style.FANCY, Instant.now())
                        .complete(Style.FANCY, "http://a/" + queued.jobId(), Instant.now())));
            }
            get(queue.remove(queued));
        }
    }

    private void expireHold() {
        String value = redis.get(entry);
        if (value != null) {
            redis.set(entry, value.replaceAll("\"heldUntil\":\\d+", "\"heldUntil\":1"),
                    SetParams.setParams().keepttl());
        }
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
