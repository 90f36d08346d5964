package com.kt.event.content.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.vertx.core.Future;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.Request;

/**
 * Sends several commands in one write, for one round trip.
 *
 * <p>Redis executes them in their order, but not as a transaction: commands of others may come in between, and if the
 * connection breaks, or the process dies, any number of them, from the first on, may have been executed. A command is
 * executed whether or not the one before it failed.
 *
 * <p>In a cluster the keys live on different servers, so that one write would keep no order. There each command is sent when
 * the one before it has been answered, and none after one that failed. The same happens to a batch with a script that Redis
 * has not run yet.
 */
@ApplicationScoped
public class RedisPipeline {
    private static final Set<RedisClientType> ONE_SERVER = Set.of(RedisClientType.STANDALONE, RedisClientType.SENTINEL);

    private final ReactiveRedisDataSource redis;
    private final RedisScripts scripts;
    private final boolean isOneServer;
    /** The digests that Redis has run. It may have forgotten them. */
    private final Set<String> knownScripts = ConcurrentHashMap.newKeySet();

    public RedisPipeline(ReactiveRedisDataSource redis, RedisScripts scripts,
            @ConfigProperty(name = "quarkus.redis.client-type", defaultValue = "standalone") RedisClientType type) {
        this.redis = redis;
        this.scripts = scripts;
        this.isOneServer = ONE_SERVER.contains(type);
    }

    /** A Redis that was restarted, or promoted, does not know them. */
    void forgetScripts(@Observes RedisConnected connected) {
        knownScripts.clear();
    }

    /**
     * What the commands answered, in their order; null for nil.
     *
     * <p>Fails with {@link RedisBatchException} if Redis answered a command with an error, or if the connection broke: it
     * names the commands. Fails with the client's own failure if nothing was sent. Nothing is ever sent twice. The work
     * begins with the subscription; a cancellation does not take back what was sent.
     */
    public Uni<List<Response>> send(RedisBatch batch) {
        List<RedisBatch.Step> steps = batch.steps();
        return AsyncResultUni
                .toUni(handler -> execute(steps).<List<Response>>map(RedisPipeline::wrap).onComplete(handler));
    }

    private Future<List<io.vertx.redis.client.Response>> execute(List<RedisBatch.Step> steps) {
        return isOneServer && steps.stream().allMatch(this::isKnown) ? inOneWrite(steps) : oneByOne(steps);
    }

    private boolean isKnown(RedisBatch.Step step) {
        return !step.isScript() || knownScripts.contains(step.script().digest());
    }

    private Future<List<io.vertx.redis.client.Response>> inOneWrite(List<RedisBatch.Step> steps) {
        List<Request> requests = steps.stream().map(RedisBatch.Step::request).toList();
        return redis.getRedis().getDelegate().batch(requests).recover(failure -> failed(steps, failure));
    }

    private Future<List<io.vertx.redis.client.Response>> failed(List<RedisBatch.Step> steps, Throwable failure) {
        Throwable cause = RedisBatchException.of(failure);
        if (cause instanceof RedisBatchException errors && forgetUnknownScripts(steps, errors) == steps.size()) {
            // A Redis without scripts has done nothing.
            return oneByOne(steps);
        }
        return Future.failedFuture(cause);
    }

    private int forgetUnknownScripts(List<RedisBatch.Step> steps, RedisBatchException errors) {
        int unknown = 0;
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).isScript() && RedisScripts.isUnknownScript(errors.error(i))) {
                knownScripts.remove(steps.get(i).script().digest());
                unknown++;
            }
        }
        return unknown;
    }

    private Future<List<io.vertx.redis.client.Response>> oneByOne(List<RedisBatch.Step> steps) {
        io.vertx.redis.client.Response[] answers = new io.vertx.redis.client.Response[steps.size()];
        Future<Void> done = Future.succeededFuture();
        for (int i = 0; i < answers.length; i++) {
            int index = i;
            done = done.compose(before -> single(steps.get(index), index).map(answer -> {
                answers[index] = answer;
                return null;
            }));
        }
        return done.map(all -> Arrays.asList(answers));
    }

    private Future<io.vertx.redis.client.Response> single(RedisBatch.Step step, int index) {
        Future<io.vertx.redis.client.Response> answer = step.isScript()
                ? scripts.send(step.request(), step.byText()).onSuccess(ran -> knownScripts.add(step.script().digest()))
                : redis.getRedis().getDelegate().send(step.request());
        return answer.recover(failure -> Future.failedFuture(
                new RedisBatchException(Map.of(index, String.valueOf(failure.getMessage())), failure)));
    }

    private static List<Response> wrap(List<io.vertx.redis.client.Response> answers) {
        List<Response> wrapped = new ArrayList<>(answers.size());
        for (io.vertx.redis.client.Response answer : answers) {
            wrapped.add(Response.newInstance(answer));
        }
        return wrapped;
    }
}
