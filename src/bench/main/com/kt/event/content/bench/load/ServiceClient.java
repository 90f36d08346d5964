package com.kt.event.content.bench.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Streams that were opened, and how many of them are open still. */
    public record Streams(int opened, AtomicInteger open, AtomicInteger events) {
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

    /** Requests a job for one draft. */
    public Accepted generateOne(SystemUnderTest system, String draft) {
        return Await.value(generate(system, draft));
    }

    private Future<Accepted> generate(SystemUnderTest system, String draft) {
        return send(system, HttpMethod.POST, "/api/content/images/" + draft + "/generate")
                .compose(response -> {
                    long now = System.nanoTime();
                    return response.statusCode() == 202
                            ? response.body().map(body -> new Accepted(body.toJsonObject().getString("jobId"), now))
                            : Future.failedFuture("POST generate was answered with " + response.statusCode());
                });
    }

    /** The response's body; fails unless the status is 200. */
    public JsonObject get(SystemUnderTest system, String path) {
        return Await.value(send(system, HttpMethod.GET, path).compose(response -> response.statusCode() == 200
                ? response.body().map(Buffer::toJsonObject)
                : Future.failedFuture("GET " + path + " was answered with " + response.statusCode())));
    }

    private Future<HttpClientResponse> send(SystemUnderTest system, HttpMethod method, String path) {
        return client.request(method, system.port(), "127.0.0.1", path).compose(request -> request.send());
    }

    /** Opens so many event streams, in turn of these jobs, and returns once all have received their first event. */
    public Streams stream(SystemUnderTest system, int count, List<String> jobIds) {
        Streams opened = new Streams(count, new AtomicInteger(), new AtomicInteger());
        for (int i = 0; i < count; i++) {
            openStream(system, jobIds.get(i % jobIds.size()), opened);
        }
        if (!Await.until(() -> opened.events().get() >= count, 60)) {
            throw new BenchException(system.name() + ": only " + opened.events().get() + " of " + count
                    + " event streams have received an event within a minute");
        }
        return opened;
    }

    private void openStream(SystemUnderTest system, String jobId, Streams opened) {
        streams.request(HttpMethod.GET, system.port(), "127.0.0.1", "/api/content/images/jobs/" + jobId + "/events")
                .compose(request -> request.putHeader("Accept", "text/event-stream").send())
                .onSuccess(response -> {
                    opened.open().incrementAndGet();
                    response.handler(event -> opened.events().incrementAndGet());
                    response.endHandler(end -> opened.open().decrementAndGet());
                    response.exceptionHandler(failure -> opened.open().decrementAndGet());
                });
    }
}
