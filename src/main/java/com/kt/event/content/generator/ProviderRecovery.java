package com.kt.event.content.generator;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;

/** Waits for the provider to recover from a server error. */
@ApplicationScoped
class ProviderRecovery {
    private final ScheduledExecutorService timer;
    private final Set<CompletableFuture<Void>> waiting = ConcurrentHashMap.newKeySet();

    ProviderRecovery(@Identifier("time-limits") ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** A call of this instance returned an image. */
    void callSucceeded() {
        waiting.forEach(wait -> wait.complete(null));
    }

    /** Waits until {@code longest} is over or, after {@code shortest}, another call has succeeded since. */
    Uni<Void> await(Duration shortest, Duration longest) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> success = new CompletableFuture<>();
            waiting.add(success);
            Uni<Void> recovered = Uni.combine().all()
                    .unis(after(shortest), Uni.createFrom().completionStage(success)).discardItems();
            return Uni.combine().any().of(after(longest), recovered)
                    .onTermination().invoke(() -> waiting.remove(success));
        });
    }

    private Uni<Void> after(Duration wait) {
        return wait.isZero()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().voidItem().onItem().delayIt().onExecutor(timer).by(wait);
    }
}
