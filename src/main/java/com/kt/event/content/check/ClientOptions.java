package com.kt.event.content.check;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.vertx.redis.client.RedisOptions;

/** Captures the options (TLS, password, timeouts) with which the service connects to Redis; customizes nothing. */
@ApplicationScoped
class ClientOptions implements RedisOptionsCustomizer {
    private volatile RedisOptions options;

    @Override
    public void customize(String clientName, RedisOptions options) {
        if (RedisConfig.DEFAULT_CLIENT_NAME.equals(clientName)) {
            this.options = options;
        }
    }

    RedisOptions copy() {
        return new RedisOptions(options);
    }
}
