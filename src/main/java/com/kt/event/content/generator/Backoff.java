package com.kt.event.content.generator;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Billing;

/**
 * Decides for the failures of one image whether and when to call again: without limit if no image can have been made, once
 * if that is unlikely, never if it is possible. Delays double from one second to thirty, with jitter so that calls that
 * failed together are not repeated together. The one call after a server error comes so late that an outage of seconds is
 * over by then.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final RandomGenerator random;
    private final Duration secondTry;
    private int refusals;
    private boolean hadServerError;

    /**
     * @param secondTry the delay after a server error
     * @param hadServerError whether a call for this image ended in a server error before
     */
    Backoff(RandomGenerator random, Duration secondTry, boolean hadServerError) {
        this.random = random;
        this.secondTry = secondTry;
        this.hadServerError = hadServerError;
    }

    /** The delay before the next call; empty if there must be none. */
    Optional<Duration> after(ImageFailure failure) {
        if (failure instanceof ImageFailure.NotSent) {
            return Optional.of(FIRST);
        }
        if (failure.billing() == Billing.POSSIBLE || failure.billing() == Billing.UNLIKELY && hadServerError) {
            return Optional.empty();
        }
        Duration asked = failure.retryAfter().map(this::withJitter).orElse(Duration.ZERO);
        Duration ownDelay;
        if (failure.billing() == Billing.UNLIKELY) {
            hadServerError = true;
            ownDelay = withJitter(secondTry);
        } else {
            ownDelay = exponential();
        }
        return Optional.of(asked.compareTo(ownDelay) > 0 ? asked : ownDelay);
    }

    /** Adds up to a tenth. */
    private Duration withJitter(Duration asked) {
        return asked.plusMillis(random.nextLong(asked.toMillis() / 10 + 1));
    }

    /** Between a half and the whole of the doubled delay. */
    private Duration exponential() {
        long full = Math.min(FIRST.toMillis() << Math.min(refusals++, 16), LONGEST.toMillis());
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
