package com.kt.event.content.breaker;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.kt.event.content.settings.ProviderSettings;

import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;

/**
 * The circuit breaker of one provider that all instances share. Each paid call needs a permit. While the breaker is open
 * there is none. Once the pause is over the breaker is half-open, and a single call in the whole cluster, the probe, gets
 * a permit: its success closes the breaker, its failure opens it again for twice as long, up to a limit.
 *
 * <p>The breaker opens when this instance's own circuit breaker does, when the provider asks not to be called for a time,
 * and when an operator has to fix something.
 */
public class SharedBreaker {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final String localName;
    private final BreakerStore store;
    private final BreakerStore older;
    private final CircuitBreakerMaintenance localBreakers;
    private final Pauses pauses;
    private final ScheduledExecutorService timer;
    private final OperatorNotice notice;
    private final BreakerReport report;
    private final SlowStartQueue slowStart;
    private final LocalPause localPause = new LocalPause(System::nanoTime);
    private final AtomicBoolean requestingProbe = new AtomicBoolean();
    private final AtomicInteger waiters = new AtomicInteger();

    /**
     * @param older what instances of earlier versions read, which know only one breaker; null if they need not be told
     */
    SharedBreaker(String provider, BreakerStore store, BreakerStore older, CircuitBreakerMaintenance localBreakers,
            Pauses pauses, ScheduledExecutorService timer, OperatorNotice notice) {
        this.localName = localName(provider);
        this.older = older;
        this.store = store;
        this.localBreakers = localBreakers;
        this.pauses = pauses;
        this.timer = timer;
        this.notice = notice;
        this.report = new BreakerReport(provider, pauses.longest(), notice);
        this.slowStart = new SlowStartQueue(timer);
    }

    /** The name of an instance's own circuit breaker around the calls of a provider. */
    public static String localName(String provider) {
        return provider.equals(ProviderSettings.DEFAULT) ? "image-api" : "image-api-" + provider;
    }

    /** This instance's own circuit breaker has changed its state. */
    public void followLocalBreaker(CircuitBreakerState state) {
        if (state == CircuitBreakerState.OPEN) {
            open(CallFailure.of("its circuit breaker opened")).subscribe().with(done -> {
            });
        }
    }

    /** The state for all instances or, until Redis knows of a pause, for this one. Fails if Redis does not reply. */
    public Uni<BreakerState> state() {
        Duration paused = localPause.remaining();
        return paused.isZero()
                ? store.read().invoke(this::seen)
                : Uni.createFrom().item(BreakerState.open(paused, null));
    }

    /** An instance without a call that waits starts slowly as well. */
    private void seen(BreakerState state) {
        notice.update(state.fault());
        if (state.status() != BreakerState.Status.CLOSED) {
            slowStart.restart();
        }
    }

    /** Whether a call waits here for a permit, and so will be the probe. */
    public boolean hasWaiters() {
        return waiters.get() > 0;
    }

    /** Waits until a call may go out. Never fails; cancelling it ends the wait. */
    public Uni<CallPermit> acquire() {
        return waiting(Uni.createFrom().deferred(() -> tryAcquire(true))
                .chain(permit -> permit.map(granted -> Uni.createFrom().item(granted)).orElseGet(this::acquireLater)));
    }

    /** A permit if a call may go out now. Never fails. */
    public Uni<Optional<CallPermit>> tryNow() {
        return tryAcquire(false);
    }

    /** Makes a wait for this breaker count as such: see {@link #hasWaiters}. */
    public <T> Uni<T> waiting(Uni<T> wait) {
        return wait
                .onSubscription().invoke(waiters::incrementAndGet)
                .onTermination().invoke(waiters::decrementAndGet);
    }

    /** A loop of its own, because Mutiny's costs every call that need not wait. */
    private Uni<CallPermit> acquireLater() {
        return Uni.createFrom().deferred(() -> tryAcquire(true))
                .repeat().whilst(Optional::isEmpty)
                .collect().last()
                .map(Optional::get);
    }

    /**
     * A permit, or none.
     *
     * @param mayWait whether to wait for a permit, and before none is returned for the time in which there cannot be one
     */
    private Uni<Optional<CallPermit>> tryAcquire(boolean mayWait) {
        return state()
                .onFailure().invoke(report::redisFailed)
                .onFailure().recoverWithNull()
                .chain(state -> state == null ? none(POLL_INTERVAL, mayWait) : tryAcquire(state, mayWait));
    }

    private Uni<Optional<CallPermit>> tryAcquire(BreakerState state, boolean mayWait) {
        return switch (state.status()) {
            case CLOSED -> {
                report.redisReplied();
                Duration paused = localPause.remaining();
                yield paused.isZero() ? acquireWhileClosed(mayWait) : none(paused, mayWait);
            }
            case OPEN -> none(state.remaining(), mayWait);
            case HALF_OPEN -> acquireProbe(mayWait);
        };
    }

    private Uni<Optional<CallPermit>> acquireWhileClosed(boolean mayWait) {
        Uni<Optional<SlowStart.Permit>> permit = mayWait
                ? slowStart.acquire(() -> state().map(state -> state.status() == BreakerState.Status.CLOSED))
                : Uni.createFrom().item(slowStart::tryNow);
        return permit.map(granted -> granted.map(slow -> {
            resetLocalBreaker();
            return new OrdinaryPermit(this, slow);
        }));
    }

    /** One request at a time: one probe is all that the waiters of this instance can get. */
    private Uni<Optional<CallPermit>> acquireProbe(boolean mayWait) {
        if (!requestingProbe.compareAndSet(false, true)) {
            return none(POLL_INTERVAL, mayWait);
        }
        String id = UUID.randomUUID().toString();
        return store.probe(id, ProbePermit.LEASE)
                .onTermination().invoke(() -> requestingProbe.set(false))
                .onItem().invoke(report::redisReplied)
                .onFailure().invoke(report::redisFailed)
                .onFailure().recoverWithItem(BreakerStore.ProbeReply.REFUSED)
                .chain(reply -> switch (reply) {
                    case GRANTED -> Uni.createFrom().item(() -> Optional.of(probePermit(id)));
                    case CLOSED -> acquireWhileClosed(mayWait);
                    case REFUSED -> none(POLL_INTERVAL, mayWait);
                });
    }

    private CallPermit probePermit(String id) {
        resetLocalBreaker();
        return new ProbePermit(id, this, store, timer);
    }

    /** The shared breaker decides when calls go on; this instance's own one would hold them back once more. */
    private void resetLocalBreaker() {
        if (localBreakers.currentState(localName) != CircuitBreakerState.CLOSED) {
            localBreakers.reset(localName);
        }
    }

    private Uni<Optional<CallPermit>> none(Duration wait, boolean mayWait) {
        Uni<Optional<CallPermit>> none = Uni.createFrom().item(Optional.empty());
        return mayWait ? none.onItem().delayIt().onExecutor(timer).by(wait) : none;
    }

    void callSucceeded() {
        notice.clear();
    }

    void probeSucceeded() {
        slowStart.probeSucceeded();
        report.closed();
    }

    Uni<Void> open(CallFailure failure) {
        return open(failure, store.open(failure));
    }

    Uni<Void> open(CallFailure failure, String failedProbe) {
        return open(failure, store.open(failure, failedProbe));
    }

    /** In this instance at once, in the others through Redis. */
    private Uni<Void> open(CallFailure failure, Uni<BreakerStore.Opening> forAll) {
        Duration usual = failure.fault() == null ? pauses.first() : pauses.longest();
        Duration local = failure.retryAfter().isZero() ? usual : failure.retryAfter();
        localPause.atLeast(failure.retryAfter());
        localPause.set(local);
        slowStart.restart();
        tellOlderInstances(failure);
        return forAll
                .invoke(opening -> {
                    localPause.set(opening.remaining());
                    report.opened(failure, opening);
                })
                .onFailure().invoke(e -> report.openedHereOnly(failure, local, e))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    /** They make their own probe, and without them the key expires. */
    private void tellOlderInstances(CallFailure failure) {
        if (older != null) {
            older.open(failure).subscribe().with(opened -> {
            }, report::olderNotTold);
        }
    }
}
