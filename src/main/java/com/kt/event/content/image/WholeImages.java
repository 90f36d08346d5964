package com.kt.event.content.image;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Limits the memory of the images that are in memory as a whole, to be checked, uploaded or described. Others wait. */
@Singleton
public class WholeImages {
    /** The share of the heap. */
    private static final int SHARE = 4;

    private final long limit;
    private final Set<Turn> waiting = new LinkedHashSet<>();
    private long used;

    @Inject
    WholeImages() {
        this(Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** @param limit in bytes; a larger image has its turn alone */
    public WholeImages(long limit) {
        this.limit = limit;
    }

    /** Does the work as soon as there is memory for that many bytes. */
    public <T> Uni<T> within(long bytes, Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            Turn turn = new Turn(bytes);
            return Uni.createFrom().<Void>emitter(turn::await)
                    .chain(() -> work)
                    .onTermination().invoke(() -> end(turn));
        });
    }

    private void end(Turn ended) {
        startable(ended).forEach(turn -> turn.begin.run());
    }

    private synchronized List<Turn> startable(Turn ended) {
        waiting.remove(ended);
        used -= ended.isStarted ? ended.bytes : 0;
        ended.isStarted = false;
        List<Turn> next = new ArrayList<>();
        waiting.stream().takeWhile(this::start).forEach(next::add);
        next.forEach(waiting::remove);
        return next;
    }

    private synchronized boolean start(Turn turn) {
        turn.isStarted = used == 0 || used + turn.bytes <= limit;
        used += turn.isStarted ? turn.bytes : 0;
        return turn.isStarted;
    }

    private final class Turn {
        private final long bytes;
        /** In the Vert.x context of the one that waits. */
        private Runnable begin;
        private boolean isStarted;

        Turn(long bytes) {
            this.bytes = bytes;
        }

        void await(UniEmitter<? super Void> emitter) {
            Context context = Vertx.currentContext();
            synchronized (WholeImages.this) {
                begin = context == null
                        ? () -> emitter.complete(null)
                        : () -> context.runOnContext(begun -> emitter.complete(null));
                if (!waiting.isEmpty() || !start(this)) {
                    waiting.add(this);
                    return;
                }
            }
            emitter.complete(null);
        }
    }
}
