package com.kt.event.content.channel;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import com.kt.event.content.rendition.UndecodableImageException;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;

/**
 * The threads that make renditions, fewer than the processors, so that event loops need not wait for one; and the memory that
 * they may take together.
 */
@ApplicationScoped
class RenditionWorkers {
    /** The unit of the memory, in bytes: a semaphore counts with an int. */
    private static final long UNIT = 1024;

    private final WorkerExecutor executor;
    private final int mostAdmitted;
    private final AtomicInteger admitted = new AtomicInteger();
    private final long most;
    private final int units;
    private final Semaphore free;

    @Inject
    RenditionWorkers(Vertx vertx, ChannelConfig config) {
        this(vertx, threads(Runtime.getRuntime().availableProcessors()), config.renditions().maxWaiting(),
                Runtime.getRuntime().maxMemory() / 2);
    }

    /** @param memory in bytes: half of what there is */
    RenditionWorkers(Vertx vertx, int threads, int maxWaiting, long memory) {
        this.executor = vertx.createSharedWorkerExecutor("renditions", threads);
        this.mostAdmitted = threads + maxWaiting;
        this.most = 2 * memory;
        this.units = (int) Math.min(Integer.MAX_VALUE, memory / UNIT);
        this.free = new Semaphore(units, true);
    }

    static int threads(int processors) {
        return Math.max(1, processors / 2);
    }

    @PreDestroy
    void close() {
        executor.close();
    }

    /** The result of work that blocks; fails with {@link TooManyRenditionsException} if too much waits. */
    <T> Uni<T> run(Callable<T> work) {
        return Uni.createFrom().deferred(() -> {
            if (admitted.incrementAndGet() > mostAdmitted) {
                admitted.decrementAndGet();
                return Uni.createFrom().failure(new TooManyRenditionsException());
            }
            return Uni.createFrom().completionStage(executor.executeBlocking(work, false)
                    .onComplete(done -> admitted.decrementAndGet()).toCompletionStage());
        });
    }

    /**
     * The result of a part of such work that takes much memory. Waits until there is enough, in the order of the calls; what
     * takes more than half of the heap waits until it has all of that half.
     *
     * @param bytes the memory
     * @throws UndecodableImageException if the heap is smaller than that
     */
    <T> T withMemory(long bytes, Callable<T> work) throws Exception {
        if (bytes > most) {
            throw new UndecodableImageException("takes %d bytes of memory, which is too much".formatted(bytes));
        }
        int taken = (int) Math.min(units, (bytes + UNIT - 1) / UNIT);
        free.acquire(taken);
        try {
            return work.call();
        } finally {
            free.release(taken);
        }
    }
}
