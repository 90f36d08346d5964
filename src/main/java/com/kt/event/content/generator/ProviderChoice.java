package com.kt.event.content.generator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.breaker.CallPermit;
import com.kt.event.content.provider.ImageApi;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;

/** Chooses the provider of the next call: the first of the order that is neither paused nor refusing work. */
@ApplicationScoped
class ProviderChoice {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final ScheduledExecutorService timer;

    /** A provider, and the right to one call of it. */
    record Chosen(ImageApi api, CallPermit permit) {
    }

    ProviderChoice(@Identifier("time-limits") ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Waits until one of the plan's candidates may be called. Never fails. */
    Uni<Chosen> choose(CallPlan plan) {
        plan.restart();
        List<ImageApi> candidates = plan.candidates();
        if (candidates.size() == 1) {
            ImageApi only = candidates.get(0);
            return CallAdmission.acquire(only).map(permit -> new Chosen(only, permit));
        }
        return tryNow(candidates)
                .chain(found -> found.map(chosen -> Uni.createFrom().item(chosen)).orElseGet(() -> wait(candidates)));
    }

    /** The first of the plan's candidates that may be called now; empty if none may. Never fails. */
    Uni<Optional<Chosen>> tryNow(CallPlan plan) {
        return tryNow(plan.candidates());
    }

    private static Uni<Optional<Chosen>> tryNow(List<ImageApi> candidates) {
        if (candidates.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        ImageApi first = candidates.get(0);
        return CallAdmission.tryNow(first).chain(permit -> permit.isPresent()
                ? Uni.createFrom().item(Optional.of(new Chosen(first, permit.get())))
                : tryNow(candidates.subList(1, candidates.size())));
    }

    /** With jitter, so that those that wait do not all ask at the same time. */
    private Uni<Chosen> wait(List<ImageApi> candidates) {
        Uni<Chosen> wait = Uni.createFrom().deferred(() -> Uni.createFrom().voidItem()
                .onItem().delayIt().onExecutor(timer).by(interval())
                .chain(() -> tryNow(candidates)))
                .repeat().whilst(Optional::isEmpty)
                .collect().last()
                .map(Optional::get);
        for (ImageApi api : candidates) {
            wait = api.breaker().waiting(wait);
        }
        return wait;
    }

    private static Duration interval() {
        long millis = POLL_INTERVAL.toMillis();
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
    }
}
