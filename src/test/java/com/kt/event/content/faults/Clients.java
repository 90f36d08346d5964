package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that request images all the time, one draft after the other, and an orchestrator that polls the health checks.
 * The responses are recorded.
 */
final class Clients implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(100);
    private static final Duration PROMISE = Duration.ofSeconds(2);

    private final ServiceProcess service;
    private final Provider provider;
    private final Queue<String> drafts;
    private final AtomicInteger wanted = new AtomicInteger();
    private final List<AcceptedJob> accepted = new CopyOnWriteArrayList<>();
    private final List<Answer> refusals = new CopyOnWriteArrayList<>();
    private final List<Integer> readiness = new CopyOnWriteArrayList<>();
    private final List<Integer> liveness = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(3);

    private record Answer(int status, String body, Duration took) {
    }

    /**
     * @param drafts to request, each of them once, because a refused request may have been executed all the same
     */
    Clients(ServiceProcess service, Provider provider, List<String> drafts) {
        this.service = service;
        this.provider = provider;
        this.drafts = new ConcurrentLinkedQueue<>(drafts);
        repeat(this::askForImages);
        repeat(() -> readiness.add(service.health("ready")));
        repeat(() -> liveness.add(service.health("live")));
    }

    /** The clients send requests until so many more jobs are accepted. */
    void want(int jobs) {
        wanted.addAndGet(jobs);
    }

    boolean haveAllTheyWant() {
        return accepted.size() == wanted.get();
    }

    List<AcceptedJob> accepted() {
        return List.copyOf(accepted);
    }

    int refusals() {
        return refusals.size();
    }

    /** At the last check. */
    boolean seeItReady() {
        return !readiness.isEmpty() && readiness.get(readiness.size() - 1) == 200;
    }

    /** Every refusal came in time and with a reason, and liveness never failed. */
    void sawItLiveAndRefuseInTime() {
        assertThat(refusals).allSatisfy(refusal -> {
            assertThat(refusal.status()).as(refusal.body()).isEqualTo(503);
            assertThat(refusal.body()).contains("CONTENT_008");
            assertThat(refusal.took()).isLessThan(PROMISE);
        });
        assertThat(liveness).as("liveness").isNotEmpty().containsOnly(200);
    }

    void sawItGoDownAndComeBack() {
        assertThat(readiness).as("readiness").startsWith(200).contains(503).endsWith(200);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void repeat(Runnable look) {
        clock.scheduleWithFixedDelay(look, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void askForImages() {
        if (haveAllTheyWant()) {
            return;
        }
        String draft = drafts.remove();
        long start = System.nanoTime();
        try {
            HttpResponse<String> answer = service.generate(draft);
            if (answer.statusCode() == 202) {
                accepted.add(new AcceptedJob(ServiceProcess.json(answer).path("jobId").asText(), draft, provider));
            } else {
                refusals.add(new Answer(answer.statusCode(), answer.body(), since(start)));
            }
        } catch (UncheckedIOException e) {
            refusals.add(new Answer(0, e.toString(), since(start)));
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
