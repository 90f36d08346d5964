package com.kt.event.content.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.kt.event.content.provider.ImageApiConfig;
import com.kt.event.content.provider.RetryDelay;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

/**
 * Owns {@code content:breaker}, the provider's pause that all instances share. It runs for a time, during which nobody
 * calls. After that one call in the whole cluster goes first, the probe: where it is answered the pause is gone, where it
 * fails the pause begins anew, twice as long up to a limit.
 *
 * <p>The key lives for the pause and then for the time in which a probe can prove that it is over; what phase it is in,
 * Redis's clock says. No answer of Redis is waited for longer than two seconds.
 */
@ApplicationScoped
public class BreakerStore {
    public static final String KEY = "content:breaker";

    private static final Logger LOG = Logger.getLogger(BreakerStore.class);

    /** A probe is a call, and lasts at most five minutes. */
    private static final Duration PROVING = Duration.ofMinutes(6);
    private static final Duration REDIS_LIMIT = Duration.ofSeconds(2);
    /** How long an operator's fault need not be said again. */
    private static final Duration SAID = Duration.ofHours(1);
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final long NO_KEY = -2;

    private final ReactiveRedisDataSource redis;
    private final ImageApiConfig config;
    private final ScheduledExecutorService timer;
    private final Duration longest;
    private final AtomicReference<CompletableFuture<BreakerState>> look = new AtomicReference<>();

    /** What became of the wish to probe. */
    enum Probe {
        /** The pause still runs, or another probes. */
        REFUSED,
        GRANTED,
        /** There is no pause (any more). */
        NEEDLESS
    }

    BreakerStore(ReactiveRedisDataSource redis, ImageApiConfig config,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.redis = redis;
        this.config = config;
        this.timer = timer;
        this.longest = config.longestPause().plus(RetryDelay.LONGEST).plus(PROVING).plus(MARGIN);
    }

    /**
     * What became of the wish for a pause.
     *
     * @param length how long it runs from now; negative where it did so already, zero where a probe is out that will tell
     * @param isNews whether nobody has told the operator yet
     */
    record Begun(Duration length, boolean isNews) {
    }

    /** How it stands. Those who ask at the same time share one answer. */
    Uni<BreakerState> current() {
        return Uni.createFrom().completionStage(this::look);
    }

    /**
     * A copy for each, who may give up on it. Not shared as a memoized Uni: to one who subscribes on another thread in the
     * very moment in which the answer comes, that hands it out before it has let him subscribe (Mutiny's UniMemoizeOp).
     */
    private CompletableFuture<BreakerState> look() {
        CompletableFuture<BreakerState> own = new CompletableFuture<>();
        CompletableFuture<BreakerState> shared = look.compareAndExchange(null, own);
        if (shared != null) {
            return shared.copy();
        }
        // Most of the time there is none, which costs no script.
        limited(redis.execute(Command.PTTL, KEY)).map(Response::toLong)
                .chain(ttl -> ttl == NO_KEY ? Uni.createFrom().item(BreakerState.NONE) : lookAtIt())
                .onTermination().invoke(() -> look.set(null))
                .subscribe().with(own::complete, own::completeExceptionally);
        return own.copy();
    }

    private Uni<BreakerState> lookAtIt() {
        return eval(BreakerScripts.LOOK).map(answer -> {
            long left = answer.get(0).toLong();
            if (left < 0) {
                return BreakerState.NONE;
            }
            OperatorFault fault = OperatorFault.named(answer.get(2).toString()).orElse(null);
            return left == 0 ? BreakerState.proving(fault) : BreakerState.running(Duration.ofMillis(left), fault);
        });
    }

    /**
     * Begins a pause, where none runs that is long enough.
     *
     * @param asked how long the provider wants to be left alone; zero where it does not say
     * @param failedProbe empty where no probe failed
     * @param fault null where no operator has to mend anything
     */
    Uni<Begun> begin(String why, Duration asked, String failedProbe, OperatorFault fault) {
        return eval(BreakerScripts.BEGIN, millis(config.pause()), millis(config.longestPause()), millis(asked), why,
                millis(PROVING), failedProbe, fault == null ? "" : fault.name(), millis(SAID))
                .map(answer -> new Begun(Duration.ofMillis(answer.get(0).toLong()), answer.get(2).toInteger() == 1));
    }

    /** Asks for the right to probe, or to go on probing, for {@code lease}. */
    Uni<Probe> probe(String probe, Duration lease) {
        return eval(BreakerScripts.PROBE, probe, millis(lease))
                .map(answer -> Probe.values()[answer.get(0).toInteger()]);
    }

    /** The probe was answered. Answers whether that ended a pause. */
    Uni<Boolean> end(String probe) {
        return eval(BreakerScripts.END, probe).map(answer -> answer.get(0).toInteger() == 1);
    }

    /** Nobody waits for the probe's outcome any more. */
    Uni<Void> letGo(String probe) {
        return eval(BreakerScripts.LET_GO, probe).replaceWithVoid();
    }

    private Uni<Response> eval(String script, String... args) {
        List<String> all = new ArrayList<>(List.of(script, "1", KEY, millis(longest)));
        all.addAll(List.of(args));
        return limited(redis.execute(Command.EVAL, all.toArray(String[]::new))).invoke(answer -> {
            if (answer.get(1).toInteger() == 1) {
                LOG.warnf("%s cannot be read as a pause of the image API: it was deleted and counts as none", KEY);
            }
        });
    }

    private <T> Uni<T> limited(Uni<T> command) {
        return command.ifNoItem().after(REDIS_LIMIT).on(timer).fail();
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
