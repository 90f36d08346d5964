package com.kt.event.content.gallery;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;

/** Reports whether this instance can store images: the reason in its readiness, and as metrics for alerts. */
@Startup
@Readiness
@ApplicationScoped
class StoreHealthCheck implements HealthCheck {
    private final StoreHealth health;

    StoreHealthCheck(StoreHealth health, MeterRegistry meters) {
        this.health = health;
        Gauge.builder("content.store.writable", () -> health.isWritable() ? 1 : 0)
                .description("Whether images can be stored: 1, or 0 while this instance requests none")
                .register(meters);
        Gauge.builder("content.pictures.unkept", health::unkept)
                .description("Images that are paid for and wait in memory because the store is not writable")
                .register(meters);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("picture store").status(true);
        health.trouble().ifPresent(why -> response.down().withData("reason", why));
        return response.build();
    }
}
