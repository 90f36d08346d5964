package com.kt.event.content.worker;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Reports a claim loop that has stopped trying, which only a restart repairs. A loop that retries because Redis does not
 * answer is alive.
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
