package com.kt.event.content.generator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

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
 * <p>The key lives for the pause and then for the time in which a probe can prove that it is over, so its time to live
 * alone says what phase it is in, by Redis's clock. No answer of Redis is waited for longer than two seconds.
 */
@ApplicationScoped
class ProviderPause {
    static final String KEY = "content:breaker";

    /** A probe is a call, and lasts at most five minutes. */
    private static final Duration PROVING = Duration.ofMinutes(6);
    private static final Duration REDIS_LIMIT = Duration.ofSeconds(2);
    private static final long NO_KEY = -2;

    /**
     * Begins a pause, or lengthens one that is too short. KEYS[1] the pause; ARGV: length of a first pause (ms), longest
     * one, how long the provider asked for (0 where it did not), why, time for proving (ms), and the probe that failed
     * (empty where none did). Answers how long the pause runs from now (ms); negative where it did so already, and 0
     * where its time is over and a probe is out, which will tell.
     */
    private static final String BEGIN = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local raw = redis.call('GET', KEYS[1])
            local asked, probe = tonumber(ARGV[3]), ARGV[6]
            local length = asked > 0 and asked or tonumber(ARGV[1])
            if raw then
                local pause = cjson.decode(raw)
                local left = pause['until'] - now
                if probe ~= '' and pause.probe == probe then
                    length = math.max(pause.length, math.min(pause.length * 2, tonumber(ARGV[2])))
                elseif left > 0 and asked <= left then
                    return -left
                elseif left <= 0 and pause.probe and pause.probeUntil > now then
                    return 0
                else
                    length = pause.length
                end
            end
            local ms = math.max(length, asked)
            local pause = {['until'] = now + ms, length = length, why = ARGV[4]}
            redis.call('SET', KEYS[1], cjson.encode(pause), 'PX', string.format('%.0f', ms + ARGV[5]))
            return ms
            """;

    /**
     * Makes ARGV[1] the probe for ARGV[2] ms, or for that much longer. KEYS[1] the pause. Answers 2 where there is no
     * pause, 1 where ARGV[1] is the probe now, 0 where the pause still runs or another is the probe.
     */
    private static final String PROBE = """
            local raw = redis.call('GET', KEYS[1])
            if not raw then return 2 end
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local pause = cjson.decode(raw)
            if pause['until'] > now then return 0 end
            if pause.probe and pause.probe ~= ARGV[1] and pause.probeUntil > now then return 0 end
            pause.probe = ARGV[1]
            pause.probeUntil = now + ARGV[2]
            redis.call('SET', KEYS[1], cjson.encode(pause), 'KEEPTTL')
            return 1
            """;

    /** Ends the pause, where ARGV[1] is its probe. KEYS[1] the pause. Answers 1 where it was. */
    private static final String END = """
            local raw = redis.call('GET', KEYS[1])
            if not raw or cjson.decode(raw).probe ~= ARGV[1] then return 0 end
            return redis.call('DEL', KEYS[1])
            """;

    /** Lets others probe, where ARGV[1] is the probe. KEYS[1] the pause. Answers 1 where it was. */
    private static final String LET_GO = """
            local raw = redis.call('GET', KEYS[1])
            local pause = raw and cjson.decode(raw)
            if not pause or pause.probe ~= ARGV[1] then return 0 end
            pause.probe, pause.probeUntil = nil, nil
            redis.call('SET', KEYS[1], cjson.encode(pause), 'KEEPTTL')
            return 1
            """;

    private final ReactiveRedisDataSource redis;
    private final ImageApiConfig config;
    private final ScheduledExecutorService timer;
    private final AtomicReference<CompletableFuture<Long>> look = new AtomicReference<>();

    /** What became of the wish to probe. */
    enum Probe {
        /** The pause still runs, or another probes. */
        REFUSED,
        GRANTED,
        /** There is no pause (any more). */
        NEEDLESS
    }

    ProviderPause(ReactiveRedisDataSource redis, ImageApiConfig config,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.redis = redis;
        this.config = config;
        this.timer = timer;
    }

    /** How it stands. Those who ask at the same time share one answer. */
    Uni<Pause> current() {
        return Uni.createFrom().completionStage(this::look).map(ttl -> {
            if (ttl == NO_KEY) {
                return Pause.NONE;
            }
            Duration left = Duration.ofMillis(ttl).minus(PROVING);
            return left.isNegative() || left.isZero() ? Pause.PROVING : Pause.running(left);
        });
    }

    /**
     * A copy for each, who may give up on it. Not shared as a memoized Uni: to one who subscribes on another thread in the
     * very moment in which the answer comes, that hands it out before it has let him subscribe (Mutiny's UniMemoizeOp).
     */
    private CompletableFuture<Long> look() {
        CompletableFuture<Long> own = new CompletableFuture<>();
        CompletableFuture<Long> shared = look.compareAndExchange(null, own);
        if (shared != null) {
            return shared.copy();
        }
        limited(redis.execute(Command.PTTL, KEY)).map(Response::toLong)
                .onTermination().invoke(() -> look.set(null))
                .subscribe().with(own::complete, own::completeExceptionally);
        return own.copy();
    }

    /**
     * Begins a pause, where none runs that is long enough.
     *
     * @param asked how long the provider wants to be left alone; zero where it does not say
     * @param failedProbe empty where no probe failed
     * @return how long it runs from now; negative where it did so already, zero where a probe is out that will tell
     */
    Uni<Duration> begin(String why, Duration asked, String failedProbe) {
        return eval(BEGIN, millis(config.pause()), millis(config.longestPause()), millis(asked), why, millis(PROVING),
                failedProbe).map(answer -> Duration.ofMillis(answer.toLong()));
    }

    /** Asks for the right to probe, or to go on probing, for {@code lease}. */
    Uni<Probe> probe(String probe, Duration lease) {
        return eval(PROBE, probe, millis(lease)).map(answer -> Probe.values()[answer.toInteger()]);
    }

    /** The probe was answered. Answers whether that ended a pause. */
    Uni<Boolean> end(String probe) {
        return eval(END, probe).map(answer -> answer.toInteger() == 1);
    }

    /** Nobody waits for the probe's outcome any more. */
    Uni<Void> letGo(String probe) {
        return eval(LET_GO, probe).replaceWithVoid();
    }

    private Uni<Response> eval(String script, String... args) {
        List<String> all = new ArrayList<>(List.of(script, "1", KEY));
        all.addAll(List.of(args));
        return limited(redis.execute(Command.EVAL, all.toArray(String[]::new)));
    }

    private <T> Uni<T> limited(Uni<T> command) {
        return command.ifNoItem().after(REDIS_LIMIT).on(timer).fail();
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
