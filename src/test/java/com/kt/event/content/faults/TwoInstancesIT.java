package com.kt.event.content.faults;

import static com.kt.event.content.faults.AcceptedJob.STYLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import com.kt.event.content.EventStream;
import com.kt.event.content.faults.Provider.Answer;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** A job runs on one instance, and its client waits at another. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class TwoInstancesIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** After the instance that made the change shows it. Without a notification it would take seconds. */
    private static final Duration AT_ONCE = Duration.ofMillis(800);

    @RegisterExtension
    final Platform platform = new Platform();

    private final Map<String, CompletableFuture<Void>> drawn = STYLES.stream()
            .collect(Collectors.toMap(Function.identity(), style -> new CompletableFuture<>()));
    private ServiceProcess working;
    private ServiceProcess listening;

    @BeforeEach
    void start() {
        platform.provider().answers(call -> Answer.image(call).when(drawn.get(call.style())));
        working = platform.startService("working");
        listening = platform.startService("listening", "content.worker.enabled", "false");
    }

    @Test
    void aStreamSendsChangesOfOtherInstancesAtOnceEvenAfterItsSubscriptionWasKilled() {
        AcceptedJob job = accept();

        try (EventStream stream = new EventStream(listening.uri("/api/content/images/jobs/" + job.id() + "/events"))) {
            await().atMost(LIMIT).until(() -> platform.subscribers() == 1 && !stream.events().isEmpty());
            for (String style : STYLES) {
                drawn.get(style).complete(null);
                await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> isDrawn(job, style));
                await().atMost(AT_ONCE).pollInterval(Duration.ofMillis(10))
                        .until(() -> stream.lastData().contains(job.id() + "-" + style));
                killSubscription();
            }

            await().atMost(LIMIT).until(stream::isEnded);
            assertThat(stream.lastData()).contains("\"COMPLETED\"");
            assertThat(stream.events()).extracting(event -> event.id().orElseThrow()).doesNotHaveDuplicates();
        }
        await().atMost(LIMIT).until(() -> platform.subscribers() == 0);
    }

    @Test
    void aLongPollIsAnsweredAtOnceWhenAStyleEndsOnAnotherInstance() {
        AcceptedJob job = accept();

        for (String style : STYLES) {
            String tag = listening.jobAnswer(job.id()).headers().firstValue("ETag").orElseThrow();
            CompletableFuture<HttpResponse<String>> answer = CompletableFuture
                    .supplyAsync(() -> listening.jobAnswer(job.id(), "Prefer", "wait=25", "If-None-Match", tag));
            await().atMost(LIMIT).until(() -> platform.subscribers() == 1);
            drawn.get(style).complete(null);
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> isDrawn(job, style));

            await().atMost(AT_ONCE).pollInterval(Duration.ofMillis(10)).until(answer::isDone);
            assertThat(answer.join().statusCode()).isEqualTo(200);
            assertThat(answer.join().body()).contains(job.id() + "-" + style);
            assertThat(answer.join().headers().firstValue("Preference-Applied")).contains("wait=25");
        }
        await().atMost(LIMIT).until(() -> platform.subscribers() == 0);
    }

    /** A job whose calls are all in flight. */
    private AcceptedJob accept() {
        AcceptedJob job = platform.accept(working);
        await().atMost(LIMIT).until(() -> platform.provider().calls(job.draft()).size() == STYLES.size());
        return job;
    }

    private boolean isDrawn(AcceptedJob job, String style) {
        return job.style(style, working).path("status").asText().equals("COMPLETED");
    }

    private void killSubscription() {
        try (Jedis redis = platform.redis().connect()) {
            redis.clientKill(new ClientKillParams().type(ClientType.PUBSUB));
        }
    }
}
