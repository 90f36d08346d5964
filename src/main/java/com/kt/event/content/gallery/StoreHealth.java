package com.kt.event.content.gallery;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;

/**
 * Whether this instance can store images. After the first failed write, no job is claimed and no paid call is sent, because
 * its image could not be stored either. Images that are already paid for wait and are written first. The store counts as
 * writable again when a probe succeeds and no image waits any more.
 */
@ApplicationScoped
public class StoreHealth {
    private static final Logger LOG = Logger.getLogger(StoreHealth.class);

    /** A network file system whose server is gone does not fail, but blocks. */
    static final Duration WRITE_LIMIT = Duration.ofSeconds(10);

    private final ScheduledExecutorService timer;
    /** Calls that may be sent once the store is writable. */
    private final Set<CompletableFuture<Void>> waitingCalls = new LinkedHashSet<>();
    /** Images whose write is retried, one at a time, after a successful probe. */
    private final Set<CompletableFuture<Void>> waitingWrites = new LinkedHashSet<>();
    private int unkept;
    /** Why the store is not writable; null while it is. */
    private String trouble;

    StoreHealth(@Identifier("time-limits") ScheduledExecutorService timer) {
        this.timer = timer;
    }

    public synchronized boolean isWritable() {
        return trouble == null;
    }

    /** Why the store is not writable; empty while it is. */
    synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** The number of images that wait for the store. */
    synchronized int unkept() {
        return unkept;
    }

    /** The result of the lookup, or {@code otherwise} if it takes longer than the limit. */
    <T> Uni<T> within(Duration limit, Uni<T> lookup, T otherwise) {
        return lookup.ifNoItem().after(limit).on(timer).recoverWithItem(otherwise);
    }

    /** Completes once the store is writable. */
    public Uni<Void> writable() {
        return awaitTurn(waitingCalls, this::isWritable);
    }

    /** Writes, and retries while the store fails, until it succeeds or is cancelled. */
    <T> Uni<T> untilKept(Uni<T> write) {
        Uni<T> watched = watched(write);
        return watched.onFailure(StoreHealth::isStoreFailure).recoverWithUni(failure -> {
            beginWaiting(failure);
            return Uni.createFrom().deferred(() -> awaitTurn(waitingWrites, () -> false).chain(() -> watched))
                    .onFailure(StoreHealth::isStoreFailure).invoke(this::markFailed)
                    .onFailure(StoreHealth::isStoreFailure).retry().indefinitely()
                    .onTermination().invoke((kept, other, cancelled) -> endWaiting(other == null && !cancelled));
        });
    }

    /** Marks the store as writable if the write succeeds, and as not writable if it fails. */
    Uni<Void> probe(Uni<Void> write) {
        return watched(write)
                .invoke(this::succeeded)
                .onFailure().invoke(this::markFailed)
                .onFailure().recoverWithNull();
    }

    /** A file name that is taken affects that image alone. */
    private static boolean isStoreFailure(Throwable failure) {
        return failure instanceof IOException && !(failure instanceof FileAlreadyExistsException);
    }

    private <T> Uni<T> watched(Uni<T> write) {
        return Uni.createFrom().deferred(() -> {
            ScheduledFuture<?> slow = timer.schedule(() -> markFailed("a write takes longer than " + WRITE_LIMIT),
                    WRITE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return write.onTermination().invoke(() -> slow.cancel(false));
        });
    }

    private Uni<Void> awaitTurn(Set<CompletableFuture<Void>> queue, BooleanSupplier isNeedless) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> turn = new CompletableFuture<>();
            synchronized (this) {
                if (isNeedless.getAsBoolean()) {
                    return Uni.createFrom().voidItem();
                }
                queue.add(turn);
            }
            return Uni.createFrom().completionStage(turn).onCancellation().invoke(() -> leave(queue, turn));
        });
    }

    private synchronized void leave(Set<CompletableFuture<Void>> queue, CompletableFuture<Void> turn) {
        queue.remove(turn);
    }

    private synchronized void beginWaiting(Throwable failure) {
        unkept++;
        markFailed(failure);
    }

    private void endWaiting(boolean kept) {
        synchronized (this) {
            unkept--;
        }
        if (kept) {
            succeeded();
        }
    }

    void markFailed(Throwable failure) {
        markFailed(failure.toString());
    }

    private synchronized void markFailed(String why) {
        if (trouble == null) {
            LOG.errorf(
                    "the image store is not writable (%s): this instance claims no jobs and generates no images until "
                            + "it is",
                    why);
        }
        trouble = why;
    }

    private void succeeded() {
        List<CompletableFuture<Void>> next = nextTurns();
        next.forEach(turn -> turn.complete(null));
    }

    private synchronized List<CompletableFuture<Void>> nextTurns() {
        if (unkept > 0) {
            List<CompletableFuture<Void>> first = waitingWrites.stream().limit(1).toList();
            first.forEach(waitingWrites::remove);
            return first;
        }
        if (trouble != null) {
            LOG.info("the image store is writable again");
        }
        trouble = null;
        List<CompletableFuture<Void>> all = List.copyOf(waitingCalls);
        waitingCalls.clear();
        return all;
    }
}
