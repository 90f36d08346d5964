package com.kt.event.content.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.faults.StormPlan.Script;
import com.kt.event.content.faults.StormPlan.Step;
import com.kt.event.content.faults.StormRecord.Deletion;
import com.kt.event.content.faults.StormRecord.ImageRequest;
import com.kt.event.content.faults.StormRecord.Link;
import com.kt.event.content.faults.StormRecord.StatusSeen;

/** A client that follows its script, retries after every error, and records every response. */
final class StormClient implements Runnable {
    static final Set<String> ENDS = Set.of("COMPLETED", "FAILED", "CANCELLED");

    private static final HttpClient HTTP = HttpClient.newBuilder().version(Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(6);
    /** A client without a response gives up after this time. */
    private static final int MOST_TRIES = 60;

    private final Script script;
    private final StormPlan plan;
    private final StormRecord record;
    private final List<ServiceProcess> services;
    private int requests;
    /** Null before the first. */
    private String jobId;
    private String tag;

    StormClient(Script script, StormPlan plan, StormRecord record, List<ServiceProcess> services) {
        this.script = script;
        this.plan = plan;
        this.record = record;
        this.services = services;
    }

    @Override
    public void run() {
        try {
            int number = 0;
            for (Step step : script.steps()) {
                take(step, ++number);
            }
            lookAtImages();
        } catch (InterruptedException e) {
            // The storm is over.
        }
    }

    private void take(Step step, int number) throws InterruptedException {
        String draft = "/api/content/images/" + script.draft();
        String key = step.keyed() ? script.draft() + "-" + number : null;
        switch (step.act()) {
            case GENERATE -> ask(draft + "/generate", key);
            case FORCE -> ask(draft + "/generate?force=true", key);
            case REGENERATE -> ask(draft + "/styles/" + step.style() + "/regenerate", key);
            case CANCEL -> cancel();
            case DELETE_STYLE -> delete(draft + "/styles/" + step.style());
            case DELETE_ALL -> delete(draft);
            case FOLLOW -> follow();
            case POLL -> poll();
            case PAUSE -> Thread.sleep(step.lasting().toMillis());
        }
    }

    private void ask(String path, String key) throws InterruptedException {
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<HttpResponse<String>> answer = send(post(path, key));
            int status = answer.map(HttpResponse::statusCode).orElse(0);
            String accepted = status == 202 ? json(answer.get().body()).path("jobId").asText() : null;
            record.requests.add(new ImageRequest(script.draft(), key, path, Instant.now(), status, accepted));
            if (accepted != null) {
                jobId = accepted;
                tag = null;
                return;
            }
            pause();
        }
    }

    private HttpRequest.Builder post(String path, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody());
        return key == null ? request : request.header("Idempotency-Key", key);
    }

    private void cancel() throws InterruptedException {
        if (jobId != null) {
            send(HttpRequest.newBuilder(uri("/api/content/images/jobs/" + jobId)).DELETE())
                    .filter(answer -> answer.statusCode() == 200).ifPresent(answer -> see(json(answer.body())));
        }
    }

    private void delete(String path) throws InterruptedException {
        send(HttpRequest.newBuilder(uri(path)).DELETE());
        record.deletions.add(new Deletion(script.draft(), Instant.now()));
    }

    /** Events as long as there are any, then polling, as a browser without events does. */
    private void follow() throws InterruptedException {
        if (jobId != null) {
            send(HttpRequest.newBuilder(uri("/api/content/images/jobs/" + jobId + "/events")))
                    .ifPresent(answer -> answer.body().lines().filter(line -> line.startsWith("data:"))
                            .forEach(line -> see(json(line.substring(5)))));
            poll();
        }
    }

    private void poll() throws InterruptedException {
        while (jobId != null && !hasEnded()) {
            pause();
        }
    }

    private boolean hasEnded() throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/api/content/images/jobs/" + jobId))
                .header("Prefer", "wait=3");
        Optional<HttpResponse<String>> answer = send(tag == null ? request : request.header("If-None-Match", tag));
        if (answer.isEmpty() || answer.get().statusCode() != 200) {
            // The judge reports a missing job.
            return answer.filter(it -> it.statusCode() == 404).isPresent();
        }
        tag = answer.get().headers().firstValue("ETag").orElse(null);
        return ENDS.contains(see(json(answer.get().body())));
    }

    /** The job's status. */
    private String see(JsonNode job) {
        String status = job.path("status").asText();
        String id = job.path("jobId").asText();
        record.statusesSeen.add(new StatusSeen(id, status, Instant.now()));
        return status;
    }

    /** The draft's images name the expiry of their links. */
    private void lookAtImages() throws InterruptedException {
        send(HttpRequest.newBuilder(uri("/api/content/images/" + script.draft())))
                .filter(answer -> answer.statusCode() == 200)
                .ifPresent(answer -> json(answer.body()).path("images")
                        .forEach(image -> record.links.add(link(script.draft(), image))));
    }

    static Link link(String draft, JsonNode image) {
        return new Link(image.path("imageUrl").asText(), draft, image.path("style").asText(),
                image.path("jobId").asText(), Instant.parse(image.path("expiresAt").asText()));
    }

    private void pause() throws InterruptedException {
        Thread.sleep(plan.pauseBefore(script.draft(), requests).toMillis());
    }

    private URI uri(String path) {
        return services.get(plan.instance(script.draft(), requests)).uri(path);
    }

    /** Empty if there is no response. */
    private Optional<HttpResponse<String>> send(HttpRequest.Builder request) throws InterruptedException {
        requests++;
        CompletableFuture<HttpResponse<String>> answer = HTTP.sendAsync(request.timeout(ANSWER_LIMIT).build(),
                BodyHandlers.ofString());
        try {
            // The timeout of the request covers only the head of the response.
            return Optional.of(answer.get(ANSWER_LIMIT.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            return Optional.empty();
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("this is no JSON: " + text, e);
        }
    }
}
