package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import redis.clients.jedis.Jedis;

/** An instance is killed while it accepts a job, so the client receives no response and has to retry. */
@Tag("faults")
class KilledIntakeIT {
    private static final Predicate<List<String>> APPENDS_TO_THE_QUEUE = RedisProxy.runs("queue/append");
    private static final Predicate<List<String>> REGISTERS_THE_LIVE_JOB = command -> command.get(0).equals("SET")
            && command.get(1).startsWith("content:draft:");
    private static final Predicate<List<String>> GIVES_THE_FULL_LIFE = command -> command.get(0).equals("PEXPIRE");
    private static final Duration SOON = Duration.ofMinutes(2);

    @RegisterExtension
    final Platform platform = new Platform();

    private RedisProxy proxy;
    private ServiceProcess intake;

    @BeforeEach
    void startIntake() {
        proxy = platform.closesAtEnd(new RedisProxy(platform.redis()));
        intake = platform.service("killed", proxy.uri(), "content.worker.enabled", "false");
        intake.start();
        intake.awaitReady();
    }

    /** A record that stayed open for ever would be the answer to every request for the draft. */
    @Test
    void aJobThatIsNotQueuedYetSoonExpires() {
        proxy.swallow(APPENDS_TO_THE_QUEUE, intake::kill);
        dies(platform.recommend());

        platform.startService("survivor");

        try (Jedis redis = platform.redis().connect()) {
            assertThat(redis.keys("job:*")).allSatisfy(
                    job -> assertThat(Duration.ofMillis(redis.pttl(job))).isLessThan(SOON));
        }
        assertThat(platform.provider().calls()).isEmpty();
    }

    /** It was entered as the draft's live job, which the next request would receive. */
    @Test
    void aJobThatIsNotQueuedYetDoesNotBlockItsDraftForLong() {
        proxy.swallow(APPENDS_TO_THE_QUEUE, intake::kill);

        isAskedAgainAfterDying(platform.recommend());

        await().until(() -> platform.provider().calls().size() == 3);
        platform.awaitEmptyQueue();
    }

    @Test
    void aJobThatIsNotRegisteredYetDoesNotBlockItsDraft() {
        proxy.swallow(REGISTERS_THE_LIVE_JOB, intake::kill);

        isAskedAgainAfterDying(platform.recommend());

        await().until(() -> platform.provider().calls().size() == 3);
        platform.awaitEmptyQueue();
    }

    @Test
    void aJobThatIsQueuedAndHasNotItsFullLifeIsPaidForOnce() {
        proxy.swallow(GIVES_THE_FULL_LIFE, intake::kill);

        isAskedAgainAfterDying(platform.recommend());

        await().until(() -> platform.provider().calls().size() == 3);
        platform.awaitEmptyQueue();
        assertThat(platform.provider().calls()).hasSize(3);
    }

    @Test
    void aRetryReceivesTheJobThatWasQueuedWithoutAResponse() {
        proxy.swallowAnswer(APPENDS_TO_THE_QUEUE, intake::kill);

        isAskedAgainAfterDying(platform.recommend());

        platform.awaitEmptyQueue();
        assertThat(platform.provider().calls()).hasSize(3);
    }

    @Test
    void aJobThatIsQueuedCompletesAllTheSame() {
        proxy.swallowAnswer(APPENDS_TO_THE_QUEUE, intake::kill);
        String draft = platform.recommend();
        dies(draft);

        ServiceProcess survivor = platform.startService("survivor");

        await().until(() -> survivor.get("/api/content/images/" + draft).statusCode() == 200
                && ServiceProcess.json(survivor.get("/api/content/images/" + draft)).path("imageUrls").size() == 3);
        platform.awaitEmptyQueue();
    }

    /** The same if the instance survives, responds 503 and cleans up. */
    @Test
    void aKeyPaysOnceForAJobThatWasQueuedWithoutAResponse() {
        String draft = platform.recommend();
        String key = UUID.randomUUID().toString();
        proxy.swallowAnswer(APPENDS_TO_THE_QUEUE, () -> {
        });
        assertThat(intake.regenerate(draft, "fancy", key).statusCode()).isEqualTo(503);
        ServiceProcess survivor = platform.startService("survivor");
        await().atMost(SOON).until(() -> survivor.get("/api/content/images/" + draft).statusCode() == 200);
        platform.awaitEmptyQueue();

        HttpResponse<String> again = await().atMost(SOON).until(() -> survivor.regenerate(draft, "fancy", key),
                answer -> answer.statusCode() != 503);

        assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
        assertThat(survivor.job(ServiceProcess.json(again).path("jobId").asText()).path("status").asText())
                .isEqualTo("COMPLETED");
        platform.awaitEmptyQueue();
        assertThat(platform.provider().calls()).hasSize(1);
    }

    private void isAskedAgainAfterDying(String draft) {
        dies(draft);
        ServiceProcess survivor = platform.startService("survivor");
        await().atMost(SOON).until(() -> survivor.tryToAccept(draft).isPresent());
    }

    private void dies(String draft) {
        assertThatThrownBy(() -> intake.generate(draft)).isInstanceOf(UncheckedIOException.class);
        await().until(() -> !intake.isAlive());
    }
}
