package com.kt.event.content.bench.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.kt.event.content.bench.BenchException;
import com.kt.event.content.bench.lab.Await;
import com.kt.event.content.bench.lab.SystemUnderTest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;

/** Single requests, jobs in bulk, and event streams. */
public class ServiceClient {
    private static final int CONNECTIONS = 32;
    private static final int STREAMS = 4096;
    private static final int ATTEMPTS = 5;

    private final HttpClientAgent client;
    private final HttpClient streams;

    /**
     * What became of the requests for jobs.
     *
     * @param ids of the accepted jobs, one for each draft
     * @param refused requests that had to be sent again
     */
    public record Submission(List<String> ids, int refused) {
    }

    /** An accepted job, and when the response was in the client's hands, as {@link System#nanoTime} tells it. */
    public record Accepted(String id, long at) {
    }

    /**
     * Event streams.
     *
     * @param open those that have not ended
     * @param started those that have received an event
     */
    public record Streams(int opened, AtomicInteger open, AtomicInteger started) {
    }

    public ServiceClient(Vertx vertx) {
        client = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        streams = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(STREAMS));
    }

    /**
     * Requests a job for each draft, over 32 connections, as fast as they are accepted. A service that has just started or
     * is overloaded may refuse some with 503: they are requested again.
     */
    public Submission submit(SystemUnderTest system, List<String> drafts) {
        Map<String, String> accepted = new LinkedHashMap<>();
        int refused = 0;
        for (int attempt = 0; attempt < ATTEMPTS && accepted.size() < drafts.size(); attempt++) {
            List<String> missing = drafts.stream().filter(draft -> !accepted.containsKey(draft)).toList();
            submitOnce(system, missing, accepted);
            refused += drafts.size() - accepted.size();
        }
        if (accepted.size() < drafts.size()) {
            throw new BenchException(system.name() + " has refused " + (drafts.size() - accepted.size()) + " of "
                    + drafts.size() + " jobs " + ATTEMPTS + " times");
        }
        return new Submission(List.copyOf(accepted.values()), refused);
    }

    private void submitOnce(SystemUnderTest system, List<String> drafts, Map<String, String> accepted) {
        List<Future<Accepted>> requests = drafts.stream()
                .map(draft -> generate(system, draft).otherwise((Accepted) null)).toList();
        Await.value(Future.join(requests), 120);
        for (int i = 0; i < drafts.size(); i++) {
            Accepted job = requests.get(i).result();
            if (job != null) {
                accepted.put(drafts.get(i), job.id());
            }
        }
    }

    /** Requests a job for one draft; also again, if it is refused. */
    public Accepted generateOne(SystemUnderTest system, String draft) {
        BenchException refused = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return Await.value(generate(system, draft));
            } catch (BenchException e) {
                refused = e;
            }
        }
        throw refused;
    }

    private Future<Accepted> generate(SystemUnderTest system, String draft) {
        return send(system, HttpMethod.POST, "/api/content/images/" + draft + "/generate")
                .map(reply -> new Accepted(reply.json(202).getString("jobId"), reply.at()));
    }

    /** The response's body; fails unless the status is 200. */
    public JsonObject get(SystemUnderTest system, String path) {
        return Await.value(send(system, HttpMethod.GET, path)).json(200);
    }

    /** Requests all of these files at once, each over a connection of its own. The result is the status of each response. */
    public Future<List<Integer>> files(SystemUnderTest system, List<String> paths) {
        return Future.all(paths.stream().map(path -> streams.request(HttpMethod.GET, system.port(), "127.0.0.1", path)
                .compose(request -> request.send())
                .compose(response -> response.body().map(body -> response.statusCode()))).toList())
                .map(all -> all.<Integer>list());
    }

    /** @param at when the response began, as {@link System#nanoTime} tells it */
    private record Reply(String request, int status, Buffer body, long at) {
        JsonObject json(int expectedStatus) {
            if (status != expectedStatus) {
                throw new BenchException(request + " was answered with " + status + ": " + body);
            }
            return body.toJsonObject();
        }
    }

    /** The body is asked for on the event loop of the response: on another thread, it might have been there and gone. */
    private Future<Reply> send(SystemUnderTest system, HttpMethod method, String path) {
        return client.request(method, system.port(), "127.0.0.1", path)
                .compose(request -> request.send().compose(response -> {
                    long now = System.nanoTime();
                    return response.body()
                            .map(body -> new Reply(method + " " + path, response.statusCode(), body, now));
                }));
    }

    /** Opens so many event streams, in turn of these jobs, and returns once all have received their first event. */
    public Streams stream(SystemUnderTest system, int count, List<String> jobIds) {
        Streams opened = new Streams(count, new AtomicInteger(), new AtomicInteger());
        for (int i = 0; i < count; i++) {
            openStream(system, jobIds.get(i % jobIds.size()), opened);
        }
        if (!Await.until(() -> opened.started().get() == count, 60)) {
            throw new BenchException(system.name() + ": only " + opened.started().get() + " of " + count
                    + " event streams have received an event within a minute");
        }
        return opened;
    }

    private void openStream(SystemUnderTest system, String jobId, Streams opened) {
        streams.request(HttpMethod.GET, system.port(), "127.0.0.1", "/api/content/images/jobs/" + jobId + "/events")
                .compose(request -> request.putHeader("Accept", "text/event-stream").send()
                        .onSuccess(response -> follow(response, opened)));
    }

    private static void follow(HttpClientResponse response, Streams opened) {
        AtomicBoolean hasStarted = new AtomicBoolean();
        opened.open().incrementAndGet();
        response.handler(event -> {
            if (hasStarted.compareAndSet(false, true)) {
                opened.started().incrementAndGet();
            }
        });
        response.endHandler(end -> opened.open().decrementAndGet());
        response.exceptionHandler(failure -> opened.open().decrementAndGet());
    }
}
