package com.kt.event.content.idempotency;

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
import com.kt.event.content.api.JobAccepted;
import com.kt.event.content.embedded.EmbeddedRedis;
import com.kt.event.content.idempotency.IdempotencyStore.Answer;
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

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/**
 * A request with a key that is repeated after any trouble at any step starts one job. Redis is a real one, and what
 * stands between it and the service is not.
 */
class IdempotencyStoreTest {
    private static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null, Map.of());
    private static final Duration PATIENCE = Duration.ofMillis(300);
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
    private static IdempotencyStore store;
    private static Jedis redis;

    private final String draft = "draft-" + UUID.randomUUID();
    private final String key = UUID.randomUUID().toString();
    private final String entry = "content:idempotency:" + key;
    private final Set<String> paidJobs = new HashSet<>();

    /** What Redis is told to do while it accepts a request with a key, by a word of the command. */
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
        store = new IdempotencyStore(source, jobManager, JSON, CONFIG, TIMER);
        redis = new Jedis(uri);
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

    static Stream<List<Object>> troubles() {
        return Stream.of(Step.values())
                .flatMap(step -> Stream.of(Fault.values()).map(fault -> List.<Object>of(step, fault)));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void startsOneJobWhateverGoesWrongAtTheFirstAttempt(List<Object> trouble) {
        faulty.failAt(((Step) trouble.get(0))::isIn, (Fault) trouble.get(1));
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> isAccepted(regenerate()));
        await().atMost(LIMIT).until(faulty::hasFailed);
        drawWhatIsQueued();
        boolean isHeard = first.join();
        drawWhatIsQueued();

        Answer second = get(regenerate());
        faulty.sendLate();
        drawWhatIsQueued();

        assertThat(paidJobs).containsExactly(second.job().jobId());
        assertThat(second.replayed() || !isHeard).as("what was heard is replayed").isTrue();
        Answer third = get(regenerate());
        assertThat(third.replayed()).isTrue();
        assertThat(third.job().jobId()).isEqualTo(second.job().jobId());
        assertThat(redis.xlen("content:jobs")).isZero();
        assertThat(redis.ttl(entry)).isBetween(86_000L, 86_400L);
    }

    /** A job that has some of its images from the start is PROCESSING before it is accepted. */
    @ParameterizedTest
    @MethodSource("troubles")
    void answersWithAJobThatLivesThoughNoWorkerTakesIt(List<Object> trouble) {
        Function<JobId, Uni<Job>> work = id -> jobManager.createJob(fancyMissing(), id);
        faulty.failAt(((Step) trouble.get(0))::isIn, (Fault) trouble.get(1));
        isAccepted(store.once(key, "generate", work));
        assertThat(faulty.hasFailed()).isTrue();

        Answer second = get(store.once(key, "generate", work));
        faulty.sendLate();

        assertThat(redis.ttl("job:" + second.job().jobId())).isGreaterThan(3_500L);
        drawWhatIsQueued();
        assertThat(paidJobs).containsExactly(second.job().jobId());
    }

    /** Nobody was told of the job, and the next request for the draft must not find it half-way either. */
    @Test
    void removesAJobThatHadSomeOfItsImagesWhereItIsNotAccepted() {
        faulty.failAt(Step.QUEUE::isIn, Fault.OUT_OF_MEMORY);

        assertThat(isAccepted(jobManager.createJob(fancyMissing()).map(job -> new Answer(JobAccepted.of(job), false))))
                .isFalse();

        assertThat(redis.keys("job:*")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void startsOneJobWhenTheInstanceDiesAfterAStep(Step step) {
        faulty.failAt(step::isIn, Fault.ANSWER_LOST);
        // What is cancelled tidies up; what is killed does not, and is not waited for.
        CompletableFuture<Answer> killed = regenerate().subscribeAsCompletionStage();
        await().atMost(LIMIT).until(faulty::hasFailed);
        drawWhatIsQueued();
        assertThat(killed).isNotDone();
        expireHold();

        Answer second = get(regenerate());
        drawWhatIsQueued();

        assertThat(paidJobs).containsExactly(second.job().jobId());
        assertThat(get(regenerate()).job()).isEqualTo(second.job());
    }

    static Stream<List<Object>> troublesOfWhoJoinsAJob() {
        return Stream.of(":job ", " pttl ", " hgetall ")
                .flatMap(word -> Stream.of(Fault.values()).map(fault -> List.<Object>of(word, fault)));
    }

    /** The record that the first attempt left must not become a second job beside the one that makes the same. */
    @ParameterizedTest
    @MethodSource("troublesOfWhoJoinsAJob")
    void joinsARunningJobWhateverGoesWrongAtTheFirstAttempt(List<Object> trouble) {
        Job running = get(jobManager.createJob(fancyAnew()));
        faulty.failAt(command -> command.contains((String) trouble.get(0)), (Fault) trouble.get(1));
        isAccepted(regenerate());
        assertThat(faulty.hasFailed()).isTrue();

        assertThat(get(regenerate()).job().jobId()).isEqualTo(running.id());
        faulty.sendLate();
        drawWhatIsQueued();
        assertThat(paidJobs).containsExactly(running.id());
    }

    @ParameterizedTest
    @EnumSource(names = {"LIVE_JOB", "QUEUE"})
    void paysNothingForImagesThatCameBetweenTwoAttempts(Step step) {
        faulty.failAt(step::isIn, Fault.ANSWER_LOST);
        // Killed, so that nobody tidies up.
        JobRequest missing = JobRequest.of(draft, RECOMMENDATION, EnumSet.of(Style.FANCY), Map.of());
        store.once(key, "generate", id -> jobManager.createJob(missing, id)).subscribeAsCompletionStage();
        await().atMost(LIMIT).until(faulty::hasFailed);
        expireHold();

        JobRequest finished = JobRequest.of(draft, RECOMMENDATION, EnumSet.of(Style.FANCY),
                Map.of(Style.FANCY, "http://a/fancy.png"));
        Answer second = get(store.once(key, "generate", id -> jobManager.createJob(finished, id)));
        drawWhatIsQueued();

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

        Answer second = get(store.once(key, "regenerate", id -> Uni.createFrom()
                .failure(new RecommendationNotSelectedException(draft))));
        drawWhatIsQueued();

        assertThat(paidJobs).containsExactly(second.job().jobId());
    }

    @Test
    void waitsForAnAttemptThatIsUnderWay() {
        faulty.failAt(Step.QUEUE::isIn, Fault.LATE);
        CompletableFuture<Answer> first = regenerate().subscribeAsCompletionStage();
        await().atMost(LIMIT).until(faulty::hasFailed);

        assertThat(isAccepted(regenerate())).isFalse();
        assertThat(first).isNotDone();
        assertThat(redis.xlen("content:jobs")).isZero();
    }

    @Test
    void startsOneJobForManyAttemptsAtOnce() {
        List<CompletableFuture<Answer>> answers = Stream.generate(() -> regenerate().subscribeAsCompletionStage())
                .limit(50).toList();

        assertThat(answers).extracting(CompletableFuture::join).extracting(answer -> answer.job().jobId())
                .containsOnly(answers.get(0).join().job().jobId());
        drawWhatIsQueued();
        assertThat(paidJobs).hasSize(1);
    }

    @Test
    void forgetsAKeyWhoseFirstAttemptBeganNothing() {
        assertThatThrownBy(() -> get(store.once(key, "regenerate another", id -> Uni.createFrom()
                .failure(new RecommendationNotSelectedException(draft)))))
                .isInstanceOf(RecommendationNotSelectedException.class);

        assertThat(redis.exists(entry)).isFalse();
        assertThat(get(regenerate()).replayed()).isFalse();
    }

    /** The first attempt may have been heard by Redis when the key was forgotten by a second. */
    @Test
    void keepsAKeyWhoseFirstAttemptEndedInDoubt() {
        faulty.failAt(Step.RECORD::isIn, Fault.LATE);
        assertThat(isAccepted(regenerate())).isFalse();

        assertThatThrownBy(() -> get(store.once(key, "regenerate", id -> Uni.createFrom()
                .failure(new RecommendationNotSelectedException(draft)))))
                .isInstanceOf(RecommendationNotSelectedException.class);

        assertThat(redis.exists(entry)).isTrue();
    }

    @Test
    void doesNotGuessWhatBecameOfAJobThatHasExpired() {
        // As if the answer had not been written, and an hour had gone by.
        redis.set(entry, "{\"request\":\"regenerate\",\"jobId\":\"" + UUID.randomUUID() + "\",\"startedAt\":"
                + (System.currentTimeMillis() - 3_700_000) + "}", SetParams.setParams().px(80_000_000));

        assertThatThrownBy(() -> get(regenerate())).isInstanceOf(LostAnswerException.class);
        assertThat(redis.xlen("content:jobs")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "null", "[]", "{}", "5", "{\"request\":5}", "{\"request\":\"regenerate\"}",
            "{\"request\":\"regenerate\",\"answer\":{}}", "{\"request\":\"regenerate\",\"answer\":[1]}",
            "{\"request\":\"regenerate\",\"answer\":{\"jobId\":\"a\",\"status\":\"NONE\",\"message\":\"\"}}"})
    void neverPaysForAKeyWhoseEntryCannotBeRead(String value) {
        redis.psetex(entry, 80_000_000, value);

        assertThatThrownBy(() -> get(regenerate())).isInstanceOf(LostAnswerException.class);
        assertThat(redis.get(entry)).isEqualTo(value);
        assertThat(redis.xlen("content:jobs")).isZero();
    }

    @Test
    void neverPaysForAKeyWhoseEntryIsOfAnotherType() {
        redis.rpush(entry, "x");

        assertThatThrownBy(() -> get(regenerate())).isInstanceOf(LostAnswerException.class);
    }

    @Test
    void leavesNothingWhenItIsWarmedUp() {
        Set<String> before = redis.keys("*");

        get(store.warmUp());
        get(jobManager.warmUp(JobRequest.of(draft, RECOMMENDATION, EnumSet.allOf(Style.class), Map.of())));

        assertThat(redis.keys("*")).isEqualTo(before);
        assertThat(redis.info("commandstats")).contains("cmdstat_eval:calls=4,", "cmdstat_pexpire:calls=1,");
    }

    private Uni<Answer> regenerate() {
        Function<JobId, Uni<Job>> work = id -> jobManager.createJob(fancyAnew(), id);
        return store.once(key, "regenerate", work);
    }

    private JobRequest fancyAnew() {
        return JobRequest.forced(draft, RECOMMENDATION, EnumSet.of(Style.FANCY));
    }

    /** Two of its three images are there. */
    private JobRequest fancyMissing() {
        return JobRequest.of(draft, RECOMMENDATION, EnumSet.allOf(Style.class),
                Map.of(Style.SIMPLE, "http://a/simple.png", Style.TRENDY, "http://a/trendy.png"));
    }

    /** To a caller who does not wait for ever. */
    private static boolean isAccepted(Uni<Answer> answer) {
        return answer.map(accepted -> true).ifNoItem().after(PATIENCE).recoverWithItem(false)
                .onFailure().recoverWithItem(false).await().atMost(LIMIT);
    }

    /** As a worker does, so that nobody can join the jobs any more. */
    private void drawWhatIsQueued() {
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
