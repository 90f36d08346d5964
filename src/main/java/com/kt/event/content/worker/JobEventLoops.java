package com.kt.event.content.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.netty.channel.EventLoop;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

/**
 * The event loops on which jobs run, one per processor. A job stays on its loop, and so do the Redis commands and the calls
 * that it sends. More loops than processors would only spread the commands over more connections and writes.
 */
@ApplicationScoped
class JobEventLoops {
    private final List<Loop> loops;

    private record Loop(ContextInternal context, AtomicInteger jobs) {
        private boolean isCurrent() {
            return context.nettyEventLoop().inEventLoop();
        }
    }

    @Inject
    JobEventLoops(Vertx vertx) {
        this(vertx, Runtime.getRuntime().availableProcessors());
    }

    /** Vert.x 5 has the event loops elsewhere, and Vert.x 4 nowhere else. */
    @SuppressWarnings("deprecation")
    JobEventLoops(Vertx vertx, int most) {
        List<Loop> all = new ArrayList<>();
        vertx.nettyEventLoopGroup().forEach(executor -> {
            if (all.size() < most) {
                all.add(new Loop(((VertxInternal) vertx).createEventLoopContext((EventLoop) executor, null, null),
                        new AtomicInteger()));
            }
        });
        loops = List.copyOf(all);
    }

    /** The loop with the fewest jobs, if possible the present one, which counts the job until it ends. */
    Executor executorFor(InFlightJob job) {
        Loop loop = loops.stream().min(Comparator.<Loop>comparingInt(each -> each.jobs.get())
                .thenComparing(each -> !each.isCurrent())).orElseThrow();
        loop.jobs.incrementAndGet();
        job.done().whenComplete((done, failure) -> loop.jobs.decrementAndGet());
        Context context = VertxContext.createNewDuplicatedContext(loop.context);
        return task -> context.runOnContext(started -> task.run());
    }
}
