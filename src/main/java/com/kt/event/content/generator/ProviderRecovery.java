package com.kt.event.content.generator;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;

/** When it is time for the one further call of an image that the provider has broken down over. */
@ApplicationScoped
class ProviderRecovery {
    private final ScheduledExecutorService timer;
    private final Set<CompletableFuture<Void>> waiting = ConcurrentHashMap.newKeySet();

    ProviderRecovery(@Identifier("time-limits") ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** A call of this instance came to an image. */
    void succeeded() {
        waiting.forEach(wait -> wait.complete(null));
    }

    /** Waits until the longest wait is over or, after the shortest, another call has succeeded since. */
    Uni<Void> await(Duration shortest, Duration longest) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> success = new CompletableFuture<>();
            waiting.add(success);
            Uni<Void> another = Uni.combine().all()
                    .unis(after(shortest), Uni.createFrom().completionStage(success)).discardItems();
            return Uni.combine().any().of(after(longest), another)
                    .onTermination().invoke(() -> waiting.remove(success));
        });
    }

    private Uni<Void> after(Duration wait) {
        return wait.isZero()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().voidItem().onItem().delayIt().onExecutor(timer).by(wait);
    }
}
