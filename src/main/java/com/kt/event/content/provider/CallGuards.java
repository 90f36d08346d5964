package com.kt.event.content.provider;

import java.time.temporal.ChronoUnit;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.kt.event.content.breaker.SharedBreaker;
import com.kt.event.content.settings.ProviderSettings;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;

/**
 * Makes the guard around the calls of each provider: a {@code @CircuitBreaker} and a {@code @Timeout}, which as annotations
 * would be shared by all providers. The circuit breaker opens when half of the last eight calls failed through the provider's
 * fault. The timeout only stops the wait; the call's own time limit, which is just below it, frees the socket.
 */
@ApplicationScoped
class CallGuards {
    private static final int WINDOW = 8;
    /** The tag "method" of its metrics, that of an annotated method in earlier versions. */
    private static final String METHOD = "com.kt.event.content.provider.ImageApi.generate";
    private static final String SETTINGS = "quarkus.fault-tolerance.\"com.kt.event.content.provider.ImageApi/generate\".";

    private final long delay;
    private final ChronoUnit delayUnit;
    private final long timeout;
    private final ChronoUnit timeoutUnit;

    @RegisterForReflection
    static final class Images extends TypeLiteral<Uni<ResponseImage>> {
        private static final long serialVersionUID = 1L;
    }

    CallGuards(@ConfigProperty(name = SETTINGS + "circuit-breaker.delay", defaultValue = "10") long delay,
            @ConfigProperty(name = SETTINGS + "circuit-breaker.delay-unit",
                    defaultValue = "seconds") ChronoUnit delayUnit,
            @ConfigProperty(name = SETTINGS + "timeout.value", defaultValue = "5") long timeout,
            @ConfigProperty(name = SETTINGS + "timeout.unit", defaultValue = "minutes") ChronoUnit timeoutUnit) {
        this.delay = delay;
        this.delayUnit = delayUnit;
        this.timeout = timeout;
        this.timeoutUnit = timeoutUnit;
    }

    TypedGuard<Uni<ResponseImage>> of(String provider, SharedBreaker breaker) {
        return TypedGuard.create(new Images())
                .withDescription(METHOD + (provider.equals(ProviderSettings.DEFAULT) ? "" : " " + provider))
                .withCircuitBreaker()
                .name(SharedBreaker.localName(provider))
                .requestVolumeThreshold(WINDOW)
                .failureRatio(0.5)
                .delay(delay, delayUnit)
                .skipOn(List.of(ImageFailure.Permanent.class, ImageFailure.Operator.class))
                .onStateChange(breaker::followLocalBreaker)
                .done()
                .withTimeout()
                .duration(timeout, timeoutUnit)
                .done()
                .build();
    }
}
