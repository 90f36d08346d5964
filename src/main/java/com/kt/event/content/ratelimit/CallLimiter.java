package com.kt.event.content.ratelimit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Limits the calls of one provider, in all instances together. A call costs one Redis command, and with a limit of calls at a
 * time another one when it ends; without any limit it costs none. A refusal is remembered, so that calls that wait do not ask
 * again before there can be room. While Redis does not reply, no call goes out.
 */
public final class CallLimiter {
    /** The call of another instance may end at any time, and Redis may reply again. */
    static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    /** What is left of the margin by which a call counts longer than a minute is for the way to the provider. */
    static final Duration LATE = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(CallLimiter.class);

    private final String provider;
    private final CallLimits limits;
    private final CallStore store;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final OpenCalls open;
    private final LearnedLimit learned;
    private final Deque<UniEmitter<? super Optional<CallSlot>>> asking = new ArrayDeque<>();
    private final Set<CompletableFuture<Void>> waiting = new LinkedHashSet<>();
    private boolean isAsking;
    /** A value of System.nanoTime. */
    private long freeAt;
    /** Whether the end of a call makes room before. */
    private boolean isBusy;

    /** @param longest that a call takes, until its outcome is known */
    CallLimiter(String provider, CallLimits limits, CallStore store, ScheduledExecutorService timer,
            LongSupplier nanoTime, Duration longest) {
        this.provider = provider;
        this.limits = limits;
        this.store = store;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.open = new OpenCalls(timer, ids -> run(store.renew(provider, ids)), nanoTime, longest);
        this.learned = new LearnedLimit(nanoTime);
        this.freeAt = nanoTime.getAsLong();
    }

    /** Whether a limit is configured, or known from responses to this instance. */
    public boolean isLimited() {
        return !limits.isNone() || learned.isKnown();
    }

    /** The right to a call now; none if there is no room. Never fails. Requests are granted in their order. */
    public Uni<Optional<CallSlot>> tryAcquire() {
        return isLimited()
                ? Uni.createFrom().<Optional<CallSlot>>emitter(this::enqueue)
                : Uni.createFrom().item(Optional.of(CallSlot.UNLIMITED));
    }

    /** The slot of a call that is under way already, whose instance is gone. It is taken whether or not there is room. */
    public CallSlot resume() {
        Slot slot = new Slot(UUID.randomUUID().toString(), nanoTime.getAsLong());
        if (limits.atATime() > 0) {
            run(store.resume(provider, slot.id));
        }
        return slot;
    }

    /** How long there is no room, as far as this instance knows; zero if there may be. */
    public synchronized Duration remaining() {
        long nanos = isLimited() ? freeAt - nanoTime.getAsLong() : 0;
        return nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
    }

    /** Whether there is room, by the counts of all instances. Fails if Redis does not reply. */
    public Uni<LimitState> state() {
        return isLimited() ? store.ask(provider, limits).map(reply -> switch (reply.outcome()) {
            case GRANTED -> LimitState.FREE;
            case LIMITED -> new LimitState(reply.remaining(), false);
            case BUSY -> new LimitState(POLL_INTERVAL, true);
        }) : Uni.createFrom().item(LimitState.FREE);
    }

    /** Completes when there may be room, of which this instance knows. */
    public Uni<Void> whenFree() {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> woken = new CompletableFuture<>();
            synchronized (this) {
                waiting.add(woken);
            }
            Uni<Void> later = Uni.createFrom().voidItem().onItem().delayIt().onExecutor(timer).by(shortest());
            return Uni.combine().any().of(Uni.createFrom().completionStage(woken), later)
                    .onTermination().invoke(() -> forget(woken));
        });
    }

    private Duration shortest() {
        Duration remaining = remaining();
        return remaining.isZero() ? Duration.ofMillis(1) : remaining;
    }

    private synchronized void forget(CompletableFuture<Void> woken) {
        waiting.remove(woken);
    }

    /** Notes what a response says. Never fails, and costs nothing unless it says something new. */
    public void observe(ResponseLimits seen) {
        Lesson lesson = Lesson.of(seen, limits);
        if (learned.isNew(lesson)) {
            pause(lesson.pause());
            run(store.learn(provider, lesson));
        }
    }

    private synchronized void pause(Duration pause) {
        long until = nanoTime.getAsLong() + pause.toNanos();
        freeAt = until - freeAt > 0 ? until : freeAt;
    }

    private void enqueue(UniEmitter<? super Optional<CallSlot>> request) {
        boolean isRoom;
        boolean isFirst;
        synchronized (this) {
            isRoom = remaining().isZero();
            isFirst = isRoom && !isAsking;
            if (isRoom) {
                asking.add(request);
                isAsking = true;
            }
        }
        if (!isRoom) {
            request.complete(Optional.empty());
            return;
        }
        request.onTermination(() -> withdraw(request));
        if (isFirst) {
            ask();
        }
    }

    private synchronized void withdraw(UniEmitter<? super Optional<CallSlot>> request) {
        asking.remove(request);
    }

    private void ask() {
        String id = UUID.randomUUID().toString();
        long askedAt = nanoTime.getAsLong();
        store.acquire(provider, id, limits).subscribe().with(reply -> {
            learned.isKnownFor(reply.learned());
            switch (reply.outcome()) {
                case GRANTED -> grant(new Slot(id, askedAt));
                case LIMITED -> refuse(reply.remaining(), false);
                case BUSY -> refuse(POLL_INTERVAL, true);
            }
        }, failure -> {
            LOG.debugf("cannot count calls of provider %s, none goes out: %s", provider, failure);
            refuse(POLL_INTERVAL, false);
        });
    }

    private void grant(Slot slot) {
        UniEmitter<? super Optional<CallSlot>> first;
        boolean isMore;
        synchronized (this) {
            first = asking.poll();
            isMore = !asking.isEmpty();
            isAsking = isMore;
        }
        if (first == null) {
            run(slot.release());
        } else {
            first.complete(Optional.of(slot));
        }
        if (isMore) {
            ask();
        }
    }

    private void refuse(Duration wait, boolean busy) {
        List<UniEmitter<? super Optional<CallSlot>>> refused;
        synchronized (this) {
            isBusy = busy;
            freeAt = nanoTime.getAsLong() + wait.toNanos();
            refused = new ArrayList<>(asking);
            asking.clear();
            isAsking = false;
        }
        refused.forEach(request -> request.complete(Optional.empty()));
    }

    /** One call has ended, so one that waits may go out. */
    private void wakeNext() {
        Optional<CompletableFuture<Void>> next;
        synchronized (this) {
            if (!isBusy) {
                return;
            }
            freeAt = nanoTime.getAsLong();
            next = waiting.stream().findFirst();
            next.ifPresent(waiting::remove);
        }
        next.ifPresent(woken -> woken.complete(null));
    }

    private void run(Uni<Void> command) {
        command.subscribe().with(done -> {
        }, failure -> LOG.debugf("provider %s: %s", provider, failure));
    }

    private final class Slot implements CallSlot {
        private final String id;
        private final long askedAt;

        private Slot(String id, long askedAt) {
            this.id = id;
            this.askedAt = askedAt;
            if (limits.atATime() > 0) {
                open.add(id);
            }
        }

        @Override
        public boolean isLate() {
            return nanoTime.getAsLong() - askedAt > LATE.toNanos();
        }

        /** If Redis does not hear of it, it counts until its lease lapses. */
        @Override
        public Uni<Void> release() {
            return Uni.createFrom().deferred(() -> open.remove(id)
                    ? store.release(provider, id).onFailure().recoverWithNull().invoke(CallLimiter.this::wakeNext)
                    : Uni.createFrom().voidItem());
        }
    }
}
