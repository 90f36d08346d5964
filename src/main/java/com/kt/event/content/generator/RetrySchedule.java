package com.kt.event.content.generator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.provider.ImageApi;
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

    RetrySchedule(ProviderRecovery recovery, Clock clock) {
        this.recovery = recovery;
        this.clock = clock;
    }

    /** Waits for the rest of the delay after a server error that another worker recorded before it died or stopped. */
    Uni<Void> resume(ImageApi api, CallLedger ledger) {
        Instant serverError = ledger.lastServerError();
        if (serverError == null) {
            return Uni.createFrom().voidItem();
        }
        Duration left = api.secondTry().minus(Duration.between(serverError, clock.instant()));
        if (left.isNegative()) {
            return Uni.createFrom().voidItem();
        }
        Duration longest = shorter(left, api.secondTry());
        return recovery.await(api.name(), shorter(longest, SHORTEST_RECOVERY), longest);
    }

    /** Makes the call, and again after each failure, for as long as none can have been billed. */
    <T> Uni<T> retry(Uni<T> call, CallPlan plan, CallLedger ledger) {
        boolean hadServerError = ledger.hadServerError();
        // Mutiny's retry converts the call to a Multi, which most calls need not pay for.
        return call.onFailure(ImageFailure.class).recoverWithUni(first -> {
            Backoff backoff = new Backoff(new SplittableRandom(), plan.last().secondTry(), hadServerError);
            return await(backoff, plan, first)
                    .chain(() -> call.onFailure(ImageFailure.class).retry().when(failures -> failures.onItem()
                            .transformToUniAndConcatenate(failure -> await(backoff, plan, failure))));
        });
    }

    private Uni<Throwable> await(Backoff backoff, CallPlan plan, Throwable cause) {
        ImageFailure failure = (ImageFailure) cause;
        return backoff.after(plan.hasOthers() ? failure.withoutRetryAfter() : failure)
                .map(wait -> await(wait, plan, failure).<Throwable>replaceWith(failure))
                .orElseGet(() -> Uni.createFrom().failure(failure));
    }

    private Uni<Void> await(Duration wait, CallPlan plan, ImageFailure failure) {
        return failure.billing() == Billing.UNLIKELY
                ? recovery.await(plan.last().name(), shorter(plan.last().secondTry(), SHORTEST_RECOVERY), wait)
                : Uni.createFrom().voidItem().onItem().delayIt().by(wait);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
