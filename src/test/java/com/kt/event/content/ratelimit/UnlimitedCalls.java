package com.kt.event.content.ratelimit;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import io.smallrye.mutiny.Uni;

/** Limiters without a limit, which learn from no other test's responses. */
public final class UnlimitedCalls {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    private UnlimitedCalls() {
    }

    public static CallLimiter limiter() {
        return new CallLimiter("test", CallLimits.NONE, new NoStore(), TIMER, System::nanoTime, Duration.ofHours(1));
    }

    /** Grants every call. */
    private static final class NoStore extends CallStore {
        NoStore() {
            super(null, null, null);
        }

        @Override
        Uni<Reply> acquire(String provider, String id, CallLimits limits) {
            return Uni.createFrom().item(new Reply(Outcome.GRANTED, Duration.ZERO, Duration.ZERO));
        }

        @Override
        Uni<Void> learn(String provider, Lesson lesson) {
            return Uni.createFrom().voidItem();
        }
    }
}
