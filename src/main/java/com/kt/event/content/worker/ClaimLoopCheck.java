package com.kt.event.content.worker;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Says when the worker does not even try to claim jobs any more, which nothing but a new start would heal. A Redis that
 * does not answer is no such case: trying again and again is life.
 */
@Liveness
@ApplicationScoped
class ClaimLoopCheck implements HealthCheck {
    private final ImageWorker worker;

    ClaimLoopCheck(ImageWorker worker) {
        this.worker = worker;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("claim loop").status(!worker.isStuck()).build();
    }
}
