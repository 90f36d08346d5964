package com.kt.event.content.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.RedisOptions;

/** Captures the options (TLS, password, timeouts) with which Quarkus connects to Redis; customizes nothing. */
@ApplicationScoped
public class ClientOptions implements RedisOptionsCustomizer {
    private volatile RedisOptions options;

    @Override
    public void customize(String clientName, RedisOptions options) {
        if (RedisConfig.DEFAULT_CLIENT_NAME.equals(clientName)) {
            this.options = options;
        }
    }

    /** The options, to be changed by the caller. */
    public RedisOptions copy() {
        return new RedisOptions(options).setNetClientOptions(new NetClientOptions(options.getNetClientOptions()));
    }

    /** As {@link #copy}, with the addresses in another order: so one that hangs does not fail every attempt. */
    RedisOptions copy(int attempt) {
        List<String> addresses = new ArrayList<>(options.getEndpoints());
        Collections.rotate(addresses, -attempt);
        return copy().setEndpoints(addresses);
    }
}
