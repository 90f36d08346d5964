package com.kt.event.content.ratelimit;

import java.time.Duration;
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
    /** A call may go out just before its job's deadline, and its outcome be asked for once after its own time limit. */
    private static final Duration BEYOND_DEADLINE = Duration.ofMinutes(12);

    private final Map<String, CallLimiter> limiters = new HashMap<>();

    CallLimiters(CallStore store, @Identifier("time-limits") ScheduledExecutorService timer, Config config) {
        Duration longest = config.getValue("content.job.deadline", Duration.class).plus(BEYOND_DEADLINE);
        ProviderSettings.order(config).forEach(name -> limiters.put(name, new CallLimiter(name,
                new CallLimits(number(name, "images-per-minute", config), number(name, "max-concurrent", config)),
                store,
                timer, System::nanoTime, longest)));
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
