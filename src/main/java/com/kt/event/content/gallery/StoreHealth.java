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
 * Whether this instance can keep images. The first write that fails closes the gate: from then on nothing is claimed and
 * no paid call goes out, because its image could not be kept either. What is paid for already waits, and goes first: the
 * gate opens when a probe could be written and no image waits any more.
 */
@ApplicationScoped
public class StoreHealth {
    private static final Logger LOG = Logger.getLogger(StoreHealth.class);

    /** A share whose server is gone does not fail: it just never answers. */
    static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

    private final ScheduledExecutorService timer;
    /** Calls that may go out when the gate opens. */
    private final Set<CompletableFuture<Void>> calls = new LinkedHashSet<>();
    /** Images that may be written again, one at a time, when a probe could be. */
    private final Set<CompletableFuture<Void>> turns = new LinkedHashSet<>();
    private int unkept;
    /** Null while the gate is open. */
    private String trouble;

    StoreHealth(@Identifier("time-limits") ScheduledExecutorService timer) {
        this.timer = timer;
    }

    public synchronized boolean isWritable() {
        return trouble == null;
    }

    /** Why the gate is closed; empty while it is open. */
    synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** How many images wait because they could not be written. */
    synchronized int unkept() {
        return unkept;
    }

    /** What the store answers, or this where it takes longer than that. */
    <T> Uni<T> within(Duration limit, Uni<T> look, T otherwise) {
        return look.ifNoItem().after(limit).on(timer).recoverWithItem(otherwise);
    }

    /** Waits until the gate is open. */
    public Uni<Void> writable() {
        return waitIn(calls, this::isWritable);
    }

    /** Writes, and where the store has trouble writes again for as long as it lasts and somebody waits for it. */
    <T> Uni<T> untilKept(Uni<T> write) {
        Uni<T> watched = watched(write);
        return watched.onFailure(StoreHealth::isTrouble).recoverWithUni(failure -> {
            keptWaiting(failure);
            return Uni.createFrom().deferred(() -> waitIn(turns, () -> false).chain(() -> watched))
                    .onFailure(StoreHealth::isTrouble).invoke(this::close)
                    .onFailure(StoreHealth::isTrouble).retry().indefinitely()
                    .onTermination().invoke((kept, other, cancelled) -> endWaiting(other == null && !cancelled));
        });
    }

    /** The gate opens if this can be written, and closes if not. */
    Uni<Void> probe(Uni<Void> write) {
        return watched(write)
                .invoke(this::worked)
                .onFailure().invoke(this::close)
                .onFailure().recoverWithNull();
    }

    /** A name that something else has is that image's trouble alone. */
    private static boolean isTrouble(Throwable failure) {
        return failure instanceof IOException && !(failure instanceof FileAlreadyExistsException);
    }

    private <T> Uni<T> watched(Uni<T> write) {
        return Uni.createFrom().deferred(() -> {
            ScheduledFuture<?> slow = timer.schedule(() -> close("a write takes longer than " + LONGEST_WRITE),
                    LONGEST_WRITE.toMillis(), TimeUnit.MILLISECONDS);
            return write.onTermination().invoke(() -> slow.cancel(false));
        });
    }

    private Uni<Void> waitIn(Set<CompletableFuture<Void>> queue, BooleanSupplier needless) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> turn = new CompletableFuture<>();
            synchronized (this) {
                if (needless.getAsBoolean()) {
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

    private synchronized void keptWaiting(Throwable failure) {
        unkept++;
        close(failure);
    }

    private void endWaiting(boolean kept) {
        synchronized (this) {
            unkept--;
        }
        if (kept) {
            worked();
        }
    }

    void close(Throwable failure) {
        close(failure.toString());
    }

    private synchronized void close(String why) {
        if (trouble == null) {
            LOG.errorf(
                    "the image store cannot be written to (%s): until it can, this instance claims no job and asks "
                            + "for no image",
                    why);
        }
        trouble = why;
    }

    private void worked() {
        List<CompletableFuture<Void>> next = whoseTurnItIs();
        next.forEach(turn -> turn.complete(null));
    }

    private synchronized List<CompletableFuture<Void>> whoseTurnItIs() {
        if (unkept > 0) {
            List<CompletableFuture<Void>> first = turns.stream().limit(1).toList();
            first.forEach(turns::remove);
            return first;
        }
        if (trouble != null) {
            LOG.info("the image store can be written to again");
        }
        trouble = null;
        List<CompletableFuture<Void>> all = List.copyOf(calls);
        calls.clear();
        return all;
    }
}
