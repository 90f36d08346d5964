package com.kt.event.content.redis;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.vertx.core.Future;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;

/**
 * Runs {@link RedisScript}s on one key each, by their digest. A Redis that does not know a script (new, restarted or
 * promoted: its scripts are lost with its memory) refuses the digest with NOSCRIPT and has done nothing; then the text is
 * sent, which it remembers.
 */
@ApplicationScoped
public class RedisScripts {
    private final ReactiveRedisDataSource redis;

    public RedisScripts(ReactiveRedisDataSource redis) {
        this.redis = redis;
    }

    /** A duration as an argument of a script or command, in milliseconds. */
    public static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /** Runs the script with {@code key} as KEYS[1] and {@code args} as ARGV. Fails as the script's commands do. */
    public Uni<Response> run(RedisScript script, String key, String... args) {
        return run(Command.EVALSHA, Command.EVAL, script, key, args);
    }

    /**
     * As {@link #run}, for a script that only reads. A user who has no write access may run it as EVALSHA_RO alone, which
     * Redis has since version 7; an older one runs it like any other.
     */
    public Uni<Response> read(RedisScript script, String key, String... args) {
        return run(Command.EVALSHA_RO, Command.EVAL_RO, script, key, args)
                .onFailure(RedisScripts::isUnknownCommand).recoverWithUni(() -> run(script, key, args));
    }

    /** The fall-back is the client's own Future, because each Mutiny operator here would cost every command. */
    private Uni<Response> run(Command byDigest, Command byText, RedisScript script, String key, String... args) {
        return AsyncResultUni.toUni(handler -> send(request(byDigest, script.digest(), key, args),
                () -> request(byText, script.text(), key, args))
                .map(Response::newInstance)
                .onComplete(handler));
    }

    /** The script by its digest, and where Redis does not know it, by its text. */
    Future<io.vertx.redis.client.Response> send(Request byDigest, Supplier<Request> byText) {
        Redis client = redis.getRedis().getDelegate();
        return client.send(byDigest).recover(failure -> isUnknownScript(failure.getMessage())
                ? client.send(byText.get())
                : Future.failedFuture(failure));
    }

    static Request request(Command command, String script, String key, String... args) {
        Request request = Request.cmd(command).arg(script).arg(1).arg(key);
        for (String arg : args) {
            request.arg(arg);
        }
        return request;
    }

    static boolean isUnknownScript(String error) {
        return error != null && error.startsWith("NOSCRIPT");
    }

    private static boolean isUnknownCommand(Throwable failure) {
        return failure.getMessage() != null
                && failure.getMessage().toLowerCase(Locale.ROOT).contains("unknown command");
    }
}
