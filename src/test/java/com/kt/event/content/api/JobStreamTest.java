package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEvent;

import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.job.NoSuchJobException;
import com.kt.event.content.redis.RedisUnavailableException;
import com.kt.event.content.redis.UnreadableValueException;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.MultiEmitter;

/** The events of a job whose changes the test provides. */
class JobStreamTest {
    private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();

    private static final Duration NEVER = Duration.ofDays(1);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Changes changes = new Changes();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void beginsWithThePresentStateOfTheJob() {
        AssertSubscriber<OutboundSseEvent> client = follow(Jobs.running(4), false);

        OutboundSseEvent first = client.assertNotTerminated().getLastItem();
        assertThat(first.getId()).isEqualTo("4");
        assertThat(first.getReconnectDelay()).isEqualTo(2_000);
        assertThat(first.getName()).isNull();
        assertThat(first.getData()).asString().contains("\"jobId\":\"a-job\"");
    }

    @Test
    void doesNotRepeatWhatTheClientKnows() {
        AssertSubscriber<OutboundSseEvent> client = follow(Jobs.running(4), true);

        OutboundSseEvent first = client.assertNotTerminated().getLastItem();
        assertThat(first.getData()).isNull();
        assertThat(first.getId()).isNull();
        assertThat(first.getReconnectDelay()).isEqualTo(2_000);
    }

    @Test
    void sendsEachChangeUpToTheLast() {
        AssertSubscriber<OutboundSseEvent> client = follow(Jobs.running(4), false);

        changes.emitter.emit(Jobs.running(5)).emit(Jobs.completed(6));

        client.assertCompleted();
        assertThat(client.getItems()).extracting(OutboundSseEvent::getId).containsExactly("4", "5", "6");
        assertThat(client.getItems()).extracting(OutboundSseEvent::getReconnectDelay).containsExactly(2_000L,
                SseEvent.RECONNECT_NOT_SET, SseEvent.RECONNECT_NOT_SET);
        assertThat(client.getLastItem().getData()).asString().contains("\"progress\":100");
        isOver();
    }

    @Test
    void endsAtOnceWhenTheJobHasEnded() {
        AssertSubscriber<OutboundSseEvent> client = follow(Jobs.completed(6), false);

        client.assertCompleted();
        assertThat(client.getItems()).extracting(OutboundSseEvent::getId).containsExactly("6");
        assertThat(changes.emitter).as("nobody listens").isNull();
    }

    static Stream<Arguments> failuresThatEndAStream() {
        return Stream.of(Arguments.of(new NoSuchJobException(), "GONE", 2_000L),
                Arguments.of(new UnreadableValueException("job:a-job"), "UNREADABLE", 10_000L),
                Arguments.of(new RedisUnavailableException(new IOException("away")), "UNAVAILABLE", 10_000L));
    }

    @ParameterizedTest
    @MethodSource("failuresThatEndAStream")
    void saysWhyItEndsBeforeTheJob(RuntimeException failure, String why, long retry) {
        AssertSubscriber<OutboundSseEvent> client = follow(Jobs.running(4), false);
        changes.emitter.emit(Jobs.running(5));

        changes.emitter.fail(failure);

        client.assertCompleted();
        assertThat(client.getItems()).extracting(OutboundSseEvent::getId).containsExactly("4", "5", null);
        isFarewell(client.getLastItem(), why, retry);
        isOver();
    }

    @Test
    void saysThatTheInstanceIsAboutToStop() {
        AssertSubscriber<OutboundSseEvent> client = follow(Jobs.running(4), true);

        changes.emitter.complete();

        client.assertCompleted();
        assertThat(client.getItems()).hasSize(2);
        isFarewell(client.getLastItem(), "STOPPING", 2_000);
        isOver();
    }

    /** The name keeps it from onmessage; to a client that ignores names it is the job once more. */
    private static void isFarewell(OutboundSseEvent event, String why, long retry) {
        assertThat(event.getName()).isEqualTo("end");
        assertThat(event.getReconnectDelay()).isEqualTo(retry);
        assertThat(event.getData()).asString().contains("\"jobId\":\"a-job\"", "\"status\":\"PENDING\"",
                "\"streamEnd\":\"" + why + "\"");
    }

    @Test
    void sendsCommentsWhileNothingChanges() {
        AssertSubscriber<OutboundSseEvent> client = follow(Jobs.running(4), false, Duration.ofMillis(5));

        await().until(() -> client.getItems().size() > 3);
        changes.emitter.emit(Jobs.completed(5));

        client.awaitCompletion(PatientAwaitility.LIMIT);
        // One more comment may come between the last state and the end.
        List<OutboundSseEvent> rest = client.getItems().subList(1, client.getItems().size());
        assertThat(rest).filteredOn(event -> event.getId() == null).hasSizeGreaterThan(2).allSatisfy(comment -> {
            assertThat(comment.getComment()).isNotEmpty();
            assertThat(comment.getData()).isNull();
        });
        assertThat(rest).extracting(OutboundSseEvent::getId).filteredOn(Objects::nonNull).containsExactly("5");
        isOver();
    }

    @Test
    void keepsNothingForAClientThatDoesNotRead() {
        AssertSubscriber<OutboundSseEvent> client = stream(Duration.ofMillis(1)).from(Jobs.running(4), false)
                .subscribe().withSubscriber(AssertSubscriber.create(2));
        await().until(() -> timer.getCompletedTaskCount() > 50);
        for (int version = 5; version < 15; version++) {
            changes.emitter.emit(Jobs.running(version));
        }

        assertThat(client.getItems()).hasSize(2);
        assertThat(changes.requested).as("changes that are asked for").isLessThanOrEqualTo(2);
        client.request(10);
        await().until(() -> client.getItems().size() == 12);
        client.cancel();
    }

    @Test
    void releasesEverythingWhenTheClientIsGone() {
        AssertSubscriber<OutboundSseEvent> client = follow(Jobs.running(4), false);

        client.cancel();

        isOver();
    }

    private void isOver() {
        assertThat(changes.emitter.isCancelled()).as("nobody listens any more").isTrue();
        timer.setRemoveOnCancelPolicy(true);
        await().untilAsserted(() -> {
            timer.purge();
            assertThat(timer.getQueue()).as("timers").isEmpty();
        });
    }

    private AssertSubscriber<OutboundSseEvent> follow(JobSnapshot first, boolean isKnown) {
        return follow(first, isKnown, NEVER);
    }

    private AssertSubscriber<OutboundSseEvent> follow(JobSnapshot first, boolean isKnown, Duration commentEvery) {
        return stream(commentEvery).from(first, isKnown).subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private JobStream stream(Duration commentEvery) {
        return new JobStream(changes, SseImpl.INSTANCE, JSON, Duration.ofHours(1), timer, commentEvery);
    }

    /** Controlled by the test. */
    private static final class Changes extends JobWatch {
        private volatile MultiEmitter<? super JobSnapshot> emitter;
        private volatile long requested;

        private Changes() {
            super(null, null, null, null, null, null);
        }

        @Override
        Multi<JobSnapshot> changes(JobSnapshot seen) {
            return Multi.createFrom().<JobSnapshot>emitter(created -> emitter = created)
                    .onRequest().invoke(count -> requested += count);
        }
    }
}
