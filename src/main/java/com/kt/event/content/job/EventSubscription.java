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
 * The subscription to {@code content:events}, on which the ids of jobs that have changed are published: one connection,
 * made anew whenever it is lost. The client does not do that by itself; nor does it always say that it got no connection,
 * so every attempt has a time limit. An idle connection looks like a dead one, and is replaced by the client's settings.
 */
@ApplicationScoped
class EventSubscription {
    static final String CHANNEL = "content:events";

    private static final Logger LOG = Logger.getLogger(EventSubscription.class);

    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(3);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Redis redis;
    private final ScheduledExecutorService timer;

    /** Null while nobody wants one. All of it is guarded by this. */
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
     * Subscribes, and stays subscribed until it is closed.
     *
     * @param onChange gets the id of each job that has changed
     * @param onUp runs each time that hints begin to come in: before that, some may have got lost
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

    /** Whether hints come in, as far as one can know. */
    synchronized boolean isUp() {
        return attempt != null && attempt.isUp;
    }

    private synchronized void replace(Attempt lost, String why) {
        if (attempt != lost) {
            return;
        }
        lost.end();
        if (lost.isUp) {
            LOG.debugf("the subscription to %s is renewed: %s", CHANNEL, LogText.line(why));
        } else {
            failures++;
            if (failures == 1) {
                LOG.warnf(
                        "cannot subscribe to %s, trying again until it works; who waits for a job looks every second: %s",
                        CHANNEL, LogText.line(why));
            }
        }
        attempt = new Attempt();
        timer.schedule(attempt::begin, pause().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Duration pause() {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
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

    /** One connection, from the wish for it to its end. */
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
                limit = timer.schedule(() -> replace(this, "no answer within " + ATTEMPT_LIMIT),
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

        /** What comes is what kind of message it is, the channel, and what was said. */
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
                default -> LOG.debugf("%s said something unexpected: %s", CHANNEL,
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
                // In a cluster there are more than the one that subscribed, which others use after us. What still comes is
                // for nobody, and without any handler the client would complain about it in the log.
                connection.handler(message -> {
                }).endHandler(null).exceptionHandler(null);
                connection.close();
            }
        }
    }
}
