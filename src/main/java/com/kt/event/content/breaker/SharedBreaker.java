package com.kt.event.content.breaker;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;

/**
 * The circuit breaker of the image API that all instances share. Each paid call needs a permit. While the breaker is open
 * there is none. Once the pause is over the breaker is half-open, and a single call in the whole cluster, the probe, gets
 * a permit: its success closes the breaker, its failure opens it again for twice as long, up to a limit.
 *
 * <p>The breaker opens when this instance's own circuit breaker does, when the provider asks not to be called for a time,
 * and when an operator has to fix something.
 */
@ApplicationScoped
public class SharedBreaker {
    /** The name of this instance's own circuit breaker, around the calls of the image API. */
    public static final String NAME = "image-api";

    private static final Logger LOG = Logger.getLogger(SharedBreaker.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final BreakerStore store;
    private final CircuitBreakerMaintenance localBreakers;
    private final BreakerConfig config;
    private final ScheduledExecutorService timer;
    private final OperatorNotice notice;
    private final SlowStartQueue slowStart;
    private final PersistentFailure redisOutage = new PersistentFailure(Duration.ofMinutes(1), System::nanoTime);
    private final LocalPause localPause = new LocalPause(System::nanoTime);
    private final AtomicBoolean requestingProbe = new AtomicBoolean();
    private final AtomicInteger waiters = new AtomicInteger();

    SharedBreaker(BreakerStore store, CircuitBreakerMaintenance localBreakers, BreakerConfig config,
            @Identifier("time-limits") ScheduledExecutorService timer, OperatorNotice notice) {
        this.store = store;
        this.localBreakers = localBreakers;
        this.config = config;
        this.timer = timer;
        this.notice = notice;
        this.slowStart = new SlowStartQueue(timer);
    }

    void followLocalBreaker(@Observes StartupEvent event) {
        localBreakers.onStateChange(NAME, state -> {
            if (state == CircuitBreakerState.OPEN) {
                open(CallFailure.of("its circuit breaker opened")).subscribe().with(done -> {
                });
            }
        });
    }

    /** The state for all instances or, until Redis knows of a pause, for this one. Fails if Redis does not reply. */
    public Uni<BreakerState> state() {
        Duration paused = localPause.remaining();
        return paused.isZero()
                ? store.read().invoke(state -> notice.update(state.fault()))
                : Uni.createFrom().item(BreakerState.open(paused, null));
    }

    /** Whether a call waits here for a permit, and so will be the probe. */
    public boolean hasWaiters() {
        return waiters.get() > 0;
    }

    /** Waits until a call may go out. Never fails; cancelling it ends the wait. */
    public Uni<CallPermit> acquire() {
        return Uni.createFrom().deferred(this::tryAcquire)
                .chain(permit -> permit.map(granted -> Uni.createFrom().item(granted)).orElseGet(this::acquireLater))
                .onSubscription().invoke(waiters::incrementAndGet)
                .onTermination().invoke(waiters::decrementAndGet);
    }

    /** A loop of its own, because Mutiny's costs every call that need not wait. */
    private Uni<CallPermit> acquireLater() {
        return Uni.createFrom().deferred(this::tryAcquire)
                .repeat().whilst(Optional::isEmpty)
                .collect().last()
                .map(Optional::get);
    }

    /** A permit; or none, after the time in which there cannot be one. */
    private Uni<Optional<CallPermit>> tryAcquire() {
        return state()
                .onFailure().invoke(this::warnOfRedisOutage)
                .onFailure().recoverWithNull()
                .chain(state -> state == null ? noneFor(POLL_INTERVAL) : tryAcquire(state));
    }

    private Uni<Optional<CallPermit>> tryAcquire(BreakerState state) {
        return switch (state.status()) {
            case CLOSED -> {
                redisOutage.recovered();
                Duration paused = localPause.remaining();
                yield paused.isZero() ? acquireWhileClosed() : noneFor(paused);
            }
            case OPEN -> {
                slowStart.restart();
                yield noneFor(state.remaining());
            }
            case HALF_OPEN -> {
                slowStart.restart();
                yield acquireProbe();
            }
        };
    }

    private Uni<Optional<CallPermit>> acquireWhileClosed() {
        return slowStart.acquire(() -> state().map(state -> state.status() == BreakerState.Status.CLOSED))
                .map(granted -> granted.map(permit -> {
                    resetLocalBreaker();
                    return new OrdinaryPermit(this, permit);
                }));
    }

    /** One request at a time: one probe is all that the waiters of this instance can get. */
    private Uni<Optional<CallPermit>> acquireProbe() {
        if (!requestingProbe.compareAndSet(false, true)) {
            return noneFor(POLL_INTERVAL);
        }
        String id = UUID.randomUUID().toString();
        return store.probe(id, ProbePermit.LEASE)
                .onTermination().invoke(() -> requestingProbe.set(false))
                .onItem().invoke(redisOutage::recovered)
                .onFailure().invoke(this::warnOfRedisOutage)
                .onFailure().recoverWithItem(BreakerStore.ProbeReply.REFUSED)
                .chain(reply -> switch (reply) {
                    case GRANTED -> Uni.createFrom().item(() -> Optional.of(probePermit(id)));
                    case CLOSED -> acquireWhileClosed();
                    case REFUSED -> noneFor(POLL_INTERVAL);
                });
    }

    private CallPermit probePermit(String id) {
        resetLocalBreaker();
        return new ProbePermit(id, this, store, timer);
    }

    /** The shared breaker decides when calls go on; this instance's own one would hold them back once more. */
    private void resetLocalBreaker() {
        if (localBreakers.currentState(NAME) != CircuitBreakerState.CLOSED) {
            localBreakers.reset(NAME);
        }
    }

    private Uni<Optional<CallPermit>> noneFor(Duration wait) {
        return Uni.createFrom().item(Optional.<CallPermit>empty()).onItem().delayIt().onExecutor(timer).by(wait);
    }

    private void warnOfRedisOutage(Throwable failure) {
        if (redisOutage.failed()) {
            LOG.warnf("Redis has not told the state of the image API breaker for a minute, no call goes out from this "
                    + "instance until it does: %s", failure.getMessage());
        }
    }

    void callSucceeded() {
        notice.clear();
    }

    void probeSucceeded() {
        slowStart.probeSucceeded();
        LOG.info("image API breaker closed: the probe succeeded");
    }

    Uni<Void> open(CallFailure failure) {
        return open(failure, store.open(failure));
    }

    Uni<Void> open(CallFailure failure, String failedProbe) {
        return open(failure, store.open(failure, failedProbe));
    }

    /** In this instance at once, in the others through Redis. */
    private Uni<Void> open(CallFailure failure, Uni<BreakerStore.Opening> forAll) {
        Duration usual = failure.fault() == null ? config.pause() : config.longestPause();
        Duration local = failure.retryAfter().isZero() ? usual : failure.retryAfter();
        localPause.atLeast(failure.retryAfter());
        localPause.set(local);
        slowStart.restart();
        return forAll
                .invoke(opening -> {
                    localPause.set(opening.remaining());
                    report(failure, opening);
                })
                .onFailure().invoke(e -> LOG.warnf(
                        "image API breaker open in this instance for %s (%s); cannot tell the others: %s", local,
                        failure.reason(), e.getMessage()))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private void report(CallFailure failure, BreakerStore.Opening opening) {
        if (failure.fault() != null) {
            notice.update(failure.fault());
            if (opening.isNewFault()) {
                notice.report(failure.fault(), failure.reason(), config.longestPause());
            }
        } else if (opening.outcome() == BreakerStore.OpenOutcome.OPENED) {
            LOG.warnf("image API breaker open cluster-wide for %s (%s); a single probe follows", opening.remaining(),
                    failure.reason());
        }
    }
}
