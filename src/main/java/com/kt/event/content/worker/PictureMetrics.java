package com.kt.event.content.worker;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.kt.event.content.job.StyleError;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;

/** Counts what became of the pictures that this instance was to make. Each count begins at 0, so that its first is a rise. */
@ApplicationScoped
class PictureMetrics {
    private final Counter drawn;
    private final Map<StyleError, Counter> failed;
    private final Counter unknownCalls;

    PictureMetrics(MeterRegistry meters) {
        Function<String, Counter> outcomes = outcome -> Counter.builder("content.pictures")
                .description("Pictures by what became of them: drawn, or why not")
                .tag("outcome", outcome)
                .register(meters);
        this.drawn = outcomes.apply("drawn");
        this.failed = Arrays.stream(StyleError.values())
                .collect(Collectors.toMap(Function.identity(), error -> outcomes.apply(error.name())));
        this.unknownCalls = Counter.builder("content.calls.unknown")
                .description("Paid calls that were made again because nobody knows what became of them")
                .register(meters);
    }

    /** Made by then, and not with the first job. */
    void register(@Observes StartupEvent event) {
    }

    void drawn() {
        drawn.increment();
    }

    void failed(StyleError error) {
        failed.get(error).increment();
    }

    void askedOnceMore() {
        unknownCalls.increment();
    }
}
