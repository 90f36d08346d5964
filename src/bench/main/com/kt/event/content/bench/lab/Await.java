package com.kt.event.content.bench.lab;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import com.kt.event.content.bench.BenchException;

import io.vertx.core.Future;

/** Waits on the thread of the benchmark. */
public final class Await {
    private static final int SECONDS = 60;

    private Await() {
    }

    /** The value of the future, which has a minute. */
    public static <T> T value(Future<T> future) {
        return value(future, SECONDS);
    }

    public static <T> T value(Future<T> future, int seconds) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new BenchException("failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new BenchException("no response within " + seconds + " s", e);
        } catch (InterruptedException e) {
            throw new BenchException("interrupted", e);
        }
    }

    /** False if the condition does not hold within this time; it is checked every two milliseconds. */
    public static boolean until(BooleanSupplier condition, double seconds) {
        long deadline = System.nanoTime() + (long) (seconds * 1e9);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause(0.002);
        }
        return true;
    }

    public static void pause(double seconds) {
        try {
            Thread.sleep(Math.round(seconds * 1000));
        } catch (InterruptedException e) {
            throw new BenchException("interrupted", e);
        }
    }
}
