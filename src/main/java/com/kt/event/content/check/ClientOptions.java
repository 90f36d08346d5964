package com.kt.event.content.check;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.vertx.redis.client.RedisOptions;

/** Customizes nothing, and remembers with which options (TLS, password, time limits) the service reaches Redis. */
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
