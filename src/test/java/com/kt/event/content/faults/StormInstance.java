package com.kt.event.content.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** An instance of the service behind its own proxies. */
final class StormInstance implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    final StormRedisProxy toRedis;
    private final List<StormProxy> toProviders = new ArrayList<>();
    private int nextProvider;
    /** The thread that holds it may end the process, and must restart it. */
    final ReentrantLock process = new ReentrantLock();
    private final ServiceProcess service;
    private final StormRecord record;

    StormInstance(String name, Platform platform, StormPlan plan, StormRecord record,
            List<StormProvider> providers, String... settings) {
        this.record = record;
        toRedis = new StormRedisProxy(platform.redis().port(), plan);
        toRedis.listen();
        List<String> all = new ArrayList<>(List.of(settings));
        List<String> order = new ArrayList<>();
        for (StormProvider provider : providers) {
            StormProxy proxy = new StormProxy(provider.port());
            proxy.listen();
            toProviders.add(proxy);
            String url = "http://127.0.0.1:" + proxy.port() + "/v1";
            String its = "content.providers.p" + toProviders.size();
            order.add("p" + toProviders.size());
            all.addAll(providers.size() == 1
                    ? List.of("content.image-api.url", url)
                    : List.of(its + ".type", "openai", its + ".url", url, its + ".images-per-minute", "300",
                            its + ".max-concurrent", "6"));
        }
        if (providers.size() > 1) {
            all.addAll(List.of("content.providers.order", String.join(",", order)));
        }
        service = platform.service(name, toRedis.uri(), all.toArray(String[]::new));
    }

    /** The connections to the next of the providers, each in its turn. */
    synchronized StormProxy toProvider() {
        return toProviders.get(nextProvider++ % toProviders.size());
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
        toProviders.forEach(StormProxy::heal);
        if (service.isAlive()) {
            service.thaw();
        } else {
            service.start();
        }
    }

    @Override
    public void close() throws IOException {
        toRedis.close();
        for (StormProxy proxy : toProviders) {
            proxy.close();
        }
    }
}
