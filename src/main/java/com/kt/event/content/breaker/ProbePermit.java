package com.kt.event.content.breaker;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * The permit of the probe, the single call while the breaker is half-open. It holds a lease in Redis, which it renews until
 * the outcome is reported; if the report does not reach Redis, the lease lapses and another call becomes the probe.
 */
final class ProbePermit implements CallPermit {
    static final Duration LEASE = Duration.ofSeconds(15);

    private static final Logger LOG = Logger.getLogger(ProbePermit.class);
    private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(5);

    private final String id;
    private final SharedBreaker breaker;
    private final BreakerStore store;
    private final ScheduledFuture<?> renewal;

    ProbePermit(String id, SharedBreaker breaker, BreakerStore store, ScheduledExecutorService timer) {
        this.id = id;
        this.breaker = breaker;
        this.store = store;
        long interval = RENEWAL_INTERVAL.toMillis();
        this.renewal = timer.scheduleAtFixedRate(this::renew, interval, interval, TimeUnit.MILLISECONDS);
    }

    private void renew() {
        store.probe(id, LEASE).subscribe().with(this::stopUnlessGranted,
                failure -> LOG.debugf("cannot renew the lease of the image API probe: %s", failure));
    }

    private void stopUnlessGranted(BreakerStore.ProbeReply reply) {
        if (reply != BreakerStore.ProbeReply.GRANTED) {
            renewal.cancel(false);
        }
    }

    @Override
    public Uni<Void> success() {
        breaker.callSucceeded();
        renewal.cancel(false);
        return store.close(id).invoke(closed -> {
            if (closed) {
                breaker.probeSucceeded();
            }
        }).onFailure().recoverWithNull().replaceWithVoid();
    }

    @Override
    public Uni<Void> failure(CallFailure failure) {
        renewal.cancel(false);
        return breaker.open(failure, id).onFailure().recoverWithNull();
    }

    @Override
    public Uni<Void> abandoned() {
        renewal.cancel(false);
        return store.release(id).onFailure().recoverWithNull();
    }
}
