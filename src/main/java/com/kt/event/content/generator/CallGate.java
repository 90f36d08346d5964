package com.kt.event.content.generator;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;

/**
 * Where every paid call waits while the provider has a pause. This instance's circuit breaker only detects that one is
 * needed; when to go on, the pause decides, for all instances alike.
 */
@ApplicationScoped
public class CallGate {
    private static final Logger LOG = Logger.getLogger(CallGate.class);

    private static final Duration PROBE_LEASE = Duration.ofSeconds(15);
    private static final Duration PROBE_HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration NEXT_LOOK = Duration.ofMillis(500);

    private final ProviderPause pause;
    private final CircuitBreakerMaintenance breakers;
    private final ImageApiConfig config;
    private final ScheduledExecutorService timer;

    /** Until then nobody calls, whatever Redis says, for it may not know yet, or not answer. In System.nanoTime. */
    private volatile long heldUntil = System.nanoTime();
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicInteger waiting = new AtomicInteger();

    CallGate(ProviderPause pause, CircuitBreakerMaintenance breakers, ImageApiConfig config,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.pause = pause;
        this.breakers = breakers;
        this.config = config;
        this.timer = timer;
    }

    void listen(@Observes StartupEvent event) {
        breakers.onStateChange(ImageApi.BREAKER, state -> {
            if (state == CircuitBreakerState.OPEN) {
                begin("its circuit breaker opened", Duration.ZERO, "").subscribe().with(done -> {
                });
            }
        });
    }

    /** How the provider's pause stands, for all instances or, where Redis has yet to learn of it, for this one. */
    public Uni<Pause> pause() {
        Duration held = held();
        return held.isZero() ? pause.current() : Uni.createFrom().item(Pause.running(held));
    }

    /** Whether any call waits here, which will go first when the pause is over. */
    public boolean isAwaited() {
        return waiting.get() > 0;
    }

    /** Waits until a call may go out. Whatever becomes of the call, the permit must be told. */
    Uni<Permit> pass() {
        return Uni.createFrom().deferred(this::knock)
                .repeat().whilst(Optional::isEmpty)
                .collect().last()
                .map(Optional::get)
                .onSubscription().invoke(waiting::incrementAndGet)
                .onTermination().invoke(waiting::decrementAndGet);
    }

    /** A permit; or none, and it was waited for as long as there cannot be one. */
    private Uni<Optional<Permit>> knock() {
        return pause().onFailure().recoverWithItem(Pause.running(NEXT_LOOK))
                .chain(seen -> switch (seen.phase()) {
                    case NONE -> held().isZero() ? granted("") : notFor(held());
                    case RUNNING -> notFor(seen.left());
                    case PROVING -> askToProbe();
                });
    }

    /** One wish at a time: all who wait here want the same. */
    private Uni<Optional<Permit>> askToProbe() {
        if (!asking.compareAndSet(false, true)) {
            return notFor(NEXT_LOOK);
        }
        String probe = UUID.randomUUID().toString();
        return pause.probe(probe, PROBE_LEASE)
                .onTermination().invoke(() -> asking.set(false))
                .onFailure().recoverWithItem(ProviderPause.Probe.REFUSED)
                .chain(answer -> switch (answer) {
                    case GRANTED -> granted(probe);
                    case NEEDLESS -> granted("");
                    case REFUSED -> notFor(NEXT_LOOK);
                });
    }

    private Uni<Optional<Permit>> granted(String probe) {
        if (breakers.currentState(ImageApi.BREAKER) != CircuitBreakerState.CLOSED) {
            breakers.reset(ImageApi.BREAKER);
        }
        return Uni.createFrom().item(() -> Optional.of(new Permit(probe)));
    }

    private Uni<Optional<Permit>> notFor(Duration wait) {
        return Uni.createFrom().item(Optional.<Permit>empty()).onItem().delayIt().onExecutor(timer).by(wait);
    }

    private Uni<Void> begin(String why, Duration asked, String failedProbe) {
        Duration atLeast = asked.isZero() ? config.pause() : asked;
        hold(atLeast);
        return pause.begin(why, asked, failedProbe)
                .invoke(length -> {
                    hold(length.abs());
                    if (length.compareTo(Duration.ZERO) > 0) {
                        LOG.warnf("the image API gets a pause of %s in all instances (%s), then one call goes first",
                                length, why);
                    }
                })
                .onFailure().invoke(failure -> LOG.warnf(
                        "the image API gets a pause of %s in this instance (%s); others could not be told: %s", atLeast,
                        why, failure.getMessage()))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private void hold(Duration wait) {
        heldUntil = System.nanoTime() + wait.toNanos();
    }

    private Duration held() {
        long nanos = heldUntil - System.nanoTime();
        return nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
    }

    /** The right to one call. */
    final class Permit {
        private final String probe;
        private final ScheduledFuture<?> signsOfLife;

        private Permit(String probe) {
            this.probe = probe;
            this.signsOfLife = isProbe() ? giveSignsOfLife() : null;
        }

        private boolean isProbe() {
            return !probe.isEmpty();
        }

        private ScheduledFuture<?> giveSignsOfLife() {
            long every = PROBE_HEARTBEAT.toMillis();
            return timer.scheduleAtFixedRate(
                    () -> pause.probe(probe, PROBE_LEASE).subscribe().with(this::goOnIf,
                            failure -> LOG.debugf("a sign of life of the probe got lost: %s", failure)),
                    every, every,
                    TimeUnit.MILLISECONDS);
        }

        /** What has lost the right to probe need not ask for it any more. */
        private void goOnIf(ProviderPause.Probe answer) {
            if (answer != ProviderPause.Probe.GRANTED) {
                signsOfLife.cancel(false);
            }
        }

        /** The provider works, whether or not it made a picture. */
        Uni<Void> answered() {
            return settle(() -> pause.end(probe)
                    .invoke(ended -> {
                        if (ended) {
                            LOG.info("the image API answers again: the pause is over");
                        }
                    })
                    .replaceWithVoid());
        }

        /** The provider does not work, or asks to be left alone for a time. */
        Uni<Void> failed(ImageFailure failure) {
            Duration asked = failure.retryAfter().orElse(Duration.ZERO);
            if (isProbe()) {
                return settle(() -> begin(failure.getMessage(), asked, probe));
            }
            return asked.isZero() ? Uni.createFrom().voidItem() : begin(failure.getMessage(), asked, probe);
        }

        /** What the call would have told is not known, or not waited for. */
        Uni<Void> abandoned() {
            return settle(() -> pause.letGo(probe));
        }

        /** Where Redis does not learn of it, the probe's lease lapses. */
        private Uni<Void> settle(Supplier<Uni<Void>> word) {
            if (!isProbe()) {
                return Uni.createFrom().voidItem();
            }
            signsOfLife.cancel(false);
            return word.get().onFailure().recoverWithNull();
        }
    }
}
