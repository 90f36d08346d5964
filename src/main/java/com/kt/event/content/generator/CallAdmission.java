package com.kt.event.content.generator;

import java.util.Optional;

import com.kt.event.content.breaker.CallPermit;
import com.kt.event.content.provider.ImageApi;
import com.kt.event.content.ratelimit.CallLimiter;

import io.smallrye.mutiny.Uni;

/**
 * Admits a call of one provider: by its breaker first, then by its limits. A slot counts from the moment that it is granted, so
 * nothing is waited for after it.
 */
final class CallAdmission {
    private CallAdmission() {
    }

    /** Waits until a call may go out. Never fails. */
    static Uni<CallPermit> acquire(ImageApi api) {
        CallLimiter limiter = api.limiter();
        if (!limiter.isLimited()) {
            return api.breaker().acquire();
        }
        return Uni.createFrom().deferred(() -> whenFree(limiter).chain(api.breaker()::acquire)
                .chain(permit -> withSlot(permit, limiter)))
                .repeat().whilst(Optional::isEmpty)
                .collect().last()
                .map(Optional::get);
    }

    /** A permit if a call may go out now. Never fails. */
    static Uni<Optional<CallPermit>> tryNow(ImageApi api) {
        CallLimiter limiter = api.limiter();
        if (!limiter.isLimited()) {
            return api.breaker().tryNow();
        }
        if (!limiter.remaining().isZero()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return api.breaker().tryNow().chain(permit -> permit.isPresent()
                ? withSlot(permit.get(), limiter)
                : Uni.createFrom().item(Optional.empty()));
    }

    private static Uni<Void> whenFree(CallLimiter limiter) {
        return limiter.remaining().isZero() ? Uni.createFrom().voidItem() : limiter.whenFree();
    }

    private static Uni<Optional<CallPermit>> withSlot(CallPermit permit, CallLimiter limiter) {
        return limiter.tryAcquire()
                .onCancellation().call(permit::abandoned)
                .chain(slot -> slot.isPresent()
                        ? Uni.createFrom().item(Optional.of(new LimitedPermit(permit, slot.get())))
                        : permit.abandoned().replaceWith(Optional.empty()));
    }
}
