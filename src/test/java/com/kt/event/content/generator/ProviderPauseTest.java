package com.kt.event.content.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.generator.Pause.Phase;
import com.kt.event.content.generator.ProviderPause.Probe;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;

/** With a first pause of 200 ms and a longest one of 1 s. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class ProviderPauseTest {
    private static final String NO_PROBE = "";
    private static final Duration NOT_ASKED = Duration.ZERO;
    private static final Duration LEASE = Duration.ofSeconds(15);

    @Inject
    ProviderPause pause;

    @Inject
    RedisDataSource redis;

    @BeforeEach
    @AfterEach
    void empty() {
        redis.flushall();
    }

    @Test
    void isNoneUntilItBegins() {
        assertThat(get(pause.current())).isEqualTo(Pause.NONE);
        assertThat(get(pause.probe("a", LEASE))).isEqualTo(Probe.NEEDLESS);
    }

    @Test
    void runsForItsTimeAndIsThenToBeProven() {
        assertThat(begin(NOT_ASKED)).hasMillis(200);

        assertThat(get(pause.current()).phase()).isEqualTo(Phase.RUNNING);
        assertThat(get(pause.current()).left()).isBetween(Duration.ofMillis(1), Duration.ofMillis(200));
        assertThat(get(pause.probe("a", LEASE))).isEqualTo(Probe.REFUSED);
        await().until(() -> get(pause.current()).phase() == Phase.PROVING);
    }

    @Test
    void saysInRedisUntilWhenAndWhyAndNeverStaysThere() {
        begin(Duration.ofSeconds(30));

        assertThat(redis.value(String.class).get("content:breaker"))
                .containsPattern("\"until\":\\d{13}[,}]").contains("\"why\":\"because\"");
        assertThat(redis.key().pttl("content:breaker")).isBetween(385_000L, 390_000L);
    }

    @Test
    void runsAsLongAsTheProviderAsked() {
        assertThat(begin(Duration.ofSeconds(30))).hasSeconds(30);
    }

    @Test
    void beginsOnceHoweverManyWantIt() {
        begin(Duration.ofSeconds(30));

        assertThat(begin(NOT_ASKED)).isBetween(Duration.ofSeconds(-30), Duration.ofSeconds(-29));
        assertThat(begin(Duration.ofSeconds(20))).isNegative();
        assertThat(get(pause.current()).left()).isGreaterThan(Duration.ofSeconds(29));
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
        assertThat(get(pause.current())).isEqualTo(Pause.NONE);
    }

    @Test
    void growsWithEachProbeThatFailsUpToALimit() {
        over();
        for (int millis : new int[]{400, 800, 1_000, 1_000}) {
            get(pause.probe("a", LEASE));
            assertThat(get(pause.begin("again", NOT_ASKED, "a"))).hasMillis(millis);
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
        assertThat(get(pause.current()).phase()).isEqualTo(Phase.RUNNING);
    }

    private Duration begin(Duration asked) {
        return get(pause.begin("because", asked, NO_PROBE));
    }

    private void over() {
        begin(NOT_ASKED);
        await().until(() -> get(pause.current()).phase() == Phase.PROVING);
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(5));
    }
}
