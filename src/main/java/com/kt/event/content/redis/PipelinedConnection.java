package com.kt.event.content.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/**
 * A connection on which commands are sent without waiting for the answers to earlier ones; in a cluster, a connection to
 * each node. It owns its client, because that is the only way to close a connection for certain: one that belongs to a pool
 * goes back there instead.
 */
final class PipelinedConnection {
    private static final Pattern CLOSED = Pattern.compile(
            "CONNECTION_CLOSED|Connection is closed|waiting queue is full");
    /** The server is no master any more, or does not know the user any more: another connection may reach a better one. */
    private static final Pattern WRONG_SERVER = Pattern.compile("\\b(READONLY|LOADING|MASTERDOWN|NOAUTH)\\b");
    /** At least this long a connection to a wrong server is kept, so that it is not replaced for each command. */
    private static final Duration MIN_AGE = Duration.ofSeconds(1);

    private final Redis client;
    private final RedisConnection connection;
    private final Consumer<PipelinedConnection> onUnusable;
    /** In the order of sending. In a cluster some in the middle may have been answered. */
    private final Queue<Sent> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final long opened = System.nanoTime();
    private volatile long lastSent = opened;

    private static final class Sent {
        private final long at;
        private volatile boolean isAnswered;

        private Sent(long at) {
            this.at = at;
        }
    }

    /** @param onUnusable told when no further command should be sent on this connection; may be told several times */
    PipelinedConnection(Redis client, RedisConnection connection, Consumer<PipelinedConnection> onUnusable) {
        this.client = client;
        this.connection = connection;
        this.onUnusable = onUnusable;
        connection.endHandler(end -> onUnusable.accept(this)).exceptionHandler(failure -> onUnusable.accept(this));
    }

    Future<Response> send(Request command) {
        Sent sent = sending();
        return connection.send(command).onComplete(answer -> answered(sent, answer));
    }

    Future<List<Response>> batch(List<Request> commands) {
        Sent sent = sending();
        return connection.batch(commands).onComplete(answers -> answered(sent, answers));
    }

    /** Lets a dead connection be noticed before the next command needs it. */
    void keepAlive() {
        send(Request.cmd(Command.PING));
    }

    private Sent sending() {
        Sent sent = new Sent(System.nanoTime());
        lastSent = sent.at;
        unanswered.add(sent);
        return sent;
    }

    private void answered(Sent sent, AsyncResult<?> answer) {
        sent.isAnswered = true;
        forgetAnswered();
        if (answer.failed() && isUnusable(answer.cause())) {
            onUnusable.accept(this);
        }
    }

    private void forgetAnswered() {
        Sent oldest = unanswered.peek();
        while (oldest != null && oldest.isAnswered) {
            unanswered.remove(oldest);
            oldest = unanswered.peek();
        }
    }

    private boolean isUnusable(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof IOException || CLOSED.matcher(message).find()
                || System.nanoTime() - opened > MIN_AGE.toNanos() && WRONG_SERVER.matcher(message).find();
    }

    /** For how long the oldest command has waited for its answer; zero if all have theirs. */
    Duration silence() {
        Sent oldest = unanswered.peek();
        return oldest == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - oldest.at);
    }

    boolean isDrained() {
        return unanswered.isEmpty();
    }

    Duration idleTime() {
        return Duration.ofNanos(System.nanoTime() - lastSent);
    }

    /** Commands without an answer fail, and their outcome is unknown. */
    void close() {
        if (isClosed.compareAndSet(false, true)) {
            connection.endHandler(null).exceptionHandler(null);
            client.close();
        }
    }
}
