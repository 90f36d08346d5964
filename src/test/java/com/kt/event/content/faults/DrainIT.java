package com.kt.event.content.faults;

import static com.kt.event.content.faults.AcceptedJob.STYLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.kt.event.content.EventStream;
import com.kt.event.content.faults.Provider.Answer;

/** An orderly stop, as in every deployment, with paid calls in flight. */
@Tag("faults")
class DrainIT {
    private static final Duration GRACE = Duration.ofSeconds(4);
    private static final Duration FAR_LESS_THAN_A_LEASE = Duration.ofSeconds(10);

    @RegisterExtension
    final Platform platform = new Platform();

    private final CompletableFuture<Void> stopIsAskedFor = new CompletableFuture<>();

    /** With the default lease of 30 s, an instance that waited for it to lapse would be too late. */
    @Test
    void aStopLosesNothingAndRepeatsNothingThatEndsInTime() {
        ServiceProcess stopping = platform.startService("stopping", "content.worker.grace", GRACE.toSeconds() + "s");
        platform.provider().answers(call -> Answer.image(call).when(stopIsAskedFor));
        List<AcceptedJob> inTime = accept(3, stopping);
        platform.provider().answers(call -> call.number() > 1
                ? Answer.image(call)
                : call.style().equals("trendy") ? Answer.never() : Answer.image(call).when(stopIsAskedFor));
        List<AcceptedJob> late = accept(4, stopping);
        ServiceProcess other = platform.startService("other");

        stopping.terminate();
        stopIsAskedFor.complete(null);

        exits(stopping);
        // Its aborted calls say nothing about the provider, and must not make the other instance wait.
        assertThat(stopping.log()).content().doesNotContain("circuit breaker opened");
        Stream.concat(inTime.stream(), late.stream()).forEach(job -> {
            job.endsAs("COMPLETED", FAR_LESS_THAN_A_LEASE, other);
            job.hasItsImages(other);
        });
        inTime.forEach(job -> wasCalled(job, "trendy", 1, other));
        late.forEach(job -> wasCalled(job, "trendy", 2, other));
        assertThat(other.metric("content_calls_unknown_total")).as("unknown calls").isEqualTo(late.size());
        platform.awaitEmptyQueue();
    }

    /** The client reconnects, to an instance that stays. */
    @Test
    void aStopEndsStreamsWithAnEvent() {
        ServiceProcess stopping = platform.startService("stopping", "content.worker.enabled", "false");
        AcceptedJob job = platform.accept(stopping);

        try (EventStream stream = new EventStream(stopping.uri("/api/content/images/jobs/" + job.id() + "/events"))) {
            await().until(() -> platform.subscribers() == 1 && !stream.events().isEmpty());

            stopping.terminate();

            await().until(stream::isEnded);
            assertThat(stream.blocks().get(stream.blocks().size() - 1)).satisfies(last -> {
                assertThat(last.field("event")).contains("end");
                assertThat(last.retry()).contains("2000");
                assertThat(last.data().orElseThrow()).contains("\"status\":\"PENDING\"", "\"streamEnd\":\"STOPPING\"");
            });
        }
        exits(stopping);
    }

    @Test
    void aStopAnswersLongPolls() {
        ServiceProcess stopping = platform.startService("stopping", "content.worker.enabled", "false");
        AcceptedJob job = platform.accept(stopping);
        String tag = stopping.jobAnswer(job.id()).headers().firstValue("ETag").orElseThrow();
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture
                .supplyAsync(() -> stopping.jobAnswer(job.id(), "Prefer", "wait=25", "If-None-Match", tag));
        await().until(() -> platform.subscribers() == 1);

        stopping.terminate();

        assertThat(answer.join().statusCode()).isEqualTo(304);
        exits(stopping);
    }

    /** Redis never receives it, so the request takes as long as a request may. */
    @Test
    void aStopWaitsForRequestsInFlight() {
        RedisProxy proxy = platform.closesAtEnd(new RedisProxy(platform.redis()));
        ServiceProcess stopping = platform.service("stopping", proxy.uri(), "content.worker.enabled", "false");
        stopping.start();
        stopping.awaitReady();
        proxy.swallow(command -> command.contains("content:jobs"), stopping::terminate);

        HttpResponse<String> answer = stopping.generate(platform.recommend());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("CONTENT_008");
        exits(stopping);
    }

    private static void exits(ServiceProcess stopping) {
        assertThat(stopping.awaitExit(GRACE.plusSeconds(5))).as("exit code").isIn(0, 143);
    }

    /** Jobs whose calls are all in flight. */
    private List<AcceptedJob> accept(int number, ServiceProcess by) {
        List<AcceptedJob> jobs = Stream.generate(() -> platform.accept(by)).limit(number).toList();
        await().until(
                () -> jobs.stream().allMatch(job -> STYLES.stream().allMatch(style -> job.calls(style).size() == 1)));
        return jobs;
    }

    private static void wasCalled(AcceptedJob job, String lateStyle, int times, ServiceProcess at) {
        for (String style : STYLES) {
            int expected = style.equals(lateStyle) ? times : 1;
            assertThat(job.calls(style)).as("calls for %s", style).hasSize(expected);
            assertThat(job.mayBeChargedTwice(style, at)).isEqualTo(expected == 2);
        }
    }
}
