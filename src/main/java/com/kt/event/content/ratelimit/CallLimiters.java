package com.kt.event.content.ratelimit;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;

import com.kt.event.content.settings.ProviderSettings;

import io.smallrye.common.annotation.Identifier;

/** The limiter of each provider. */
@ApplicationScoped
public class CallLimiters {
    private final Map<String, CallLimiter> limiters = new HashMap<>();

    CallLimiters(CallStore store, @Identifier("time-limits") ScheduledExecutorService timer, Config config) {
        ProviderSettings.order(config).forEach(name -> limiters.put(name, new CallLimiter(name,
                new CallLimits(number(name, "images-per-minute", config), number(name, "max-concurrent", config)),
                store,
                timer, System::nanoTime)));
    }

    /** Zero if it is not set. */
    private static int number(String provider, String member, Config config) {
        return ProviderSettings.value(provider, member, config).map(text -> Integer.valueOf(text.strip())).orElse(0);
    }

    /** The limiter of a provider whose limits are configured. */
    public CallLimiter of(String provider) {
        return limiters.get(provider);
    }
}
