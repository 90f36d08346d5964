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

/** Counts what became of the images that this instance was to make. Each count begins at 0, so that its first is a rise. */
@Startup
@ApplicationScoped
class ImageMetrics {
    private final Counter generated;
    private final Map<StyleError, Counter> failed;
    private final Counter unknownCalls;

    ImageMetrics(MeterRegistry meters) {
        Function<String, Counter> outcomes = outcome -> Counter.builder("content.pictures")
                .description("Images by what became of them: drawn, or why not")
                .tag("outcome", outcome)
                .register(meters);
        this.generated = outcomes.apply("drawn");
        this.failed = Arrays.stream(StyleError.values())
                .collect(Collectors.toMap(Function.identity(), error -> outcomes.apply(error.name())));
        this.unknownCalls = Counter.builder("content.calls.unknown")
                .description("Paid calls that were made again because nobody knows what became of them")
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
