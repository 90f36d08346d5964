package com.kt.event.content.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** An instance of the service with the ways that lead out of it. */
final class StormInstance implements AutoCloseable {
    final StormRedisProxy toRedis;
    final StormProxy toProvider;
    /** Whoever has it may end the process, and must start it again. */
    final ReentrantLock process = new ReentrantLock();
    private final ServiceProcess service;

    StormInstance(String name, Platform platform, StormPlan plan, StormProvider provider, String... settings) {
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

    void killFor(Duration time) throws IOException {
        service.kill();
        StormProvider.sleep(time);
        service.start();
        service.awaitReady();
    }

    void restart(Duration pause) throws IOException {
        service.terminate();
        service.awaitExit(Duration.ofMinutes(1));
        StormProvider.sleep(pause);
        service.start();
        service.awaitReady();
    }

    /** Whatever was done to it. */
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
