package com.kt.event.content.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.job.JobConfig;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Breaks each invariant, one at a time. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class CheckerTest extends CheckerSuite {
    @Test
    void findsNothingIfAllInvariantsHold() {
        assertThat(checker.check()).isEqualTo(new Report(4, 2, 10, List.of()));
    }

    @Test
    void findsNothingWhileTheBreakerIsOpen() {
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
            "EVERY_RECORD_IS_READABLE | SET content:breaker:second x EX 100",
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
                Duration.ofMinutes(1), Optional.empty());

        assertThat(checkerOfAShortQueue.check(NO_MOMENT).findings()).extracting(Finding::broken)
                .containsExactly(Invariant.THE_QUEUE_IS_NOT_TOO_LONG);
    }

    @Test
    void allowsTheProviderDefaultAPauseOfItsOwn() {
        Checker longer = new Checker(servers, queueReader, redis, json, withQueueOf(10_000), Duration.ofMinutes(1),
                Optional.of(Duration.ofMinutes(30)));
        redis("SET content:breaker {\"until\":1,\"length\":1800000,\"why\":\"503\"} EX 2700");

        assertThat(longer.check(NO_MOMENT).findings()).isEmpty();
        assertThat(checker.check(NO_MOMENT).findings()).extracting(Finding::broken)
                .containsExactly(Invariant.EVERY_RECORD_IS_READABLE);
    }

    @Test
    void readsTwiceBeforeItReportsAFinding() {
        redis("PERSIST job:{pending}");

        assertThat(checker.check(() -> redis("EXPIRE job:{pending} 100")).findings()).isEmpty();
    }

    @Test
    void reportsNothingThatIsBrokenOnlyLater() {
        redis("PERSIST job:{pending}");

        assertThat(checker.check(() -> {
            redis("EXPIRE job:{pending} 100");
            redis("PERSIST job:{failed}");
            redis("HDEL job:{pending} status");
        }).findings()).isEmpty();
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
}
