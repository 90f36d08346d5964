package com.kt.event.content.provider;

import java.util.ArrayDeque;
import java.util.Deque;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;

/**
 * Passes the body of a response on in blocks, off the event loop and one after the other, and reads no more while blocks wait.
 * All methods are called on the connection's context. A body that fits into the first block is passed on at once.
 */
final class BodyTransfer {
    /** Larger than a response with the address of an image. */
    static final int FIRST_BLOCK = 4 * 1024;
    static final int BLOCK = 64 * 1024;

    /** Until the next look for room. */
    private static final long RETRY_MILLIS = 500;

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final ResponseBody body;
    private final Events events;
    private final Deque<Block> waiting = new ArrayDeque<>();
    private byte[] filling = new byte[FIRST_BLOCK];
    private int filled;
    /** A block to be filled again; null if there is none. */
    private byte[] spare;
    private boolean isBusy;
    private boolean isBegun;
    private boolean isHeld;
    private boolean hasEnded;
    private boolean hasFailed;

    interface Events {
        /** Not to read any more until {@link #resume}. */
        void pause();

        void resume();

        /** Everything is passed on. */
        void done();

        void failed(Throwable cause);

        /** Nobody waits for the response any more. */
        boolean isOver();
    }

    private record Block(byte[] bytes, int count) {
    }

    BodyTransfer(Vertx vertx, WorkerExecutor workers, ResponseBody body, Events events) {
        this.vertx = vertx;
        this.workers = workers;
        this.body = body;
        this.events = events;
    }

    void add(Buffer chunk) {
        for (int taken = 0; taken < chunk.length();) {
            int now = Math.min(filling.length - filled, chunk.length() - taken);
            chunk.getBytes(taken, taken + now, filling, filled);
            filled += now;
            taken += now;
            if (filled == filling.length) {
                passOn();
                filling = spare == null ? new byte[BLOCK] : spare;
                spare = null;
            }
        }
        if (waiting.size() > 1 && !isHeld) {
            isHeld = true;
            events.pause();
        }
    }

    void end() {
        if (isBegun || body.isCompressed()) {
            hasEnded = true;
            passOn();
            return;
        }
        try {
            body.accept(filling, filled);
        } catch (Exception e) {
            events.failed(e);
            return;
        }
        events.done();
    }

    private void passOn() {
        isBegun = true;
        waiting.add(new Block(filling, filled));
        filled = 0;
        work();
    }

    private void work() {
        if (isBusy || hasFailed || waiting.isEmpty()) {
            return;
        }
        isBusy = true;
        Block block = waiting.element();
        workers.executeBlocking(() -> {
            boolean hasRoom = body.hasRoom();
            if (hasRoom) {
                body.accept(block.bytes, block.count);
            }
            return hasRoom;
        }, false).onSuccess(accepted -> worked(block, accepted)).onFailure(this::fail);
    }

    private void worked(Block block, boolean accepted) {
        isBusy = false;
        if (accepted) {
            waiting.remove();
            accepted(block);
        } else if (!events.isOver()) {
            vertx.setTimer(RETRY_MILLIS, now -> work());
        }
    }

    private void accepted(Block block) {
        spare = block.bytes.length == BLOCK ? block.bytes : null;
        work();
        if (waiting.size() <= 1 && isHeld) {
            isHeld = false;
            events.resume();
        }
        if (hasEnded && waiting.isEmpty()) {
            events.done();
        }
    }

    private void fail(Throwable cause) {
        hasFailed = true;
        waiting.clear();
        events.failed(cause);
    }
}
