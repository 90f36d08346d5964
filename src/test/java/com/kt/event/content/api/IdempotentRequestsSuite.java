package com.kt.event.content.api;

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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.kt.event.content.api.IdempotentRequests.Result;
import com.kt.event.content.embedded.EmbeddedRedis;
import com.kt.event.content.idempotency.IdempotencyStore;
import com.kt.event.content.job.Claim;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobId;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.JobManagers;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobRequest;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.job.ReusableImage;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.FaultyRedis;
import com.kt.event.content.redis.JsonCodec;
import com.kt.event.content.redis.RedisScripts;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/** The base of the tests of repeated requests. Redis is real; the client in front of it injects the failures. */
abstract class IdempotentRequestsSuite {
    static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null, Map.of());
    static final Duration CLIENT_TIMEOUT = Duration.ofMillis(300);
    static final Duration LIMIT = Duration.ofSeconds(20);

    static final JobConfig CONFIG = new SmallRyeConfigBuilder().addDiscoveredConverters()
            .withMapping(JobConfig.class).build()
            .getConfigMapping(JobConfig.class);

    static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private static EmbeddedRedis server;
    private static Vertx vertx;
    private static ScheduledExecutorService timer;
    static FaultyRedis faulty;
    static JobStore jobStore;
    static JobQueue queue;
    private static ReactiveRedisDataSource source;
    static Jedis redis;
    JobManager jobManager;
    IdempotentRequests requests;
    final String draft = "draft-" + UUID.randomUUID();
    final String key = UUID.randomUUID().toString();
    final String entry = "content:idempotency:" + key;
    final Set<String> paidJobs = new HashSet<>();

    /** The steps of accepting a request with a key, each with a word of its command. */
    enum Step {
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

        boolean isIn(String command) {
            return command.contains(word) && (this == QUEUE || !command.contains("XADD"));
        }
    }

    @BeforeAll
    static void start() {
        server = new EmbeddedRedis();
        vertx = Vertx.vertx();
        timer = Executors.newSingleThreadScheduledExecutor();
        URI uri = server.getHosts().iterator().next();
        faulty = new FaultyRedis(Redis.createClient(vertx.getDelegate(),
                new RedisOptions().setConnectionString(uri.toString()).setMaxPoolWaiting(1_000)));
        source = faulty.dataSource(vertx);
        jobStore = JobManagers.store(source, JSON, CONFIG);
        queue = JobManagers.queue(source, CONFIG);
        redis = new Jedis(uri);
        // So that a fault at a script hits its execution, not the question whether Redis knows it.
        FaultyRedis.scripts().forEach(script -> redis.scriptLoad(script.text()));
    }

    @AfterAll
    static void stop() {
        redis.close();
        vertx.closeAndAwait();
        timer.shutdownNow();
        server.stop();
    }

    @BeforeEach
    void begin() {
        redis.flushAll();
        get(queue.open());
        jobManager = JobManagers.create(source, JSON, CONFIG, timer, clientType());
        JsonCodec json = new JsonCodec(JSON);
        requests = new IdempotentRequests(new IdempotencyStore(source, new RedisScripts(source), json, timer),
                jobManager, json, CONFIG);
        // The first time, a batch with a script is sent command by command.
        get(jobManager.createJob(JobRequest.forced("first", RECOMMENDATION, EnumSet.of(Style.FANCY))));
        redis.flushAll();
        get(queue.open());
        redis.configResetStat();
    }

    RedisClientType clientType() {
        return RedisClientType.STANDALONE;
    }

    Uni<Result> regenerate() {
        Function<JobId, Uni<Job>> work = id -> jobManager.createJob(forcedFancy(), id);
        return requests.once(key, "regenerate", work);
    }

    JobRequest forcedFancy() {
        return JobRequest.forced(draft, RECOMMENDATION, EnumSet.of(Style.FANCY));
    }

    /** Two of its three images are there. */
    JobRequest fancyMissing() {
        return JobRequest.of(draft, RECOMMENDATION, EnumSet.allOf(Style.class),
                Map.of(Style.SIMPLE, new ReusableImage("http://a/simple.png", null, null), Style.TRENDY,
                        new ReusableImage("http://a/trendy.png", null, null)));
    }

    /** To a client that gives up some time after the fault, which on a busy machine may be long after the request. */
    static boolean isAccepted(Uni<Result> answer) {
        CompletableFuture<Result> response = answer.subscribeAsCompletionStage();
        await().atMost(LIMIT).until(() -> response.isDone() || faulty.hasFailed());
        try {
            response.get(CLIENT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            response.cancel(false);
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a worker would, so that no request can join the jobs any more. */
    void runQueuedJobs() {
        for (QueueEntry queued : get(queue.take(10, Duration.ofMillis(10)))) {
            Claim claim = get(jobStore.claim(queued.jobId(), "worker-" + UUID.randomUUID(), Duration.ofSeconds(30)));
            if (claim.outcome() == Claim.Outcome.WON && !claim.job().ended()) {
                paidJobs.add(queued.jobId());
                get(jobStore.updateWithoutLease(claim.job(), job -> job.openCall(Style.FANCY, Instant.now())
                        .complete(Style.FANCY, "http://a/" + queued.jobId(), Instant.now())));
            }
            get(queue.remove(List.of(queued)));
        }
    }

    void expireHold() {
        String value = redis.get(entry);
        if (value != null) {
            redis.set(entry, value.replaceAll("\"heldUntil\":\\d+", "\"heldUntil\":1"),
                    SetParams.setParams().keepttl());
        }
    }

    static <T> T get(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
