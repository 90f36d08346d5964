package com.kt.event.content.breaker;

import io.smallrye.mutiny.Uni;

/** The permit of a call while the breaker is closed. */
final class OrdinaryPermit implements CallPermit {
    private final SharedBreaker breaker;
    private final SlowStart.Permit slowStart;

    OrdinaryPermit(SharedBreaker breaker, SlowStart.Permit slowStart) {
        this.breaker = breaker;
        this.slowStart = slowStart;
    }

    @Override
    public Uni<Void> success() {
        breaker.callSucceeded();
        slowStart.release(true);
        return Uni.createFrom().voidItem();
    }

    /** A single failure opens nothing: that is for this instance's own circuit breaker to decide. */
    @Override
    public Uni<Void> failure(CallFailure failure) {
        boolean opens = !failure.retryAfter().isZero() || failure.fault() != null;
        return Uni.createFrom().deferred(() -> opens ? breaker.open(failure) : Uni.createFrom().voidItem())
                .invoke(() -> slowStart.release(false));
    }

    @Override
    public Uni<Void> abandoned() {
        slowStart.release(false);
        return Uni.createFrom().voidItem();
    }
}
