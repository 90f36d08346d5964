package com.kt.event.content.breaker;

import static com.kt.event.content.redis.RedisScripts.millis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import com.kt.event.content.redis.RedisScript;
import com.kt.event.content.redis.RedisScripts;
import com.kt.event.content.redis.RedisTimeout;
import com.kt.event.content.settings.ProviderSettings;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

/**
 * Owns the key of one provider's breaker, which all instances share: {@code content:breaker} for the provider named default,
 * {@code content:breaker:{name}} for any other. Without the key the breaker is closed.
 * All times are by Redis's clock. The value is a JSON object:
 *
 * <table>
 * <caption>Fields of the value</caption>
 * <tr><td>{@code until}</td><td>number</td><td>when the pause ends (ms since 1970): open before, half-open after</td></tr>
 * <tr><td>{@code length}</td><td>number</td><td>the pause (ms), which doubles each time that a probe fails</td></tr>
 * <tr><td>{@code why}</td><td>string</td><td>the failure that opened the breaker, for operators</td></tr>
 * <tr><td>{@code probe}</td><td>string, optional</td><td>the id of the call that is the probe</td></tr>
 * <tr><td>{@code probeUntil}</td><td>number, with {@code probe}</td><td>when the probe's lease lapses (ms since 1970)</td></tr>
 * <tr><td>{@code fault}</td><td>string, optional</td><td>the {@link OperatorFault}</td></tr>
 * <tr><td>{@code saidAt}</td><td>number, with {@code fault}</td><td>when that was last logged (ms since 1970)</td></tr>
 * </table>
 *
 * <p>The key lives for the pause and six minutes more, in which a probe can prove that the provider works. A value that
 * does not fit this is deleted, with a warning, and counts as closed. Commands fail after
 * {@link RedisTimeout#breaker}.
 */
class BreakerStore {
    /** Of the provider named default, which had the only breaker in earlier versions. */
    static final String KEY = "content:breaker";

    private static final Logger LOG = Logger.getLogger(BreakerStore.class);

    private static final RedisScript STATE = RedisScript.load("breaker/state");
    private static final RedisScript OPEN = RedisScript.load("breaker/open");
    private static final RedisScript PROBE = RedisScript.load("breaker/probe");
    private static final RedisScript CLOSE = RedisScript.load("breaker/close");
    private static final RedisScript RELEASE = RedisScript.load("breaker/release");

    /** The probe is a call, which takes five minutes at most. */
    private static final Duration HALF_OPEN = Duration.ofMinutes(6);
    /** How long an operator's fault is not reported again. */
    private static final Duration REPORT_INTERVAL = Duration.ofHours(1);
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final String NO_PROBE = "";
    private static final String NO_FAULT = "";
    private static final long NO_KEY = -2;

    private final ReactiveRedisDataSource redis;
    private final RedisScripts scripts;
    private final String key;
    private final Pauses pauses;
    private final RedisTimeout timeout;
    private final Duration longestLife;
    private final AtomicReference<CompletableFuture<BreakerState>> pendingRead = new AtomicReference<>();

    /** The reply to a request to probe. */
    enum ProbeReply {
        GRANTED,
        /** The breaker is open, or another call is the probe. */
        REFUSED,
        /** The breaker is closed, so no probe is needed. */
        CLOSED
    }

    enum OpenOutcome {
        /** The breaker was closed, or the pause was shorter. */
        OPENED,
        ALREADY_OPEN,
        /** The breaker is half-open, and its probe will tell. */
        PROBE_PENDING
    }

    /**
     * The reply to a request to open the breaker.
     *
     * @param remaining how long the breaker stays open
     * @param isNewFault whether the operator's fault has to be reported
     */
    record Opening(OpenOutcome outcome, Duration remaining, boolean isNewFault) {
    }

    BreakerStore(String key, ReactiveRedisDataSource redis, RedisScripts scripts, Pauses pauses, RedisTimeout timeout) {
        this.key = key;
        this.redis = redis;
        this.scripts = scripts;
        this.pauses = pauses;
        this.timeout = timeout;
        this.longestLife = pauses.longest().plus(CallFailure.LONGEST_RETRY_AFTER).plus(HALF_OPEN).plus(MARGIN);
    }

    static String key(String provider) {
        return provider.equals(ProviderSettings.DEFAULT) ? KEY : KEY + ":" + provider;
    }

    /** The state now. Concurrent callers share one read. */
    Uni<BreakerState> read() {
        return Uni.createFrom().completionStage(this::sharedRead);
    }

    /**
     * A copy for each caller, who may cancel it. A memoized Uni would not do: a subscriber on another thread, at the moment
     * the item arrives, gets the item before its subscription (Mutiny's UniMemoizeOp).
     */
    private CompletableFuture<BreakerState> sharedRead() {
        CompletableFuture<BreakerState> own = new CompletableFuture<>();
        CompletableFuture<BreakerState> pending = pendingRead.compareAndExchange(null, own);
        if (pending != null) {
            return pending.copy();
        }
        // Most of the time the breaker is closed, which costs no script.
        timeout.breaker(redis.execute(Command.PTTL, key)).map(Response::toLong)
                .chain(ttl -> ttl == NO_KEY ? Uni.createFrom().item(BreakerState.CLOSED) : readValue())
                .onTermination().invoke(() -> pendingRead.set(null))
                .subscribe().with(own::complete, own::completeExceptionally);
        return own.copy();
    }

    private Uni<BreakerState> readValue() {
        return run(STATE).map(reply -> new BreakerState(
                BreakerState.Status.valueOf(reply.get(1).toString()),
                duration(reply.get(2)),
                OperatorFault.named(reply.get(3).toString()).orElse(null)));
    }

    /** Opens the breaker unless it is open for long enough already. */
    Uni<Opening> open(CallFailure failure) {
        return open(failure, NO_PROBE);
    }

    /** Opens the breaker again, for twice as long, after its probe failed. */
    Uni<Opening> open(CallFailure failure, String failedProbe) {
        return run(OPEN, millis(pauses.first()), millis(pauses.longest()),
                millis(failure.retryAfter()), failure.reason(), millis(HALF_OPEN), failedProbe,
                failure.fault() == null ? NO_FAULT : failure.fault().name(), millis(REPORT_INTERVAL))
                .map(reply -> new Opening(OpenOutcome.valueOf(reply.get(1).toString()), duration(reply.get(2)),
                        isTrue(reply.get(3))));
    }

    /** Requests the right to probe for the time of the lease, or extends that lease. */
    Uni<ProbeReply> probe(String probe, Duration lease) {
        return run(PROBE, probe, millis(lease))
                .map(reply -> ProbeReply.valueOf(reply.get(1).toString()));
    }

    /** Closes the breaker after its probe succeeded. False if this is not the probe any more. */
    Uni<Boolean> close(String probe) {
        return run(CLOSE, probe).map(reply -> isTrue(reply.get(1)));
    }

    /** Gives up the right to probe, so that another call can be the probe. */
    Uni<Void> release(String probe) {
        return run(RELEASE, probe).replaceWithVoid();
    }

    private Uni<Response> run(RedisScript script, String... args) {
        String[] all = Stream.concat(Stream.of(millis(longestLife)), Stream.of(args)).toArray(String[]::new);
        return timeout.breaker(scripts.run(script, key, all)).invoke(this::warnIfDiscarded);
    }

    private void warnIfDiscarded(Response reply) {
        if (isTrue(reply.get(0))) {
            LOG.warnf("%s held an unreadable value: deleted, the breaker counts as closed", key);
        }
    }

    private static boolean isTrue(Response item) {
        return item.toInteger() == 1;
    }

    private static Duration duration(Response item) {
        return Duration.ofMillis(item.toLong());
    }
}
