package com.kt.event.content.generator;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.ImageApi;
import com.kt.event.content.provider.Providers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;

/** Counts this instance's paid calls. Every counter exists from the start, so that its first event shows as a rise. */
@Startup
@ApplicationScoped
class CallMetrics {
    private final Map<ImageApi, Map<CallOutcome, Counter>> calls = new HashMap<>();

    CallMetrics(Providers providers, MeterRegistry meters) {
        for (ImageApi api : providers.inOrder()) {
            Map<CallOutcome, Counter> counters = new EnumMap<>(CallOutcome.class);
            for (CallOutcome outcome : CallOutcome.values()) {
                counters.put(outcome, Counter.builder("content.provider.calls")
                        .description("Calls of providers by outcome")
                        .tag("provider", api.name())
                        .tag("model", api.model())
                        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .register(meters));
            }
            calls.put(api, counters);
        }
    }

    void ended(ImageApi api, CallOutcome outcome) {
        calls.get(api).get(outcome).increment();
    }
}
