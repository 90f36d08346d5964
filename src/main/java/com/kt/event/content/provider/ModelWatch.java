package com.kt.event.content.provider;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Asks providers after the start and once a day whether they still have the configured models, which they shut down after
 * about a year. A provider that cannot be asked, or does not say, is not reported.
 */
@ApplicationScoped
class ModelWatch {
    /** Enough to find, test and configure another model. */
    static final int DAYS = 30;

    private static final Logger LOG = Logger.getLogger(ModelWatch.class);

    private final ProviderLookUp lookUp;
    private final boolean isOn;
    private final Clock clock;
    private final Map<ProviderConfig, AtomicBoolean> ending = new HashMap<>();

    ModelWatch(ProviderLookUp lookUp, ImageApiConfig config, Clock clock, MeterRegistry meters) {
        this.lookUp = lookUp;
        this.isOn = config.modelWatch();
        this.clock = clock;
        lookUp.providers().forEach(provider -> {
            AtomicBoolean isEnding = new AtomicBoolean();
            ending.put(provider, isEnding);
            Gauge.builder("content.provider.model.ending", () -> isEnding.get() ? 1 : 0)
                    .description("1 if the provider shuts the model down within 30 days, or does not have it any more")
                    .tag("provider", provider.name()).tag("model", provider.model())
                    .register(meters);
        });
    }

    @Scheduled(every = "24h", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP,
            identity = "watch-models")
    Uni<Void> watch() {
        return isOn ? look() : Uni.createFrom().voidItem();
    }

    Uni<Void> look() {
        return Multi.createFrom().iterable(lookUp.providers())
                .onItem().transformToUniAndConcatenate(this::look)
                .collect().last().replaceWithVoid();
    }

    private Uni<Void> look(ProviderConfig provider) {
        return lookUp.status(provider).invoke(status -> report(provider, status))
                .onFailure().invoke(failure -> LOG.debugf("%s cannot be asked for its model: %s", provider, failure))
                .onFailure().recoverWithNull().replaceWithVoid();
    }

    private void report(ProviderConfig provider, ProviderStatus status) {
        Optional<String> warning = warning(status, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        ending.get(provider).set(warning.isPresent());
        warning.ifPresent(text -> LOG.warnf("the model %s of the provider %s %s: configure another model",
                provider.model(), provider.name(), text));
    }

    static Optional<String> warning(ProviderStatus status, LocalDate today) {
        if (!status.knowsModel().orElse(true)) {
            return Optional.of("is not known to it, or not any more");
        }
        return status.shutdown().filter(day -> ChronoUnit.DAYS.between(today, day) <= DAYS)
                .map(day -> "is shut down on " + day);
    }
}
