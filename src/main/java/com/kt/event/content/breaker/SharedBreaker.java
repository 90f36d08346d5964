package com.kt.event.content.breaker;

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

import com.kt.event.content.provider.ImageApi;
import com.kt.event.content.provider.ImageApiConfig;
import com.kt.event.content.provider.ImageFailure;

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
public class SharedBreaker {
    private static final Logger LOG = Logger.getLogger(SharedBreaker.class);

    private static final Duration PROBE_LEASE = Duration.ofSeconds(15);
    private static final Duration PROBE_HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration NEXT_LOOK = Duration.ofMillis(500);

    private final BreakerStore pause;
    private final CircuitBreakerMaintenance breakers;
    private final ImageApiConfig config;
    private final ScheduledExecutorService timer;
    private final OperatorNotice notice;
    private final SlowStartQueue places;
    private final PersistentFailure trouble = new PersistentFailure(Duration.ofMinutes(1), System::nanoTime);

    private final LocalPause own = new LocalPause(System::nanoTime);
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicInteger waiting = new AtomicInteger();

    SharedBreaker(BreakerStore pause, CircuitBreakerMaintenance breakers, ImageApiConfig config,
            @Identifier("time-limits") ScheduledExecutorService timer, OperatorNotice notice) {
        this.notice = notice;
        this.pause = pause;
        this.breakers = breakers;
        this.config = config;
        this.timer = timer;
        this.places = new SlowStartQueue(timer);
    }

    void listen(@Observes StartupEvent event) {
        breakers.onStateChange(ImageApi.BREAKER, state -> {
            if (state == CircuitBreakerState.OPEN) {
                begin("its circuit breaker opened", Duration.ZERO, "", null).subscribe().with(done -> {
                });
            }
        });
    }

    /** How the provider's pause stands, for all instances or, where Redis has yet to learn of it, for this one. */
    public Uni<BreakerState> pause() {
        Duration held = own.left();
        return held.isZero()
                ? pause.current().invoke(seen -> notice.see(seen.fault()))
                : Uni.createFrom().item(BreakerState.running(held, null));
    }

    /** Whether any call waits here, which will go first when the pause is over. */
    public boolean isAwaited() {
        return waiting.get() > 0;
    }

    /** Waits until a call may go out. Whatever becomes of the call, the permit must be told. */
    public Uni<Permit> pass() {
        return Uni.createFrom().deferred(this::knock)
                .repeat().whilst(Optional::isEmpty)
                .collect().last()
                .map(Optional::get)
                .onSubscription().invoke(waiting::incrementAndGet)
                .onTermination().invoke(waiting::decrementAndGet);
    }

    /** A permit; or none, and it was waited for as long as there cannot be one. */
    private Uni<Optional<Permit>> knock() {
        return pause()
                .onFailure().invoke(this::cannotAsk)
                .onFailure().recoverWithNull()
                .chain(seen -> seen == null ? notFor(NEXT_LOOK) : knock(seen));
    }

    private Uni<Optional<Permit>> knock(BreakerState seen) {
        return switch (seen.phase()) {
            case NONE -> {
                trouble.isOver();
                yield own.left().isZero() ? enter() : notFor(own.left());
            }
            case RUNNING -> {
                places.begin();
                yield notFor(seen.left());
            }
            case PROVING -> {
                places.begin();
                yield askToProbe();
            }
        };
    }

    /** There is no pause; where there was one, those who waited do not go all at once. */
    private Uni<Optional<Permit>> enter() {
        return places.place(() -> pause().map(seen -> seen.phase() == BreakerState.Phase.NONE))
                .map(place -> place.map(it -> permit("", it)));
    }

    /** Nobody calls who does not know whether there is a pause. */
    private void cannotAsk(Throwable failure) {
        if (trouble.isToBeSaid()) {
            LOG.warnf(
                    "no call of the image API has gone out here for a minute, as Redis does not tell whether it has a "
                            + "pause; looking on until it does: %s",
                    failure.getMessage());
        }
    }

    /** One wish at a time: all who wait here want the same. */
    private Uni<Optional<Permit>> askToProbe() {
        if (!asking.compareAndSet(false, true)) {
            return notFor(NEXT_LOOK);
        }
        String probe = UUID.randomUUID().toString();
        return pause.probe(probe, PROBE_LEASE)
                .onTermination().invoke(() -> asking.set(false))
                .onItem().invoke(trouble::isOver)
                .onFailure().invoke(this::cannotAsk)
                .onFailure().recoverWithItem(BreakerStore.Probe.REFUSED)
                .chain(answer -> switch (answer) {
                    case GRANTED -> Uni.createFrom().item(() -> Optional.of(permit(probe, null)));
                    case NEEDLESS -> enter();
                    case REFUSED -> notFor(NEXT_LOOK);
                });
    }

    private Permit permit(String probe, SlowStart.Place place) {
        if (breakers.currentState(ImageApi.BREAKER) != CircuitBreakerState.CLOSED) {
            breakers.reset(ImageApi.BREAKER);
        }
        return new Permit(probe, place);
    }

    private Uni<Optional<Permit>> notFor(Duration wait) {
        return Uni.createFrom().item(Optional.<Permit>empty()).onItem().delayIt().onExecutor(timer).by(wait);
    }

    private Uni<Void> begin(String why, Duration asked, String failedProbe, OperatorFault fault) {
        Duration usual = fault == null ? config.pause() : config.longestPause();
        Duration atLeast = asked.isZero() ? usual : asked;
        own.named(asked);
        own.set(atLeast);
        places.begin();
        return pause.begin(why, asked, failedProbe, fault)
                .invoke(begun -> {
                    own.set(begun.length().abs());
                    hasBegun(why, begun, fault);
                })
                .onFailure().invoke(failure -> LOG.warnf(
                        "the image API gets a pause of %s in this instance (%s); others could not be told: %s", atLeast,
                        why, failure.getMessage()))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private void hasBegun(String why, BreakerStore.Begun begun, OperatorFault fault) {
        boolean isNew = begun.length().compareTo(Duration.ZERO) > 0;
        if (fault != null) {
            notice.see(fault);
            if (begun.isNews()) {
                notice.say(fault, why, config.longestPause());
            }
        } else if (isNew) {
            LOG.warnf("the image API gets a pause of %s in all instances (%s), then one call goes first",
                    begun.length(),
                    why);
        }
    }

    /** The right to one call. */
    public final class Permit {
        private final String probe;
        /** Null for the probe, which goes alone. */
        private final SlowStart.Place place;
        private final ScheduledFuture<?> signsOfLife;

        private Permit(String probe, SlowStart.Place place) {
            this.probe = probe;
            this.place = place;
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
        private void goOnIf(BreakerStore.Probe answer) {
            if (answer != BreakerStore.Probe.GRANTED) {
                signsOfLife.cancel(false);
            }
        }

        /** The provider works, whether or not it made an image. */
        public Uni<Void> answered() {
            notice.forget();
            return settle(true, () -> pause.end(probe)
                    .invoke(ended -> {
                        if (ended) {
                            places.answered();
                            LOG.info("the image API answers again: the pause is over");
                        }
                    })
                    .replaceWithVoid());
        }

        /** The provider does not work, or asks to be left alone for a time. */
        public Uni<Void> failed(ImageFailure failure) {
            Duration asked = failure.retryAfter().orElse(Duration.ZERO);
            OperatorFault fault = failure instanceof ImageFailure.Operator known ? known.fault() : null;
            boolean needsAPause = isProbe() || !asked.isZero() || fault != null;
            Uni<Void> word = needsAPause
                    ? Uni.createFrom().deferred(() -> begin(failure.getMessage(), asked, probe, fault))
                    : Uni.createFrom().voidItem();
            return isProbe() ? settle(false, () -> word) : word.invoke(() -> leave(false));
        }

        /** What the call would have told is not known, or not waited for. */
        public Uni<Void> abandoned() {
            return settle(false, () -> pause.letGo(probe));
        }

        private void leave(boolean answered) {
            if (place != null) {
                place.leave(answered);
            }
        }

        /** Where Redis does not learn of it, the probe's lease lapses. */
        private Uni<Void> settle(boolean answered, Supplier<Uni<Void>> word) {
            leave(answered);
            if (!isProbe()) {
                return Uni.createFrom().voidItem();
            }
            signsOfLife.cancel(false);
            return word.get().onFailure().recoverWithNull();
        }
    }
}
