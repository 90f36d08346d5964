package com.kt.event.content.job;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.kt.event.content.log.LogText;

import io.quarkus.redis.client.RedisClientName;
import io.smallrye.common.annotation.Identifier;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;

/**
 * The subscription to {@code content:events}, the channel of ids of jobs that have changed: one connection, replaced
 * whenever it is lost. The Redis client does not reconnect by itself, nor does it report every failed attempt, so each
 * attempt has a time limit. Idle connections are closed by the client's read timeout, as they may be dead.
 *
 * <p>{@code ReactivePubSubCommands.subscribe} of Quarkus 3.34.1 cannot replace this class: if Redis denies the channel, it
 * throws inside the event loop and its {@code Uni} never completes, and an attempt that is given up cannot be closed.
 */
@ApplicationScoped
class EventSubscription {
    static final String CHANNEL = "content:events";

    private static final Logger LOG = Logger.getLogger(EventSubscription.class);

    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(3);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

    private final Redis redis;
    private final ScheduledExecutorService timer;

    /** Null while closed. This and the following are guarded by this. */
    private Attempt attempt;
    private Consumer<String> onChange;
    private Runnable onUp;
    private int failures;

    EventSubscription(@RedisClientName("events") Redis redis,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.redis = redis;
        this.timer = timer;
    }

    /**
     * Subscribes, and stays subscribed until closed.
     *
     * @param onChange receives the id of each job that has changed
     * @param onUp runs each time the subscription is established; earlier messages may be lost
     */
    synchronized void open(Consumer<String> onChange, Runnable onUp) {
        this.onChange = onChange;
        this.onUp = onUp;
        failures = 0;
        attempt = new Attempt();
        attempt.begin();
    }

    synchronized void close() {
        attempt.end();
        attempt = null;
    }

    /** Whether the subscription is established, as far as is known. */
    synchronized boolean isUp() {
        return attempt != null && attempt.isUp;
    }

    private synchronized void replace(Attempt lost, String why) {
        if (attempt != lost) {
            return;
        }
        lost.end();
        if (lost.isUp) {
            LOG.debugf("subscription to %s lost, reconnecting: %s", CHANNEL, LogText.line(why));
        } else {
            failures++;
            if (failures == 1) {
                LOG.warnf(
                        "cannot subscribe to %s, retrying; jobs that clients wait for are read every second meanwhile: %s",
                        CHANNEL, LogText.line(why));
            }
        }
        attempt = new Attempt();
        timer.schedule(attempt::begin, backoff().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Duration backoff() {
        Duration backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(failures, 10));
        return backoff.compareTo(MAX_BACKOFF) < 0 ? backoff : MAX_BACKOFF;
    }

    private synchronized boolean up(Attempt current) {
        if (attempt != current || current.isUp) {
            return false;
        }
        current.isUp = true;
        current.limit.cancel(false);
        if (failures > 0) {
            LOG.infof("subscribed to %s again", CHANNEL);
            failures = 0;
        }
        return true;
    }

    /** One connection, from the attempt to open it to its end. */
    private final class Attempt {
        private RedisConnection connection;
        private ScheduledFuture<?> limit;
        private boolean isUp;
        private boolean isOver;

        private void begin() {
            synchronized (EventSubscription.this) {
                if (isOver) {
                    return;
                }
                limit = timer.schedule(() -> replace(this, "no response within " + ATTEMPT_LIMIT),
                        ATTEMPT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
            redis.connect().onSuccess(this::connected).onFailure(this::lost);
        }

        private void connected(RedisConnection made) {
            synchronized (EventSubscription.this) {
                if (isOver) {
                    made.close();
                    return;
                }
                connection = made;
            }
            made.handler(this::received)
                    .endHandler(end -> replace(this, "the connection ended"))
                    .exceptionHandler(this::lost);
            made.send(Request.cmd(Command.SUBSCRIBE).arg(CHANNEL)).onFailure(this::lost);
        }

        /** A message consists of its kind, the channel and the content. */
        private void received(Response message) {
            if (message.type() == ResponseType.ERROR) {
                replace(this, message.toString());
                return;
            }
            switch (message.get(0).toString()) {
                case "subscribe" -> {
                    if (up(this)) {
                        onUp.run();
                    }
                }
                case "message" -> onChange.accept(message.get(2).toString());
                default -> LOG.debugf("unexpected message on %s: %s", CHANNEL,
                        LogText.line(message.toString()));
            }
        }

        private void lost(Throwable failure) {
            replace(this, failure.toString());
        }

        private void end() {
            isOver = true;
            if (limit != null) {
                limit.cancel(false);
            }
            if (connection != null) {
                // In a cluster the connection consists of several, which others reuse. Without a handler the client would log
                // each message that still arrives.
                connection.handler(message -> {
                }).endHandler(null).exceptionHandler(null);
                connection.close();
            }
        }
    }
}
