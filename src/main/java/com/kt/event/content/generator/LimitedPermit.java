package com.kt.event.content.generator;

import com.kt.event.content.breaker.CallFailure;
import com.kt.event.content.breaker.CallPermit;
import com.kt.event.content.ratelimit.CallSlot;

import io.smallrye.mutiny.Uni;

/** A permit of the breaker, with a slot within the provider's limits that is released with it. */
record LimitedPermit(CallPermit permit, CallSlot slot) implements CallPermit {
    /** Whether the call must not go out any more. */
    static boolean isLate(CallPermit permit) {
        return permit instanceof LimitedPermit limited && limited.slot.isLate();
    }

    /** Of which only the breaker hears: the provider may still be at work. */
    static CallPermit withoutSlot(CallPermit permit) {
        return permit instanceof LimitedPermit limited ? limited.permit : permit;
    }

    /** The provider is not at work any more. */
    static void releaseSlot(CallPermit permit) {
        if (permit instanceof LimitedPermit limited) {
            limited.slot.end();
        }
    }

    @Override
    public Uni<Void> success() {
        return permit.success().onTermination().invoke(slot::end);
    }

    @Override
    public Uni<Void> failure(CallFailure failure) {
        return permit.failure(failure).onTermination().invoke(slot::end);
    }

    @Override
    public Uni<Void> abandoned() {
        return permit.abandoned().onTermination().invoke(slot::end);
    }
}
