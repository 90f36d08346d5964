package com.kt.event.content.ratelimit;

import io.smallrye.mutiny.Uni;

/** The right to one call within the limits of a provider, to be released when the call has ended or will not go out. */
public interface CallSlot {
    /** For a provider without a limit. */
    CallSlot UNLIMITED = new CallSlot() {
        @Override
        public boolean isLate() {
            return false;
        }

        @Override
        public Uni<Void> release() {
            return Uni.createFrom().voidItem();
        }
    };

    /** Whether so much time has passed that the call must not go out: the minute in which it counts began with the slot. */
    boolean isLate();

    /** {@link #release}, for which nobody waits: if Redis does not hear of it, the slot's lease lapses. */
    default void end() {
        release().subscribe().with(released -> {
        });
    }

    /** Never fails. Releasing it again does nothing. */
    Uni<Void> release();
}
