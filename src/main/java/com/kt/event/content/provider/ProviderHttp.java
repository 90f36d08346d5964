package com.kt.event.content.provider;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;

/** What the calls of all providers share: connections, threads, and limits. */
@ApplicationScoped
class ProviderHttp {
    /** Added to the read timeout, for the transfer of the response. */
    private static final Duration TRANSFER = Duration.ofSeconds(1);

    private final ImageWorkers workers;
    private final HttpTransport transport;
    private final ObjectMapper json;
    private final ScheduledExecutorService timer;
    private final ResponseReader reader = new ResponseReader();
    private final String userAgent;
    private final Duration limit;
    private volatile boolean isClosed;

    ProviderHttp(Vertx vertx, ImageWorkers workers, ClientSettings settings, ObjectMapper json,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.workers = workers;
        this.transport = new HttpTransport(vertx, workers.executor(), settings.forCalls());
        this.json = json;
        this.timer = timer;
        this.userAgent = settings.userAgent();
        this.limit = settings.readTimeout().plus(TRANSFER);
    }

    /** Ends the calls in flight, as abandoned: if they counted as failures, a stop could open the breaker of all instances. */
    @PreDestroy
    void close() {
        isClosed = true;
        transport.close();
    }

    boolean isClosed() {
        return isClosed;
    }

    ImageWorkers workers() {
        return workers;
    }

    HttpTransport transport() {
        return transport;
    }

    ObjectMapper json() {
        return json;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    ResponseReader reader() {
        return reader;
    }

    String userAgent() {
        return userAgent;
    }

    /** For a whole call. */
    Duration limit() {
        return limit;
    }
}
