package com.kt.event.content.faults;

import static com.kt.event.content.faults.AcceptedJob.STYLES;
import static com.kt.event.content.faults.Platform.SHORT_LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.faults.Provider.Answer;
import com.kt.event.content.faults.Provider.Call;

import redis.clients.jedis.Jedis;

/** A worker is frozen for longer than its lease, as in a long pause of its machine, and then continues. */
@Tag("faults")
class FrozenWorkerIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Long enough for a late change to happen. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);

    @RegisterExtension
    final Platform platform = new Platform();

    private final CompletableFuture<Void> frozenIsAnswered = new CompletableFuture<>();
    private final CompletableFuture<Void> otherIsAnswered = new CompletableFuture<>();
    private ServiceProcess frozen;
    private ServiceProcess other;
    private AcceptedJob job;

    @Test
    void changesNothingOnceAnotherHasEndedItsJob() {
        freezeAWorkerInTheMiddleOfItsCalls(Answer::image);
        otherIsAnswered.complete(null);
        job.endsAs("COMPLETED", LIMIT, other);
        JsonNode ended = job.json(other);
        Map<String, String> gallery = gallery();

        frozenIsAnswered.complete(null);
        frozen.thaw();

        await().until(frozen::isReady);
        staysAsIs(ended, 2);
        assertThat(gallery()).isEqualTo(gallery);
        job.wasPaidOnceOrSaysSo(other);
        platform.awaitEmptyQueue();
    }

    @Test
    void publishesTheImageThatIsStillMissing() {
        freezeAWorkerInTheMiddleOfItsCalls(Answer::image);
        awaitThatOnlyTrendyIsMissing();

        frozenIsAnswered.complete(null);
        frozen.thaw();

        job.endsAs("COMPLETED", LIMIT, other);
        JsonNode ended = job.json(other);
        assertThat(drawnBy(1, "trendy")).as("it is the frozen worker's").isTrue();

        otherIsAnswered.complete(null);
        staysAsIs(ended, 1);
        job.wasPaidOnceOrSaysSo(other);
        platform.awaitEmptyQueue();
    }

    @Test
    void doesNotRecordItsFailures() {
        freezeAWorkerInTheMiddleOfItsCalls(call -> Answer.status(400));
        awaitThatOnlyTrendyIsMissing();
        JsonNode almostDone = job.json(other);

        frozenIsAnswered.complete(null);
        frozen.thaw();

        await().until(frozen::isReady);
        await().during(LONG_ENOUGH).atMost(LIMIT).until(() -> job.json(other).equals(almostDone));
        otherIsAnswered.complete(null);
        job.endsAs("COMPLETED", LIMIT, other);
        job.hasItsImages(other);
        job.wasPaidOnceOrSaysSo(other);
        platform.awaitEmptyQueue();
    }

    @Test
    void doesNotBlockTheJobWhenTheOtherWorkerDiesToo() {
        freezeAWorkerInTheMiddleOfItsCalls(call -> Answer.never());
        awaitThatOnlyTrendyIsMissing();
        ServiceProcess third = platform.startService("third", SHORT_LEASE);

        frozen.thaw();
        await().until(frozen::isReady);
        other.kill();

        job.endsAs("COMPLETED", LIMIT, third);
        job.hasItsImages(third);
        platform.awaitEmptyQueue();
    }

    /** The first call for a style is the frozen worker's, the second the other's. */
    private void freezeAWorkerInTheMiddleOfItsCalls(Function<Call, Answer> whatItWillHear) {
        platform.provider().answers(call -> call.number() == 1
                ? whatItWillHear.apply(call).when(frozenIsAnswered)
                : call.number() == 2 && call.style().equals("trendy")
                        ? Answer.image(call).when(otherIsAnswered)
                        : Answer.image(call));
        frozen = platform.startService("frozen", SHORT_LEASE);
        job = platform.accept(frozen);
        await().until(() -> platform.provider().calls(job.draft()).size() == STYLES.size());
        other = platform.startService("other", SHORT_LEASE);
        frozen.freeze();
    }

    private void awaitThatOnlyTrendyIsMissing() {
        await().atMost(LIMIT).until(() -> job.json(other).path("imageUrls").size() == 2
                && job.calls("trendy").size() == 2);
        assertThat(job.style("trendy", other).path("status").asText()).isEqualTo("PROCESSING");
    }

    private void staysAsIs(JsonNode ended, int trendyIsCall) {
        await().during(LONG_ENOUGH).atMost(LIMIT).until(() -> job.json(other).equals(ended)
                && drawnBy(2, "simple") && drawnBy(2, "fancy") && drawnBy(trendyIsCall, "trendy"));
        assertThat(platform.store().names()).as("files").hasSize(STYLES.size());
    }

    private boolean drawnBy(int number, String style) {
        List<Call> calls = job.calls(style);
        return calls.size() >= number && calls.get(number - 1).drew(job.image(style, other));
    }

    private Map<String, String> gallery() {
        try (Jedis redis = platform.redis().connect()) {
            return redis.hgetAll("content:image:" + job.draft());
        }
    }
}
