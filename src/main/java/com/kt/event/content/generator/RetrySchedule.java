package com.kt.event.content.generator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.provider.ImageApiConfig;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Billing;

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

    /** Makes the call, and again after each failure, for as long as none can have been billed. */
    <T> Uni<T> retry(Uni<T> call, CallLedger ledger) {
        Backoff backoff = new Backoff(new SplittableRandom(), secondTry, ledger.hadServerError());
        // Mutiny's retry converts the call to a Multi, which most calls need not pay for.
        return call.onFailure(ImageFailure.class).recoverWithUni(first -> await(backoff, first)
                .chain(() -> call.onFailure(ImageFailure.class).retry().when(failures -> failures.onItem()
                        .transformToUniAndConcatenate(failure -> await(backoff, (ImageFailure) failure)))));
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
