package com.kt.event.content.generator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.provider.ImageApiConfig;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Billing;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Waits before each further call for an image: for the time of its {@link Backoff} or, after a server error, until another
 * call has succeeded if that is sooner.
 */
@ApplicationScoped
class RetrySchedule {
    /** A call that succeeds right after a server error does not show that the provider has recovered. */
    private static final Duration SHORTEST_RECOVERY = Duration.ofSeconds(5);

    private final ProviderRecovery recovery;
    private final Clock clock;
    private final Duration secondTry;
    private final Duration shortestRecovery;

    RetrySchedule(ImageApiConfig config, ProviderRecovery recovery, Clock clock) {
        this.recovery = recovery;
        this.clock = clock;
        this.secondTry = config.secondTry();
        this.shortestRecovery = shorter(secondTry, SHORTEST_RECOVERY);
    }

    /** Waits for the rest of the delay after a server error that another worker recorded before it died or stopped. */
    Uni<Void> resume(CallLedger ledger) {
        Instant serverError = ledger.lastServerError();
        if (serverError == null) {
            return Uni.createFrom().voidItem();
        }
        Duration left = secondTry.minus(Duration.between(serverError, clock.instant()));
        if (left.isNegative()) {
            return Uni.createFrom().voidItem();
        }
        Duration longest = shorter(left, secondTry);
        return recovery.await(shorter(longest, shortestRecovery), longest);
    }

    /** For {@code retry().when()}: emits after each wait, and fails with the last failure if no further call is allowed. */
    Function<Multi<Throwable>, Multi<Throwable>> waits(CallLedger ledger) {
        Backoff backoff = new Backoff(new SplittableRandom(), secondTry, ledger.hadServerError());
        return failures -> failures.onItem()
                .transformToUniAndConcatenate(failure -> await(backoff, (ImageFailure) failure));
    }

    private Uni<Throwable> await(Backoff backoff, ImageFailure failure) {
        return backoff.after(failure)
                .map(wait -> await(wait, failure).<Throwable>replaceWith(failure))
                .orElseGet(() -> Uni.createFrom().failure(failure));
    }

    private Uni<Void> await(Duration wait, ImageFailure failure) {
        return failure.billing() == Billing.UNLIKELY
                ? recovery.await(shortestRecovery, wait)
                : Uni.createFrom().voidItem().onItem().delayIt().by(wait);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
