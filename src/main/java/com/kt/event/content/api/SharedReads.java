package com.kt.event.content.api;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;

/**
 * Combines simultaneous reads of the same key. At most one read per key is under way. Requests that arrive meanwhile share
 * the next read, because the present one may have read the value before it changed.
 */
final class SharedReads<K, V> {
    private final Function<K, Uni<V>> read;

    /** The read under way per key, and the read to follow if it is wanted. Guarded by this. */
    private final Map<K, Read<V>> reads = new HashMap<>();

    private static final class Read<V> {
        private final CompletableFuture<V> result = new CompletableFuture<>();
        private Read<V> next;
    }

    SharedReads(Function<K, Uni<V>> read) {
        this.read = read;
    }

    /** The value now or later. Cancelling the result does not affect other callers. */
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
