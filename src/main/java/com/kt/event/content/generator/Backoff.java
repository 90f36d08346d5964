package com.kt.event.content.generator;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Billing;

/**
 * Says of one image's failures whether and when to ask again: for ever where no image can exist, once where it is
 * unlikely, never where it is possible. Pauses double from one second to thirty, and are jittered so that what failed
 * together does not come back together. The one further call comes so late that an outage of seconds is over by then.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final RandomGenerator random;
    private final Duration secondTry;
    private int refusals;
    private boolean brokeDown;

    /**
     * @param secondTry how long to leave a provider alone that broke down
     * @param brokeDown whether the provider has broken down over this image before
     */
    Backoff(RandomGenerator random, Duration secondTry, boolean brokeDown) {
        this.random = random;
        this.secondTry = secondTry;
        this.brokeDown = brokeDown;
    }

    /** How long to pause before asking again; empty where we must not. */
    Optional<Duration> after(ImageFailure failure) {
        if (failure instanceof ImageFailure.NotSent) {
            return Optional.of(FIRST);
        }
        if (failure.billing() == Billing.POSSIBLE || failure.billing() == Billing.UNLIKELY && brokeDown) {
            return Optional.empty();
        }
        Duration asked = failure.retryAfter().map(this::aLittleLater).orElse(Duration.ZERO);
        Duration own;
        if (failure.billing() == Billing.UNLIKELY) {
            brokeDown = true;
            own = aLittleLater(secondTry);
        } else {
            own = growing();
        }
        return Optional.of(asked.compareTo(own) > 0 ? asked : own);
    }

    /** By up to a tenth, and never earlier than asked. */
    private Duration aLittleLater(Duration asked) {
        return asked.plusMillis(random.nextLong(asked.toMillis() / 10 + 1));
    }

    /** Between half and all of the doubled pause. */
    private Duration growing() {
        long full = Math.min(FIRST.toMillis() << Math.min(refusals++, 16), LONGEST.toMillis());
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
