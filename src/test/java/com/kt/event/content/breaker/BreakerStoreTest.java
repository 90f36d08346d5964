package com.kt.event.content.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.breaker.BreakerState.Status;
import com.kt.event.content.breaker.BreakerStore.OpenOutcome;
import com.kt.event.content.breaker.BreakerStore.Opening;
import com.kt.event.content.breaker.BreakerStore.ProbeReply;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Opening, probing and closing. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class BreakerStoreTest extends BreakerStoreSuite {
    @Test
    void isClosedUntilItOpens() {
        assertThat(get(store.read())).isEqualTo(BreakerState.CLOSED);
        assertThat(get(store.probe("a", LEASE))).isEqualTo(ProbeReply.CLOSED);
    }

    @Test
    void isHalfOpenWhenThePauseIsOver() {
        assertThat(open(NO_RETRY_AFTER).remaining()).hasMillis(200);

        await().until(() -> get(store.read()).status() == Status.HALF_OPEN);
    }

    @Test
    void letsNobodyProbeWhileItIsOpen() {
        open(Duration.ofMinutes(5));

        assertThat(get(store.read()).status()).isEqualTo(Status.OPEN);
        assertThat(get(store.read()).remaining()).isBetween(Duration.ofMillis(1), Duration.ofMinutes(5));
        assertThat(get(store.probe("a", LEASE))).isEqualTo(ProbeReply.REFUSED);
    }

    @Test
    void storesUntilWhenAndWhyAndExpires() {
        open(Duration.ofSeconds(30));

        assertThat(redis.value(String.class).get("content:breaker"))
                .containsPattern("\"until\":\\d{13}[,}]").contains("\"why\":\"because\"");
        assertThat(redis.key().pttl("content:breaker")).isBetween(360_001L, 390_000L);
    }

    @Test
    void staysOpenForAsLongAsTheProviderAsks() {
        assertThat(open(Duration.ofSeconds(30)).remaining()).hasSeconds(30);
    }

    @Test
    void opensOnceForManyFailures() {
        open(Duration.ofMinutes(5));

        Opening second = open(NO_RETRY_AFTER);
        assertThat(second.outcome()).isEqualTo(OpenOutcome.ALREADY_OPEN);
        assertThat(second.remaining()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(open(Duration.ofSeconds(20)).outcome()).isEqualTo(OpenOutcome.ALREADY_OPEN);
        assertThat(get(store.read()).remaining()).isGreaterThan(Duration.ofMinutes(4));
    }

    @Test
    void staysOpenForLongerWhenTheProviderAsksForMore() {
        open(NO_RETRY_AFTER);

        assertThat(open(Duration.ofSeconds(30)).remaining()).hasSeconds(30);
    }

    @Test
    void letsASingleCallProbe() {
        halfOpen();

        assertThat(get(store.probe("a", LEASE))).isEqualTo(ProbeReply.GRANTED);
        assertThat(get(store.probe("b", LEASE))).isEqualTo(ProbeReply.REFUSED);
        assertThat(get(store.probe("a", LEASE))).as("renewed").isEqualTo(ProbeReply.GRANTED);
        assertThat(redis.key().pttl("content:breaker")).isPositive();
    }

    @Test
    void letsAnotherCallProbeWhenTheLeaseOfTheFirstLapsed() {
        halfOpen();
        get(store.probe("a", Duration.ofMillis(1)));

        await().until(() -> get(store.probe("b", LEASE)) == ProbeReply.GRANTED);
        assertThat(get(store.close("a"))).as("the first is no longer the probe").isFalse();
        assertThat(get(store.read()).status()).isEqualTo(Status.HALF_OPEN);
    }

    @Test
    void letsAnotherCallProbeWhenTheFirstWasReleased() {
        halfOpen();
        get(store.probe("a", LEASE));

        get(store.release("b"));
        assertThat(get(store.probe("b", LEASE))).isEqualTo(ProbeReply.REFUSED);
        get(store.release("a"));
        assertThat(get(store.probe("b", LEASE))).isEqualTo(ProbeReply.GRANTED);
    }

    @Test
    void closesWhenTheProbeSucceeds() {
        halfOpen();
        get(store.probe("a", LEASE));

        assertThat(get(store.close("b"))).isFalse();
        assertThat(get(store.close("a"))).isTrue();
        assertThat(get(store.read())).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void doublesThePauseWithEachFailedProbeUpToALimit() {
        halfOpen();
        for (int millis : new int[]{400, 800, 1_000, 1_000}) {
            get(store.probe("a", LEASE));
            assertThat(get(store.open(CallFailure.of("again"), "a")).remaining()).hasMillis(millis);
            await().until(() -> get(store.read()).status() == Status.HALF_OPEN);
        }
    }

    @Test
    void ignoresALateFailureWhileAProbeIsOut() {
        halfOpen();
        get(store.probe("a", LEASE));

        assertThat(open(NO_RETRY_AFTER)).isEqualTo(new Opening(OpenOutcome.PROBE_PENDING, Duration.ZERO, false));
        assertThat(get(store.close("a"))).isTrue();
    }

    @Test
    void opensAgainForAFailureWhileNothingProbes() {
        halfOpen();

        assertThat(open(NO_RETRY_AFTER).remaining()).hasMillis(200);
    }

    @Test
    void obeysARetryAfterWhileAProbeIsOut() {
        halfOpen();
        get(store.probe("a", LEASE));

        assertThat(open(Duration.ofSeconds(30)).remaining()).hasSeconds(30);
        assertThat(get(store.close("a"))).as("the probe was superseded").isFalse();
        assertThat(get(store.read()).remaining()).isGreaterThan(Duration.ofSeconds(29));
    }

    @Test
    void neverShortensAPause() {
        open(Duration.ofSeconds(30));

        assertThat(operator(OperatorFault.KEY).remaining()).isGreaterThan(Duration.ofSeconds(29));
    }

    // --- faults that need an operator

    @Test
    void staysOpenForTheLongestPauseWhileAnOperatorIsNeededAndReportsItOnce() {
        Opening first = operator(OperatorFault.KEY);

        assertThat(first.remaining()).hasSeconds(1);
        assertThat(first.isNewFault()).isTrue();
        assertThat(get(store.read()).fault()).isEqualTo(OperatorFault.KEY);
        assertThat(operator(OperatorFault.KEY).outcome()).isEqualTo(OpenOutcome.ALREADY_OPEN);
        for (int i = 0; i < 3; i++) {
            await().until(() -> get(store.read()).status() == Status.HALF_OPEN);
            assertThat(get(store.read()).fault()).isEqualTo(OperatorFault.KEY);
            get(store.probe("a", LEASE));
            Opening again = get(store.open(new CallFailure("401", NO_RETRY_AFTER, OperatorFault.KEY), "a"));
            assertThat(again.remaining()).hasSeconds(1);
            assertThat(again.isNewFault()).isFalse();
        }
    }

    @Test
    void reportsAnotherFaultAtOnceAndTheSameAnHourLater() {
        operator(OperatorFault.KEY);
        assertThat(operator(OperatorFault.MONEY).isNewFault()).isTrue();
        assertThat(operator(OperatorFault.MONEY).isNewFault()).isFalse();

        String anHourAgo = redis.value(String.class).get("content:breaker")
                .replaceFirst("\"saidAt\":\\d+", "\"saidAt\":" + (System.currentTimeMillis() - 3_601_000));
        redis.value(String.class).psetex("content:breaker", 300_000, anHourAgo);
        await().until(() -> get(store.read()).status() == Status.HALF_OPEN);
        assertThat(operator(OperatorFault.MONEY).isNewFault()).isTrue();
    }

    @Test
    void forgetsTheFaultWhenTheProbeFailsForAnotherReason() {
        operator(OperatorFault.KEY);
        await().until(() -> get(store.read()).status() == Status.HALF_OPEN);
        get(store.probe("a", LEASE));
        get(store.open(CallFailure.of("503"), "a"));

        assertThat(get(store.read()).fault()).isNull();
    }
}
