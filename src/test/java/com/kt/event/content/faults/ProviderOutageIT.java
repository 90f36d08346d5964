package com.kt.event.content.faults;

import static com.kt.event.content.faults.AcceptedJob.STYLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.faults.Provider.Answer;
import com.kt.event.content.faults.Provider.Call;

import redis.clients.jedis.Jedis;

/** The provider is down: all jobs pause, and none fails. The tests mostly wait, so they run in parallel. */
@Tag("faults")
class ProviderOutageIT {
    private static final String PAUSE = "content:breaker";

    @RegisterExtension
    final Platform platform = new Platform();

    /** Outages in which no image can have been made. */
    enum Outage {
        UNAVAILABLE {
            @Override
            void begin(Provider provider) {
                provider.answers(call -> Answer.status(503));
            }
        },
        TOO_MANY_REQUESTS {
            @Override
            void begin(Provider provider) {
                provider.answers(call -> Answer.status(429).header("Retry-After", "5"));
            }
        },
        REFUSES_CONNECTIONS {
            @Override
            void begin(Provider provider) {
                provider.stopListening();
            }

            @Override
            void end(Provider provider) {
                provider.listen();
            }
        };

        abstract void begin(Provider provider);

        void end(Provider provider) {
            provider.draws();
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource
    void oneJobAloneOutlivesAMinuteOfIt(Outage outage) {
        ServiceProcess service = platform.startService("service");
        outage.begin(platform.provider());
        CompletableFuture<Void> end = after(Duration.ofSeconds(60), () -> outage.end(platform.provider()));
        AcceptedJob job = platform.accept(service);

        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> saysWhenItGoesOn(job, service));
        assertThat(end).as("end of the outage").isNotDone();

        job.endsAs("COMPLETED", Duration.ofSeconds(60 + 75), service);
        assertThat(end).as("end of the outage").isDone();
        job.hasItsImages(service);
        assertThat(job.json(service).path("possiblyChargedTwice").asBoolean()).isFalse();
        platform.awaitEmptyQueue();
    }

    /** After a 502 an image may have been made. There is one retry, but not within seconds. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void oneJobAloneOutlivesFortySecondsOfBadGateways() {
        ServiceProcess service = platform.startService("service");
        platform.provider().answers(call -> Answer.status(502));
        CompletableFuture<Void> end = after(Duration.ofSeconds(40), platform.provider()::draws);
        AcceptedJob job = platform.accept(service);

        job.endsAs("COMPLETED", Duration.ofSeconds(40 + 110), service);
        assertThat(end).as("end of the outage").isDone();
        job.hasItsImages(service);
        STYLES.forEach(style -> assertThat(job.calls(style)).as(style).hasSize(2));
        platform.awaitEmptyQueue();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void twoInstancesWaitForAnOperatorAndTellHimOnce() {
        String[] settings = {"content.image-api.longest-pause", "5s", "content.image-api.pause", "1s"};
        List<ServiceProcess> services = List.of(
                platform.startService("A", settings), platform.startService("B", settings));
        platform.provider().answers(call -> Answer.status(401));
        List<AcceptedJob> jobs = Stream.iterate(0, i -> i + 1).limit(6)
                .map(i -> platform.accept(services.get(i % 2))).toList();

        await().atMost(Duration.ofSeconds(30)).until(() -> services.stream()
                .anyMatch(service -> service.metric("content_image_api_operator_needed") == 1));
        after(Duration.ofSeconds(20), platform.provider()::draws).join();

        jobs.forEach(job -> {
            job.endsAs("COMPLETED", Duration.ofSeconds(60), services.get(0));
            job.hasItsImages(services.get(0));
        });
        assertThat(services.stream().mapToLong(ProviderOutageIT::callsForAnOperator).sum()).as("ERRORs").isEqualTo(1);
        await().atMost(Duration.ofSeconds(30)).until(() -> services.stream()
                .allMatch(service -> service.metric("content_image_api_operator_needed") == 0));
        platform.awaitEmptyQueue();
    }

    private static long callsForAnOperator(ServiceProcess service) {
        try {
            return Files.readAllLines(service.log()).stream().filter(line -> line.contains("an operator is needed"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aHundredJobsOutliveALongOneAndOneProbeAtATimeLooksForItsEnd() {
        String[] settings = {"content.worker.lease", "3s", "content.worker.heartbeat", "1s",
                "content.image-api.pause", "2s", "content.image-api.longest-pause", "4s"};
        List<ServiceProcess> services = List.of(
                platform.startService("A", settings), platform.startService("B", settings));
        platform.provider().answers(call -> Answer.status(503));
        List<AcceptedJob> jobs = Stream.iterate(0, i -> i + 1).limit(100)
                .map(i -> platform.accept(services.get(i % 2))).toList();

        await().atMost(Duration.ofSeconds(20)).until(this::isPaused);
        Instant pauseIsKnown = Instant.now().plusSeconds(2);
        after(Duration.ofSeconds(25), platform.provider()::draws).join();
        Instant end = Instant.now();

        ServiceProcess any = services.get(0);
        jobs.forEach(job -> job.endsAs("COMPLETED", Duration.ofSeconds(40), any));
        List<Call> probes = platform.provider().calls().stream()
                .filter(call -> call.at().isAfter(pauseIsKnown) && call.at().isBefore(end)).toList();
        areApart(probes, Duration.ofSeconds(4));
        for (AcceptedJob job : jobs) {
            countsNoCallThatWasNotMade(job);
            assertThat(job.json(any).path("possiblyChargedTwice").asBoolean()).isFalse();
        }
        platform.awaitEmptyQueue();
    }

    private boolean isPaused() {
        try (Jedis redis = platform.redis().connect()) {
            return redis.exists(PAUSE);
        }
    }

    /** Requested in the middle of a pause, when Retry-After for a job of this age would otherwise be much shorter. */
    private void saysWhenItGoesOn(AcceptedJob job, ServiceProcess at) {
        HttpResponse<String> answer = at.jobAnswer(job.id());
        long pauseLeft = Duration.between(Instant.now(), endOfPause()).toSeconds();
        assertThat(pauseLeft).as("seconds that are left of the pause").isGreaterThan(6);
        assertThat(ServiceProcess.json(answer).path("detail").asText()).as(answer.body()).isNotBlank();
        assertThat(answer.headers().firstValueAsLong("Retry-After")).as("Retry-After").isPresent();
        assertThat(answer.headers().firstValueAsLong("Retry-After").getAsLong()).as("Retry-After")
                .isBetween(pauseLeft, pauseLeft + 2);
    }

    private Instant endOfPause() {
        try (Jedis redis = platform.redis().connect()) {
            String pause = redis.get(PAUSE);
            assertThat(pause).as(PAUSE).isNotNull();
            return Instant.ofEpochMilli(read(pause).path("until").asLong());
        }
    }

    /** The probe after the first pause has failed by then, so each of these follows the longest pause. */
    private static void areApart(List<Call> probes, Duration interval) {
        Duration tolerance = Duration.ofMillis(100);
        assertThat(probes).as("probes").hasSizeGreaterThan(2);
        for (int i = 1; i < probes.size(); i++) {
            assertThat(Duration.between(probes.get(i - 1).at(), probes.get(i).at())).as("%d of %s", i, probes)
                    .isGreaterThan(interval.minus(tolerance));
        }
    }

    private void countsNoCallThatWasNotMade(AcceptedJob job) {
        try (Jedis redis = platform.redis().connect()) {
            for (String style : STYLES) {
                JsonNode task = read(redis.hget("job:" + job.id(), style));
                assertThat(task.at("/calls/attempts").asInt()).as("%s", task).isEqualTo(job.calls(style).size());
            }
        }
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CompletableFuture<Void> after(Duration delay, Runnable action) {
        return CompletableFuture.runAsync(action,
                CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
    }
}
