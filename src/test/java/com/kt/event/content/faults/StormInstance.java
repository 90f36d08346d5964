package com.kt.event.content.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/** An instance of the service behind its own proxies. */
final class StormInstance implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    final StormRedisProxy toRedis;
    final StormProxy toProvider;
    /** The thread that holds it may end the process, and must restart it. */
    final ReentrantLock process = new ReentrantLock();
    private final ServiceProcess service;
    private final StormRecord record;

    StormInstance(String name, Platform platform, StormPlan plan, StormRecord record, StormProvider provider,
            String... settings) {
        this.record = record;
        toRedis = new StormRedisProxy(platform.redis().port(), plan);
        toRedis.listen();
        toProvider = new StormProxy(provider.port());
        toProvider.listen();
        String[] all = new String[settings.length + 2];
        System.arraycopy(settings, 0, all, 0, settings.length);
        all[settings.length] = "content.image-api.url";
        all[settings.length + 1] = "http://127.0.0.1:" + toProvider.port() + "/v1";
        service = platform.service(name, toRedis.uri(), all);
    }

    ServiceProcess service() {
        return service;
    }

    boolean serves() {
        return service.isAlive() && service.health("ready") == 200;
    }

    /** Restarts a process that ends before it serves, as an orchestrator does, and records its death. */
    void awaitServing() {
        await().atMost(START_LIMIT).until(() -> {
            if (!service.isAlive()) {
                record.deaths.add(service.name() + " ended while it started, " + Instant.now());
                service.start();
            }
            return serves();
        });
    }

    void killFor(Duration time) throws IOException {
        service.kill();
        StormProvider.sleep(time);
        service.start();
        awaitServing();
    }

    void restart(Duration pause) throws IOException {
        service.terminate();
        service.awaitExit(Duration.ofMinutes(1));
        StormProvider.sleep(pause);
        service.start();
        awaitServing();
    }

    /** Ends every fault of the connections to Redis and the provider. */
    void heal() {
        toRedis.heal();
        toProvider.heal();
        if (service.isAlive()) {
            service.thaw();
        } else {
            service.start();
        }
    }

    @Override
    public void close() throws IOException {
        toRedis.close();
        toProvider.close();
    }
}
