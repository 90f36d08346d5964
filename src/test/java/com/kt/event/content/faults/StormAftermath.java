package com.kt.event.content.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.core.ConditionTimeoutException;

import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.faults.StormRecord.Idle;
import com.kt.event.content.faults.StormRecord.ImageRequest;
import com.kt.event.content.faults.StormRecord.JobEnd;
import com.kt.event.content.faults.StormRecord.Link;
import com.kt.event.content.faults.StormRecord.LogLine;
import com.kt.event.content.faults.StormRecord.Opened;
import com.kt.event.content.faults.StormRecord.RedisKey;
import com.kt.event.content.faults.StormRecord.StyleEnd;

import redis.clients.jedis.Jedis;

/** Records for the judge what a storm has left, and judges nothing itself. */
final class StormAftermath {
    private static final Duration QUIET = Duration.ofSeconds(6);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final double TICKS_PER_SECOND = 100;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final StormRecord record;
    private final List<StormInstance> instances;
    private final RedisProcess redis;

    StormAftermath(StormRecord record, List<StormInstance> instances, RedisProcess redis) {
        this.record = record;
        this.instances = instances;
        this.redis = redis;
    }

    private ServiceProcess any() {
        return instances.get(0).service();
    }

    /** Waits until all jobs have ended and left the queue. The judge reports those that have not by then. */
    void awaitEnds(Duration limit) {
        try {
            await().atMost(limit).pollInterval(Duration.ofSeconds(1)).ignoreExceptions().until(() -> jobIds().stream()
                    .allMatch(id -> StormClient.ENDS.contains(end(id).status()) || end(id).status().equals("GONE")));
            await().atMost(limit).ignoreExceptions().until(() -> {
                try (Jedis jedis = redis.connect()) {
                    return jedis.xlen("content:jobs") == 0;
                }
            });
        } catch (ConditionTimeoutException e) {
            record.anomalies.add("not all ended, or left the queue, within " + limit);
        }
    }

    /** All jobs, even those that no client knows. */
    private Set<String> jobIds() {
        Set<String> ids = record.requests.stream().map(ImageRequest::jobId).filter(id -> id != null)
                .collect(Collectors.toCollection(TreeSet::new));
        try (Jedis jedis = redis.connect()) {
            jedis.keys("job:*").forEach(key -> ids.add(key.substring("job:".length())));
        }
        return ids;
    }

    private JobEnd end(String jobId) {
        HttpResponse<String> answer = any().jobAnswer(jobId);
        JsonNode job = ServiceProcess.json(answer);
        if (answer.statusCode() == 404) {
            String draft = record.requests.stream().filter(request -> jobId.equals(request.jobId()))
                    .map(ImageRequest::draft).findFirst()
                    .orElse("");
            return JobEnd.gone(jobId, draft);
        }
        Map<String, StyleEnd> styles = new LinkedHashMap<>();
        job.path("styles").forEach(style -> styles.put(style.path("style").asText(),
                new StyleEnd(style.path("status").asText(), style.path("error").path("code").asText(null),
                        style.path("possiblyChargedTwice").asBoolean())));
        return new JobEnd(jobId, job.path("eventDraftId").asText(), job.path("status").asText(), time(job, "createdAt"),
                time(job, "updatedAt"), styles);
    }

    private static Instant time(JsonNode job, String name) {
        return Instant.parse(job.path(name).asText());
    }

    void writeDown() {
        jobIds().forEach(id -> record.jobs.add(end(id)));
        record.jobs.stream().map(JobEnd::draft).distinct().forEach(this::lookAtGallery);
        record.jobs.forEach(this::lookAtLinks);
        record.links.stream().map(Link::url).distinct().forEach(url -> record.opened.add(open(url)));
        try (Jedis jedis = redis.connect()) {
            jedis.keys("*").forEach(key -> record.keys.add(new RedisKey(key, jedis.pttl(key))));
        }
        instances.forEach(instance -> readLog(instance.service()));
    }

    private void lookAtGallery(String draft) {
        HttpResponse<String> answer = any().get("/api/content/images/" + draft);
        if (answer.statusCode() == 200) {
            ServiceProcess.json(answer).path("images")
                    .forEach(image -> record.links.add(StormClient.link(draft, image)));
        }
    }

    /** A job does not contain the expiry of its links, which is the same week. */
    private void lookAtLinks(JobEnd job) {
        if (!job.status().equals("GONE")) {
            any().job(job.jobId()).path("imageUrls").properties().forEach(image -> record.links.add(
                    new Link(image.getValue().asText(), job.draft(), image.getKey(), job.jobId(),
                            Instant.now().plus(WEEK))));
        }
    }

    private Opened open(String url) {
        HttpRequest request = HttpRequest.newBuilder(any().uri(URI.create(url).getPath())).build();
        try {
            HttpResponse<byte[]> answer = HTTP.send(request, BodyHandlers.ofByteArray());
            return new Opened(url, Instant.now(), answer.statusCode(), StormImage.sha256(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void readLog(ServiceProcess service) {
        try (Stream<String> lines = Files.lines(service.log())) {
            lines.forEach(line -> record.logs.add(new LogLine(service.name(), line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The load of Redis and of the instances while there is nothing to do. */
    void measureIdleness() throws IOException {
        StormProvider.sleep(QUIET);
        long commands = commands();
        List<Double> cpu = instances.stream().map(StormAftermath::cpuSeconds).toList();
        long start = System.nanoTime();
        StormProvider.sleep(QUIET);
        double seconds = (System.nanoTime() - start) / 1e9;
        double busiest = 0;
        for (int i = 0; i < cpu.size(); i++) {
            busiest = Math.max(busiest, (cpuSeconds(instances.get(i)) - cpu.get(i)) / seconds);
        }
        record.idle.add(new Idle((commands() - commands) / seconds, busiest));
    }

    private long commands() {
        try (Jedis jedis = redis.connect()) {
            return jedis.info("stats").lines().filter(line -> line.startsWith("total_commands_processed:"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).trim())).sum();
        }
    }

    /** User and system time. */
    private static double cpuSeconds(StormInstance instance) {
        return instance.service().cpuTicks() / TICKS_PER_SECOND;
    }
}
