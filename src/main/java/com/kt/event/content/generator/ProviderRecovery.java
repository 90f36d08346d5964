package com.kt.event.content.generator;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;

/** Waits for a provider to recover from a server error. */
@ApplicationScoped
class ProviderRecovery {
    private final ScheduledExecutorService timer;
    private final Map<String, Set<CompletableFuture<Void>>> waiting = new ConcurrentHashMap<>();

    ProviderRecovery(@Identifier("time-limits") ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** A call of this instance returned an image. */
    void callSucceeded(String provider) {
        Set<CompletableFuture<Void>> waits = waiting.get(provider);
        if (waits != null) {
            waits.forEach(wait -> wait.complete(null));
        }
    }

    /** Waits until {@code longest} is over or, after {@code shortest}, another call of the provider has succeeded since. */
    Uni<Void> await(String provider, Duration shortest, Duration longest) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> success = new CompletableFuture<>();
            Set<CompletableFuture<Void>> waits = waiting.computeIfAbsent(provider,
                    name -> ConcurrentHashMap.newKeySet());
            waits.add(success);
            Uni<Void> recovered = Uni.combine().all()
                    .unis(after(shortest), Uni.createFrom().completionStage(success)).discardItems();
            return Uni.combine().any().of(after(longest), recovered)
                    .onTermination().invoke(() -> waits.remove(success));
        });
    }

    private Uni<Void> after(Duration wait) {
        return wait.isZero()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().voidItem().onItem().delayIt().onExecutor(timer).by(wait);
    }
}
