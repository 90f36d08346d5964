package com.kt.event.content.worker;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.job.StyleError;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;

/** Counts the images of this instance by outcome. Every counter exists from the start, so that its first event shows as a rise. */
@Startup
@ApplicationScoped
class ImageMetrics {
    private final Counter generated;
    private final Map<StyleError, Counter> failed;
    private final Counter unknownCalls;

    ImageMetrics(MeterRegistry meters) {
        Function<String, Counter> outcomes = outcome -> Counter.builder("content.pictures")
                .description("Images by outcome: drawn, or the error code")
                .tag("outcome", outcome)
                .register(meters);
        this.generated = outcomes.apply("drawn");
        this.failed = Arrays.stream(StyleError.values())
                .collect(Collectors.toMap(Function.identity(), error -> outcomes.apply(error.name())));
        this.unknownCalls = Counter.builder("content.calls.unknown")
                .description("Paid calls that were repeated because the outcome of the call before is unknown")
                .register(meters);
    }

    void generated() {
        generated.increment();
    }

    void failed(StyleError error) {
        failed.get(error).increment();
    }

    void repeatedUnknownCall() {
        unknownCalls.increment();
    }
}
