package com.kt.event.content.api;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;

/**
 * Makes one read for all who want the same at the same time. One is under way at most, and whoever comes meanwhile shares
 * the next, for the one that is under way may have seen the value before it changed.
 */
final class SharedReads<K, V> {
    private final Function<K, Uni<V>> read;

    /** What is under way, and the read after it, if anybody wants one; guarded by this. */
    private final Map<K, Read<V>> reads = new HashMap<>();

    private static final class Read<V> {
        private final CompletableFuture<V> result = new CompletableFuture<>();
        private Read<V> next;
    }

    SharedReads(Function<K, Uni<V>> read) {
        this.read = read;
    }

    /** The value as it is now, or later. Whoever gives up does not disturb the others. */
    Uni<V> read(K key) {
        return Uni.createFrom().completionStage(() -> join(key).result.copy());
    }

    private Read<V> join(K key) {
        Read<V> mine = new Read<>();
        synchronized (this) {
            Read<V> current = reads.putIfAbsent(key, mine);
            if (current != null) {
                if (current.next == null) {
                    current.next = mine;
                }
                return current.next;
            }
        }
        begin(key, mine);
        return mine;
    }

    private void begin(K key, Read<V> current) {
        Uni.createFrom().deferred(() -> read.apply(key)).subscribe().with(value -> {
            end(key, current);
            current.result.complete(value);
        }, failure -> {
            end(key, current);
            current.result.completeExceptionally(failure);
        });
    }

    private void end(K key, Read<V> current) {
        synchronized (this) {
            if (current.next == null) {
                reads.remove(key);
                return;
            }
            reads.put(key, current.next);
        }
        begin(key, current.next);
    }

    synchronized boolean isIdle() {
        return reads.isEmpty();
    }
}
