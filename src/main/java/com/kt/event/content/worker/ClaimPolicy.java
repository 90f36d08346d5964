package com.kt.event.content.worker;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.breaker.BreakerState;
import com.kt.event.content.breaker.SharedBreakers;
import com.kt.event.content.gallery.ImageStore;

import io.smallrye.mutiny.Uni;

/** Decides how many jobs may be claimed at a time, by the providers' breakers and the image store. */
@ApplicationScoped
class ClaimPolicy {
    private final SharedBreakers breakers;
    private final ImageStore store;

    /** The most jobs that one claim may take. */
    enum Limit {
        /** The provider is not to be called, or an image could not be stored. */
        NONE(0),
        /** One job whose call probes whether the provider is back. */
        PROBE(1),
        BATCH(64);

        private final int jobs;

        Limit(int jobs) {
            this.jobs = jobs;
        }

        int jobs() {
            return jobs;
        }
    }

    ClaimPolicy(SharedBreakers breakers, ImageStore store) {
        this.breakers = breakers;
        this.store = store;
    }

    /** Fails if Redis does not tell the state of the breaker. */
    Uni<Limit> limit() {
        return breakers.state().map(this::limit);
    }

    /** No job is claimed for the probe if a call of this instance waits for the breaker already. */
    private Limit limit(BreakerState state) {
        if (!store.isWritable()) {
            return Limit.NONE;
        }
        return switch (state.status()) {
            case CLOSED -> Limit.BATCH;
            case OPEN -> Limit.NONE;
            case HALF_OPEN -> breakers.hasWaiters() ? Limit.NONE : Limit.PROBE;
        };
    }
}
