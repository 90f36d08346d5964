package com.kt.event.content.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;

class BackoffTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ImageFailure REFUSED = refused(null);
    private static final ImageFailure SERVER_ERROR = new ImageFailure(Reason.ERROR, Billing.UNLIKELY, "server error");
    private static final ImageFailure UNKNOWN = new ImageFailure(Reason.TIMEOUT, Billing.POSSIBLE, "timed out");

    @Test
    void allowsNoCallAfterASecondServerError() {
        assertThat(
                new Backoff(new Longest(), MINUTE, true).after(new ImageFailure(Reason.ERROR, Billing.UNLIKELY, "500")))
                .isEmpty();
    }

    @Test
    void repeatsSoonACallThatWasNotSent() {
        Backoff backoff = new Backoff(new Longest(), MINUTE, false);

        for (int i = 0; i < 20; i++) {
            assertThat(backoff.after(new ImageFailure.NotSent())).contains(Duration.ofSeconds(1));
        }
    }

    @Test
    void repeatsARefusedCallWithoutLimit() {
        Backoff backoff = new Backoff(new Random(1), MINUTE, false);

        assertThat(IntStream.range(0, 100_000)).allMatch(i -> backoff.after(REFUSED).isPresent());
    }

    @Test
    void doublesItsDelaysFromOneSecondToThirty() {
        assertThat(pauses(new Longest(), 8)).isEqualTo(seconds(1, 2, 4, 8, 16, 30, 30, 30));
    }

    @Test
    void shortensADelayByAtMostAHalf() {
        assertThat(pauses(new Shortest(), 7)).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1),
                Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(15),
                Duration.ofSeconds(15));
    }

    @Test
    void jittersItsDelaysBetweenHalfAndAll() {
        List<Duration> first = LongStream.range(0, 1_000)
                .mapToObj(seed -> new Backoff(new Random(seed), MINUTE, false).after(REFUSED).orElseThrow()).toList();

        assertThat(first).allMatch(pause -> pause.toMillis() >= 500 && pause.toMillis() <= 1_000);
        assertThat(first.stream().distinct().count()).isGreaterThan(100);
    }

    @Test
    void staysBetweenHalfAndAllOfThirtySecondsForEver() {
        assertThat(pauses(new Random(1), 10_000).subList(5, 10_000))
                .allMatch(pause -> pause.toSeconds() >= 15 && pause.toMillis() <= 30_000);
    }

    @Test
    void allowsOneCallAfterAServerErrorWhenAMinuteIsOver() {
        Backoff backoff = new Backoff(new Shortest(), MINUTE, false);

        assertThat(backoff.after(SERVER_ERROR)).contains(MINUTE);
        assertThat(backoff.after(SERVER_ERROR)).isEmpty();
    }

    @Test
    void jittersTheOneFurtherCall() {
        assertThat(new Backoff(new Longest(), MINUTE, false).after(SERVER_ERROR)).contains(Duration.ofSeconds(66));
    }

    @Test
    void delaysTheOneFurtherCallAsLongAsTheProviderAsks() {
        ImageFailure asks = new ImageFailure(Reason.ERROR, Billing.UNLIKELY, "server error", Duration.ofMinutes(3));

        assertThat(new Backoff(new Shortest(), MINUTE, false).after(asks)).contains(Duration.ofMinutes(3));
    }

    @Test
    void repeatsWithoutLimitWhileAnOperatorIsNeeded() {
        Backoff backoff = new Backoff(new Random(1), MINUTE, true);
        ImageFailure failure = new ImageFailure.Operator(OperatorFault.KEY, "401", null);

        assertThat(IntStream.range(0, 1_000)).allMatch(i -> backoff.after(failure).isPresent());
    }

    @Test
    void remembersAServerErrorAcrossRefusals() {
        Backoff backoff = new Backoff(new Longest(), MINUTE, false);
        backoff.after(SERVER_ERROR);
        IntStream.range(0, 10).forEach(i -> backoff.after(REFUSED));

        assertThat(backoff.after(SERVER_ERROR)).isEmpty();
    }

    @Test
    void allowsOneCallAfterAServerErrorThatFollowsRefusals() {
        Backoff backoff = new Backoff(new Longest(), MINUTE, false);
        IntStream.range(0, 10).forEach(i -> backoff.after(REFUSED));

        assertThat(backoff.after(SERVER_ERROR)).contains(Duration.ofSeconds(66));
    }

    @Test
    void repeatsRefusedCallsAfterAServerError() {
        Backoff backoff = new Backoff(new Longest(), MINUTE, false);
        backoff.after(SERVER_ERROR);

        assertThat(backoff.after(REFUSED)).contains(Duration.ofSeconds(1));
        assertThat(backoff.after(REFUSED)).contains(Duration.ofSeconds(2));
    }

    @Test
    void allowsNoCallAfterATimeout() {
        assertThat(new Backoff(new Longest(), MINUTE, false).after(UNKNOWN)).isEmpty();
    }

    @Test
    void allowsNoCallAfterATimeoutThatFollowsRefusals() {
        Backoff backoff = new Backoff(new Longest(), MINUTE, false);
        backoff.after(REFUSED);

        assertThat(backoff.after(UNKNOWN)).isEmpty();
    }

    @Test
    void allowsNoCallAfterAPermanentFailure() {
        ImageFailure rejected = new ImageFailure.Permanent(Reason.REJECTED, "moderation");

        assertThat(new Backoff(new Longest(), MINUTE, false).after(rejected)).isEmpty();
    }

    @Test
    void waitsAsLongAsAskedAndUpToATenthLongerSoThatCallsSpread() {
        assertThat(new Backoff(new Shortest(), MINUTE, false).after(refused(Duration.ofMinutes(2))))
                .contains(Duration.ofMinutes(2));
        assertThat(new Backoff(new Longest(), MINUTE, false).after(refused(Duration.ofMinutes(2))))
                .contains(Duration.ofSeconds(132));
    }

    @Test
    void neverWaitsLessThanItsOwnDelay() {
        assertThat(new Backoff(new Longest(), MINUTE, false).after(refused(Duration.ofMillis(900))))
                .contains(Duration.ofSeconds(1));
        assertThat(new Backoff(new Longest(), MINUTE, false).after(refused(Duration.ZERO)))
                .contains(Duration.ofSeconds(1));
    }

    @Test
    void growsEvenWhileTheProviderAsksToWait() {
        Backoff backoff = new Backoff(new Longest(), MINUTE, false);
        backoff.after(refused(Duration.ofMinutes(2)));

        assertThat(backoff.after(REFUSED)).contains(Duration.ofSeconds(2));
    }

    private static ImageFailure refused(Duration retryAfter) {
        return new ImageFailure(Reason.ERROR, Billing.NONE, "refused", retryAfter);
    }

    private static List<Duration> pauses(RandomGenerator random, int count) {
        Backoff backoff = new Backoff(random, MINUTE, false);
        return IntStream.range(0, count).mapToObj(i -> backoff.after(REFUSED).orElseThrow()).toList();
    }

    private static List<Duration> seconds(long... seconds) {
        return LongStream.of(seconds).mapToObj(Duration::ofSeconds).toList();
    }

    /** A random generator that always returns the highest number. */
    private static class Longest implements RandomGenerator {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }

    /** A random generator that always returns zero. */
    private static class Shortest implements RandomGenerator {
        @Override
        public long nextLong() {
            return 0;
        }
    }
}
