package com.kt.event.content.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.breaker.BreakerState.Phase;
import com.kt.event.content.breaker.BreakerStore.Begun;
import com.kt.event.content.breaker.BreakerStore.Probe;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;

/** With a first pause of 200 ms and a longest one of 1 s. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class BreakerStoreTest {
    private static final String NO_PROBE = "";
    private static final Duration NOT_ASKED = Duration.ZERO;
    private static final Duration LEASE = Duration.ofMinutes(2);

    @Inject
    BreakerStore pause;

    @Inject
    RedisDataSource redis;

    @BeforeEach
    @AfterEach
    void empty() {
        redis.flushall();
    }

    @Test
    void isNoneUntilItBegins() {
        assertThat(get(pause.current())).isEqualTo(BreakerState.NONE);
        assertThat(get(pause.probe("a", LEASE))).isEqualTo(Probe.NEEDLESS);
    }

    @Test
    void runsForItsTimeAndIsThenToBeProven() {
        assertThat(begin(NOT_ASKED)).hasMillis(200);

        await().until(() -> get(pause.current()).phase() == Phase.PROVING);
    }

    @Test
    void isProvenByNobodyWhileItRuns() {
        begin(Duration.ofMinutes(5));

        assertThat(get(pause.current()).phase()).isEqualTo(Phase.RUNNING);
        assertThat(get(pause.current()).left()).isBetween(Duration.ofMillis(1), Duration.ofMinutes(5));
        assertThat(get(pause.probe("a", LEASE))).isEqualTo(Probe.REFUSED);
    }

    @Test
    void saysInRedisUntilWhenAndWhyAndNeverStaysThere() {
        begin(Duration.ofSeconds(30));

        assertThat(redis.value(String.class).get("content:breaker"))
                .containsPattern("\"until\":\\d{13}[,}]").contains("\"why\":\"because\"");
        assertThat(redis.key().pttl("content:breaker")).isBetween(360_001L, 390_000L);
    }

    @Test
    void runsAsLongAsTheProviderAsked() {
        assertThat(begin(Duration.ofSeconds(30))).hasSeconds(30);
    }

    @Test
    void beginsOnceHoweverManyWantIt() {
        begin(Duration.ofMinutes(5));

        assertThat(begin(NOT_ASKED)).isBetween(Duration.ofMinutes(-5), Duration.ofMinutes(-4));
        assertThat(begin(Duration.ofSeconds(20))).isNegative();
        assertThat(get(pause.current()).left()).isGreaterThan(Duration.ofMinutes(4));
    }

    @Test
    void becomesLongerWhereTheProviderAsksForMore() {
        begin(NOT_ASKED);

        assertThat(begin(Duration.ofSeconds(30))).hasSeconds(30);
    }

    @Test
    void letsOneProbeGoFirst() {
        over();

        assertThat(get(pause.probe("a", LEASE))).isEqualTo(Probe.GRANTED);
        assertThat(get(pause.probe("b", LEASE))).isEqualTo(Probe.REFUSED);
        assertThat(get(pause.probe("a", LEASE))).as("a sign of life").isEqualTo(Probe.GRANTED);
        assertThat(redis.key().pttl("content:breaker")).isPositive();
    }

    @Test
    void letsAnotherProbeWhereTheFirstFellSilent() {
        over();
        get(pause.probe("a", Duration.ofMillis(1)));

        await().until(() -> get(pause.probe("b", LEASE)) == Probe.GRANTED);
        assertThat(get(pause.end("a"))).as("the silent one's word counts no more").isFalse();
        assertThat(get(pause.current()).phase()).isEqualTo(Phase.PROVING);
    }

    @Test
    void letsAnotherProbeWhereTheFirstWasGivenUp() {
        over();
        get(pause.probe("a", LEASE));

        get(pause.letGo("b"));
        assertThat(get(pause.probe("b", LEASE))).isEqualTo(Probe.REFUSED);
        get(pause.letGo("a"));
        assertThat(get(pause.probe("b", LEASE))).isEqualTo(Probe.GRANTED);
    }

    @Test
    void isOverWhenTheProbeIsAnswered() {
        over();
        get(pause.probe("a", LEASE));

        assertThat(get(pause.end("b"))).isFalse();
        assertThat(get(pause.end("a"))).isTrue();
        assertThat(get(pause.current())).isEqualTo(BreakerState.NONE);
    }

    @Test
    void growsWithEachProbeThatFailsUpToALimit() {
        over();
        for (int millis : new int[]{400, 800, 1_000, 1_000}) {
            get(pause.probe("a", LEASE));
            assertThat(get(pause.begin("again", NOT_ASKED, "a", null)).length()).hasMillis(millis);
            await().until(() -> get(pause.current()).phase() == Phase.PROVING);
        }
    }

    @Test
    void leavesItToTheProbeWhatALateFailureMeans() {
        over();
        get(pause.probe("a", LEASE));

        assertThat(begin(NOT_ASKED)).isZero();
        assertThat(get(pause.end("a"))).isTrue();
    }

    @Test
    void beginsAnewWhereAnybodyFailsAndNobodyProbes() {
        over();

        assertThat(begin(NOT_ASKED)).hasMillis(200);
    }

    @Test
    void keepsTheTimeThatTheProviderNamesWhileAProbeIsOut() {
        over();
        get(pause.probe("a", LEASE));

        assertThat(begin(Duration.ofSeconds(30))).hasSeconds(30);
        assertThat(get(pause.end("a"))).as("the probe went out before").isFalse();
        assertThat(get(pause.current()).left()).isGreaterThan(Duration.ofSeconds(29));
    }

    @Test
    void neverBecomesShorter() {
        begin(Duration.ofSeconds(30));

        assertThat(operator(OperatorFault.KEY).length()).isGreaterThan(Duration.ofSeconds(29));
    }

    // --- what an operator has to mend

    @Test
    void isAsLongAsCanBeWhileAnOperatorIsNeededAndSaysSoOnce() {
        Begun first = operator(OperatorFault.KEY);

        assertThat(first.length()).hasSeconds(1);
        assertThat(first.isNews()).isTrue();
        assertThat(get(pause.current()).fault()).isEqualTo(OperatorFault.KEY);
        assertThat(operator(OperatorFault.KEY).length()).as("runs already").isNegative();
        for (int i = 0; i < 3; i++) {
            await().until(() -> get(pause.current()).phase() == Phase.PROVING);
            assertThat(get(pause.current()).fault()).isEqualTo(OperatorFault.KEY);
            get(pause.probe("a", LEASE));
            Begun again = get(pause.begin("401", NOT_ASKED, "a", OperatorFault.KEY));
            assertThat(again.length()).hasSeconds(1);
            assertThat(again.isNews()).isFalse();
        }
    }

    @Test
    void saysAnotherFaultOfAnOperatorAndTheSameAnHourLater() {
        operator(OperatorFault.KEY);
        assertThat(operator(OperatorFault.MONEY).isNews()).isTrue();
        assertThat(operator(OperatorFault.MONEY).isNews()).isFalse();

        String anHourAgo = redis.value(String.class).get("content:breaker")
                .replaceFirst("\"saidAt\":\\d+", "\"saidAt\":" + (System.currentTimeMillis() - 3_601_000));
        redis.value(String.class).psetex("content:breaker", 300_000, anHourAgo);
        await().until(() -> get(pause.current()).phase() == Phase.PROVING);
        assertThat(operator(OperatorFault.MONEY).isNews()).isTrue();
    }

    @Test
    void isNoOperatorsPauseAnyMoreWhereTheProbeMeetsSomethingElse() {
        operator(OperatorFault.KEY);
        await().until(() -> get(pause.current()).phase() == Phase.PROVING);
        get(pause.probe("a", LEASE));
        get(pause.begin("503", NOT_ASKED, "a", null));

        assertThat(get(pause.current()).fault()).isNull();
    }

    // --- what cannot be read as a pause

    /** The second is how long it lives (ms): -1 for ever. Minus signs and exponents are as JSON has them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            value = {"x | 300000", "`` | 300000", "{} | 300000", "[] | 300000",
                    "7 | 300000", "true | 300000", "null | 300000", "\"text\" | 300000", "{\"until\":1 | 300000",
                    "{\"until\":1e300,\"length\":1} | 300000", "{\"until\":1e300,\"length\":1} | -1",
                    "{\"until\":NOW,\"length\":1} | -1", "{\"until\":NOW,\"length\":1} | 999999999",
                    "{\"until\":\"NOW\",\"length\":1} | 300000", "{\"until\":null,\"length\":1} | 300000",
                    "{\"until\":NaN,\"length\":1} | 300000", "{\"until\":-1,\"length\":1} | 300000",
                    "{\"until\":NOW} | 300000", "{\"until\":NOW,\"length\":0} | 300000",
                    "{\"until\":NOW,\"length\":-5} | 300000", "{\"until\":NOW,\"length\":1e300} | 300000",
                    "{\"until\":NOW,\"length\":\"1\"} | 300000", "{\"until\":NOW,\"length\":[]} | 300000",
                    "{\"until\":NOW,\"length\":1,\"probe\":7,\"probeUntil\":1} | 300000",
                    "{\"until\":NOW,\"length\":1,\"probe\":\"a\"} | 300000",
                    "{\"until\":NOW,\"length\":1,\"probe\":\"a\",\"probeUntil\":1e300} | 300000",
                    "{\"until\":NOW,\"length\":1,\"probe\":\"a\",\"probeUntil\":{}} | 300000",
                    "[[[[{\"until\":NOW}]]]] | 300000", "\u0000\u0001 | 300000"})
    void isNoneWhereItCannotBeRead(String value, long life) {
        Runnable write = () -> {
            String text = value.replace("NOW", Long.toString(System.currentTimeMillis() + 60_000));
            redis.value(String.class).set("content:breaker", text);
            if (life > 0) {
                redis.key().pexpire("content:breaker", life);
            }
        };

        isNoneThough(write);
    }

    @Test
    void isNoneWhereTheKeyHoldsSomethingElse() {
        isNoneThough(() -> redis.list(String.class).lpush("content:breaker", "x"));
        isNoneThough(() -> redis.hash(String.class).hset("content:breaker", "until", "1"));
        isNoneThough(() -> redis.set(String.class).sadd("content:breaker", "x"));
        isNoneThough(() -> redis.value(String.class).setex("content:breaker", 300, "9".repeat(100_000)));
        isNoneThough(() -> redis.value(String.class).setex("content:breaker", 300, "[".repeat(50_000)));
    }

    private void isNoneThough(Runnable write) {
        write.run();
        assertThat(get(pause.current())).isEqualTo(BreakerState.NONE);
        assertThat(redis.key().exists("content:breaker")).as("deleted").isFalse();
        write.run();
        assertThat(get(pause.probe("a", LEASE))).isEqualTo(Probe.NEEDLESS);
        write.run();
        assertThat(get(pause.end("a"))).isFalse();
        write.run();
        get(pause.letGo("a"));
        write.run();
        assertThat(begin(NOT_ASKED)).hasMillis(200);
        redis.flushall();
    }

    @Test
    void readsWhatAnOlderAndANewerVersionWrite() {
        long until = System.currentTimeMillis() + 60_000;
        redis.value(String.class).psetex("content:breaker", 420_000,
                "{\"until\":" + until + ",\"length\":60000,\"why\":\"old\"}");
        assertThat(get(pause.current()).phase()).isEqualTo(Phase.RUNNING);

        redis.value(String.class).psetex("content:breaker", 360_000, "{\"until\":" + (until - 61_000)
                + ",\"length\":60000,\"fault\":\"WEATHER\",\"probe\":null,\"more\":{\"a\":[1]},\"until2\":1e300}");
        assertThat(get(pause.current())).isEqualTo(BreakerState.proving(null));
        assertThat(get(pause.probe("a", LEASE))).isEqualTo(Probe.GRANTED);
        assertThat(redis.value(String.class).get("content:breaker")).as("kept").contains("WEATHER", "more");
    }

    private Begun operator(OperatorFault fault) {
        return get(pause.begin("401", NOT_ASKED, NO_PROBE, fault));
    }

    private Duration begin(Duration asked) {
        return get(pause.begin("because", asked, NO_PROBE, null)).length();
    }

    private void over() {
        begin(NOT_ASKED);
        await().until(() -> get(pause.current()).phase() == Phase.PROVING);
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
