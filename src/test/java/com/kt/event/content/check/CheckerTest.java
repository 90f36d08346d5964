package com.kt.event.content.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.gallery.Gallery;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobRequest;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;

/** Breaks what must hold, one thing after the other, in a Redis in which there is a job in every state. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class CheckerTest {
    private static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null, Map.of());
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Runnable NO_MOMENT = () -> {
    };

    @Inject
    Checker checker;

    @Inject
    RedisServers servers;

    @Inject
    QueueReader queueReader;

    @Inject
    ObjectMapper json;

    @Inject
    JobConfig config;

    @Inject
    JobManager jobManager;

    @Inject
    JobStore jobStore;

    @Inject
    JobQueue queue;

    @Inject
    Gallery gallery;

    @Inject
    RedisDataSource redis;

    private String completed;
    private String failed;
    private String processing;
    private String processingEntry;
    private String pending;

    @BeforeEach
    void aJobInEveryState() {
        redis.flushall();
        get(queue.open());
        completed = finish(begin(accept()), true);
        failed = finish(begin(accept()), false);
        QueueEntry taken = begin(accept());
        processing = taken.jobId();
        processingEntry = taken.id();
        pending = accept();
        get(gallery.publish("draft", Style.SIMPLE, URI.create("http://a/simple.png"), completed, Instant.now(),
                RECOMMENDATION));
    }

    @Test
    void findsNothingWhereAllIsWell() {
        assertThat(checker.check()).isEqualTo(new Report(4, 2, 10, List.of()));
    }

    @Test
    void findsNothingWhileTheProviderHasAPause() {
        redis("SET content:breaker {\"until\":1,\"length\":1000,\"why\":\"503\"} EX 100");

        assertThat(checker.check().findings()).isEmpty();
    }

    @Test
    void findsNothingInAnEmptyRedis() {
        redis.flushall();

        assertThat(checker.check()).isEqualTo(new Report(0, 0, 0, List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "EVERY_KEY_EXPIRES | PERSIST job:{pending}",
            "EVERY_KEY_EXPIRES | PERSIST job:{failed}",
            "EVERY_KEY_EXPIRES | PERSIST content:image:draft",
            "EVERY_KEY_EXPIRES | SET content:breaker open",
            "EVERY_RECORD_IS_READABLE | HDEL job:{pending} recommendation",
            "EVERY_RECORD_IS_READABLE | SET job:text nonsense EX 100",
            "EVERY_RECORD_IS_READABLE | SET content:breaker x EX 100",
            "EVERY_RECORD_IS_READABLE | SET content:breaker {} EX 100",
            "EVERY_RECORD_IS_READABLE | SET content:breaker {\"until\":1,\"length\":1,\"probe\":7} EX 100",
            "EVERY_RECORD_IS_READABLE | SET content:breaker {\"until\":1e300,\"length\":1} EX 100",
            "EVERY_RECORD_IS_READABLE | SET content:breaker {\"until\":1,\"length\":1} EX 100000",
            "EVERY_OPEN_JOB_IS_QUEUED | XTRIM content:jobs MAXLEN 0",
            "EVERY_JOB_ENDS_IN_TIME | HSET job:{processing} createdAt 2026-01-01T00:00:00Z",
            "NO_ENDED_JOB_IS_LEASED | HSET job:{failed} owner dead leaseUntil 1",
            "NO_ENDED_JOB_HAS_AN_OPEN_CALL"
                    + "| HSET job:{failed} simple {\"status\":\"FAILED\",\"error\":\"IMAGE_API_ERROR\",\"calls\":{\"openSince\":\"now\"}}",
            "EVERY_STATUS_FOLLOWS_FROM_THE_STYLES | HSET job:{completed} status FAILED",
            "EVERY_ENDED_STYLE_SAYS_HOW | HSET job:{completed} simple {\"status\":\"COMPLETED\"}",
            "EVERY_RECORD_IS_READABLE | XADD content:jobs * job {failed} createdAt yesterday",
            "THE_QUEUE_IS_A_STREAM_THAT_STAYS | EXPIRE content:jobs 100",
            "EVERY_ENTRY_HAS_A_JOB | DEL job:{pending}",
            "EVERY_ENTRY_HAS_A_JOB | XADD content:jobs * job nobody createdAt 1",
            "EVERY_ENTRY_HAS_A_JOB | XADD content:jobs * wrong {pending} createdAt 1",
            "NO_JOB_IS_QUEUED_TWICE | XADD content:jobs * job {pending} createdAt 1",
            "EVERY_ENTRY_IS_WAITING_OR_TAKEN | XACK content:jobs workers {processingEntry}",
            "EVERY_TAKEN_ENTRY_EXISTS | XDEL content:jobs {processingEntry}"})
    void findsWhatIsBroken(Invariant broken, String command) {
        redis(command);

        assertThat(checker.check(NO_MOMENT).findings()).extracting(Finding::broken).contains(broken)
                .allMatch(other -> other == broken || command.startsWith("XTRIM"));
    }

    @Test
    void findsThatTheQueueIsSomethingElse() {
        redis.flushall();
        redis("SET content:jobs text");

        assertThat(checker.check(NO_MOMENT).findings()).extracting(Finding::broken)
                .containsExactly(Invariant.THE_QUEUE_IS_A_STREAM_THAT_STAYS);
    }

    @Test
    void findsThatTheQueueIsTooLong() {
        Checker checkerOfAShortQueue = new Checker(servers, queueReader, redis, json, withQueueOf(1),
                Duration.ofMinutes(1));

        assertThat(checkerOfAShortQueue.check(NO_MOMENT).findings()).extracting(Finding::broken)
                .containsExactly(Invariant.THE_QUEUE_IS_NOT_TOO_LONG);
    }

    @Test
    void leavesAJobToTheWorkerThatIsAtIt() {
        redis("XACK content:jobs workers {processingEntry}");
        redis("XDEL content:jobs {processingEntry}");

        assertThat(checker.check(NO_MOMENT).findings()).isEmpty();
    }

    @Test
    void findsAJobWhoseWorkerIsGoneAndWhoseEntryIsToo() {
        redis("XACK content:jobs workers {processingEntry}");
        redis("XDEL content:jobs {processingEntry}");
        redis("HSET job:{processing} leaseUntil 1");

        assertThat(checker.check(NO_MOMENT).findings()).singleElement()
                .returns(Invariant.EVERY_OPEN_JOB_IS_QUEUED, Finding::broken)
                .returns("job:" + processing, Finding::where);
    }

    @Test
    void leavesAJobToTheQueueWhenItsWorkerIsGone() {
        redis("HDEL job:{processing} owner leaseUntil");

        assertThat(checker.check(NO_MOMENT).findings()).isEmpty();
    }

    @Test
    void leavesAJobAloneThatIsNotAcceptedYet() {
        redis("XTRIM content:jobs MAXLEN 0");
        redis("HDEL job:{processing} owner leaseUntil");
        redis("PEXPIRE job:{pending} 9000");

        assertThat(checker.check(NO_MOMENT).findings()).filteredOn(it -> it.where().startsWith("job:")).singleElement()
                .returns("job:" + processing, Finding::where);
    }

    @Test
    void looksTwiceBeforeItSaysAnything() {
        redis("PERSIST job:{pending}");

        assertThat(checker.check(() -> redis("EXPIRE job:{pending} 100")).findings()).isEmpty();
    }

    @Test
    void takesNothingThatIsBrokenLaterForTheSame() {
        redis("PERSIST job:{pending}");

        assertThat(checker.check(() -> {
            redis("EXPIRE job:{pending} 100");
            redis("PERSIST job:{failed}");
            redis("HDEL job:{pending} status");
        }).findings()).isEmpty();
    }

    @Test
    void seesMoreThanOneStep() {
        acceptMany();
        get(queue.take(150, Duration.ofMillis(10)));

        assertThat(checker.check()).isEqualTo(new Report(204, 202, 410, List.of()));
    }

    @Test
    void findsNothingWhileWorkersAreBusy() {
        acceptMany();
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                accept();
                finish(begin(accept()), true);
            }
        });
        try {
            assertThat(checker.check().findings()).isEmpty();
            assertThat(busy).isNotDone();
        } finally {
            enough.set(true);
            busy.join();
        }
    }

    private void acceptMany() {
        for (int i = 0; i < 2 * Checker.STEP; i++) {
            accept();
        }
    }

    private String accept() {
        return get(jobManager.createJob(JobRequest.of("draft-" + UUID.randomUUID(), RECOMMENDATION,
                EnumSet.allOf(Style.class), Map.of()))).id();
    }

    /** The next one that waits, which need not be the one that was just accepted. */
    private QueueEntry begin(String accepted) {
        QueueEntry entry = get(queue.take(1, Duration.ofMillis(10))).get(0);
        Job job = get(jobStore.claim(entry.jobId(), "worker", LEASE)).job();
        get(jobStore.update(job, "worker", it -> callAll(it)));
        return entry;
    }

    private static Job callAll(Job job) {
        for (Style style : Style.values()) {
            job = job.openCall(style, Instant.now());
        }
        return job;
    }

    private String finish(QueueEntry entry, boolean wellDone) {
        for (Style style : Style.values()) {
            Job job = get(jobManager.find(entry.jobId())).orElseThrow();
            get(jobStore.update(job, "worker", it -> wellDone
                    ? it.complete(style, "http://a/" + style.key(), Instant.now())
                    : it.fail(style, StyleError.IMAGE_API_ERROR, Instant.now())));
        }
        get(queue.remove(entry));
        return entry.jobId();
    }

    private void redis(String command) {
        String[] words = command.replace("{pending}", pending).replace("{processing}", processing)
                .replace("{processingEntry}", processingEntry).replace("{completed}", completed)
                .replace("{failed}", failed).split(" ");
        redis.execute(words[0], List.of(words).subList(1, words.length).toArray(String[]::new));
    }

    private JobConfig withQueueOf(int length) {
        return new JobConfig() {
            @Override
            public Record job() {
                return config.job();
            }

            @Override
            public Queue queue() {
                return () -> length;
            }
        };
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
