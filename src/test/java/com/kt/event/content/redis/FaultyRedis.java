package com.kt.event.content.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.runtime.datasource.ReactiveRedisDataSourceImpl;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;

/** A client of a real Redis that injects one fault, at the first command that matches. */
public final class FaultyRedis implements Redis {
    private static final Predicate<String> NOTHING = command -> false;
    private static final List<RedisScript> SCRIPTS = readScripts();

    private final Redis redis;
    private volatile Predicate<String> victim = NOTHING;
    private volatile Fault fault;
    private final AtomicInteger writes = new AtomicInteger();
    private volatile Runnable late = () -> {
    };

    public enum Fault {
        /** Redis executes the command, and the reply never arrives. */
        ANSWER_LOST,
        /** Redis executes the command, and the connection is cut before the reply. */
        CUT_AFTERWARDS,
        /** The connection is cut before Redis receives the command. */
        CUT_BEFORE,
        /** Redis receives the command after the caller has given up. */
        LATE,
        /** Redis refuses the command. */
        OUT_OF_MEMORY
    }

    public FaultyRedis(Redis redis) {
        this.redis = redis;
    }

    /** The scripts of the service. */
    public static List<RedisScript> scripts() {
        return SCRIPTS;
    }

    private static List<RedisScript> readScripts() {
        Path folder = Path.of("src/main/resources/redis");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".lua"))
                    .map(file -> RedisScript.load(folder.relativize(file).toString().replace(".lua", ""))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param victim receives the command with its arguments as they are sent, and scripts in place of their digests */
    public void failAt(Predicate<String> victim, Fault fault) {
        this.fault = fault;
        this.victim = victim;
    }

    /** Whether the fault has been injected. */
    public boolean hasFailed() {
        return victim == NOTHING;
    }

    /** How often something was written to Redis. */
    public int writes() {
        return writes.get();
    }

    /** Sends the command that is late. */
    public void sendLate() {
        late.run();
    }

    public ReactiveRedisDataSource dataSource(Vertx vertx) {
        io.vertx.mutiny.redis.client.Redis mutiny = io.vertx.mutiny.redis.client.Redis.newInstance(this);
        return new ReactiveRedisDataSourceImpl(vertx, mutiny, RedisAPI.api(mutiny));
    }

    @Override
    public Future<Response> send(Request request) {
        writes.incrementAndGet();
        if (!takesVictim(text(request))) {
            return redis.send(request);
        }
        Promise<Response> never = Promise.promise();
        return switch (fault) {
            case ANSWER_LOST -> {
                redis.send(request);
                yield never.future();
            }
            case CUT_AFTERWARDS -> redis.send(request)
                    .compose(done -> Future.failedFuture(new IOException("Connection closed")));
            case CUT_BEFORE -> Future.failedFuture(new IOException("Connection reset by peer"));
            case LATE -> {
                late = () -> redis.send(request).toCompletionStage().toCompletableFuture().join();
                yield never.future();
            }
            case OUT_OF_MEMORY -> Future.failedFuture(ErrorType.create("OOM command not allowed"));
        };
    }

    private synchronized boolean takesVictim(String command) {
        if (!victim.test(command)) {
            return false;
        }
        victim = NOTHING;
        return true;
    }

    /** The command with its arguments and their lengths. A script has no comments here. */
    private static String text(Request request) {
        String text = request.toString();
        for (RedisScript script : SCRIPTS) {
            text = text.replace(script.digest(), script.text().replaceAll("(?m)^ *--.*$", ""));
        }
        return text.replaceAll("[\r\n]+", " ");
    }

    @Override
    public Future<RedisConnection> connect() {
        return redis.connect();
    }

    /** A fault at a command of the batch keeps those after it from Redis, unless Redis itself refuses the command. */
    @Override
    public Future<List<Response>> batch(List<Request> commands) {
        writes.incrementAndGet();
        for (int i = 0; i < commands.size(); i++) {
            if (takesVictim(text(commands.get(i)))) {
                return batch(commands, i);
            }
        }
        return redis.batch(commands);
    }

    private Future<List<Response>> batch(List<Request> commands, int victim) {
        List<Request> before = commands.subList(0, victim);
        List<Request> after = commands.subList(victim + 1, commands.size());
        return switch (fault) {
            case ANSWER_LOST -> {
                redis.batch(commands.subList(0, victim + 1));
                yield Promise.<List<Response>>promise().future();
            }
            case CUT_AFTERWARDS -> redis.batch(commands.subList(0, victim + 1))
                    .compose(done -> failed(victim, "CONNECTION_CLOSED"));
            case CUT_BEFORE -> redis.batch(before).compose(done -> failed(victim, "CONNECTION_CLOSED"));
            case LATE -> {
                redis.batch(before);
                late = () -> redis.batch(commands.subList(victim, commands.size())).toCompletionStage()
                        .toCompletableFuture().join();
                yield Promise.<List<Response>>promise().future();
            }
            case OUT_OF_MEMORY -> redis.batch(before).compose(done -> redis.batch(after))
                    .compose(done -> failed(victim, "OOM command not allowed"));
        };
    }

    /** As the client reports it. */
    private static <T> Future<T> failed(int index, String error) {
        return Future.failedFuture(ErrorType.create("ERR [" + index + "] " + error));
    }

    @Override
    public void close() {
        redis.close();
    }
}
