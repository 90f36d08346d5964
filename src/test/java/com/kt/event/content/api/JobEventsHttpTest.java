package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.kt.event.content.EventStream;
import com.kt.event.content.EventStream.Block;
import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** Following a job by Server-Sent Events. */
@QuarkusTest
@WithTestResource(StandIns.class)
class JobEventsHttpTest extends WaitingSuite {
    @Test
    void sendsEachChangeOnceUpToTheLast() {
        recommend(FLAT);
        imageApi.holdsBack(Style.TRENDY);
        String job = generate().path("jobId");

        try (EventStream stream = follow(job)) {
            assertThat(stream.status()).isEqualTo(200);
            await().until(() -> stream.events().stream().anyMatch(event -> progress(event) == 66));
            imageApi.release();
            await().until(stream::isEnded);

            List<Block> events = stream.events();
            assertThat(events).hasSizeGreaterThanOrEqualTo(2);
            assertThat(events).extracting(event -> Long.parseLong(event.id().orElseThrow())).isSorted()
                    .doesNotHaveDuplicates();
            assertThat(events).extracting(event -> event.data().orElseThrow()).doesNotHaveDuplicates();
            assertThat(events).allSatisfy(event -> assertThat(event.field("event")).isEmpty());
            assertThat(events).extracting(event -> progress(event)).isSorted().contains(66, 100);
            assertThat(stream.lastData()).isEqualTo(when().get(JOBS + job).asString());
            assertThat(stream.blocks().get(0).retry()).contains("2000");
            assertThat(stream.blocks().stream().skip(1)).noneMatch(block -> block.retry().isPresent());
        }
    }

    @Test
    void tellsProxiesToPassEventsOn() {
        try (EventStream stream = follow(waitingForTheProvider())) {
            assertThat(stream.header("Content-Type").orElseThrow()).startsWith("text/event-stream");
            assertThat(stream.header("Cache-Control")).contains("no-store");
            assertThat(stream.header("X-Accel-Buffering")).contains("no");
        }
    }

    @Test
    void continuesAfterTheLastEventId() {
        String job = twoThirdsDone();
        String version = tagOf(job).replace("\"", "");

        try (EventStream stream = follow(job, "Last-Event-ID", version)) {
            imageApi.release();
            await().until(stream::isEnded);

            assertThat(stream.events()).hasSize(1).allSatisfy(event -> assertThat(progress(event)).isEqualTo(100));
            assertThat(stream.blocks().get(0).retry()).contains("2000");
        }
        try (EventStream stream = follow(job, "Last-Event-ID", "1")) {
            await().until(stream::isEnded);

            assertThat(stream.events()).hasSize(1).allSatisfy(event -> assertThat(progress(event)).isEqualTo(100));
        }
    }

    @Test
    void answers204IfTheClientHasSeenTheEnd() {
        recommend(FLAT);
        String job = completes();

        given().header("Accept", "text/event-stream").header("Last-Event-ID", tagOf(job).replace("\"", ""))
                .get(JOBS + job + "/events").then().statusCode(204).body(emptyString());
    }

    @Test
    void answers404ForAJobThatDoesNotExist() {
        given().header("Accept", "text/event-stream").get(JOBS + UUID.randomUUID() + "/events").then().statusCode(404)
                .contentType("application/problem+json").body("code", is("CONTENT_002"));
    }

    @Test
    void endsWhenTheJobIsGone() {
        String job = waitingForTheProvider();

        try (EventStream stream = follow(job)) {
            await().until(() -> stream.events().size() == 1 && subscribers() == 1);
            redis.del("job:" + job);
            redis.publish(EVENTS, job);

            await().until(stream::isEnded);
            assertThat(stream.events()).hasSize(2).last().satisfies(last -> {
                assertThat(last.field("event")).contains("end");
                assertThat(last.id()).isEmpty();
                assertThat(last.retry()).contains("2000");
                assertThat(last.data().orElseThrow()).contains(job, "\"streamEnd\":\"GONE\"");
            });
        }
    }

    @Test
    void endsWhenTheJobIsCancelled() {
        String job = waitingForTheProvider();

        try (EventStream stream = follow(job)) {
            await().until(() -> stream.events().size() == 1 && subscribers() == 1);
            when().delete(JOBS + job).then().statusCode(200);

            await().until(stream::isEnded);
            assertThat(stream.lastData()).contains("\"CANCELLED\"");
        }
    }

    @Test
    void sendsAnEventWhenTheBreakerCloses() {
        String job = waitingForTheProvider();

        try (EventStream stream = follow(job)) {
            await().until(() -> stream.events().size() == 1);
            assertThat(stream.lastData()).contains("\"detail\"");
            redis.del("content:breaker");

            await().until(() -> stream.events().size() > 1);
            assertThat(stream.events().get(1).data().orElseThrow()).doesNotContain("\"detail\"");
        }
    }

    /** Takes 15 s, so only against the native executable; {@code JobStreamTest} tests comments with a shorter interval. */
    @Test
    @Tag("native")
    void sendsACommentEveryFifteenSeconds() {
        try (EventStream stream = follow(waitingForTheProvider())) {
            await().until(() -> stream.blocks().size() > 1);

            Block comment = stream.blocks().get(1);
            assertThat(comment.comment()).isPresent();
            assertThat(comment.lines()).hasSize(1);
            assertThat(Duration.between(stream.blocks().get(0).at(), comment.at()))
                    .isBetween(Duration.ofSeconds(14), Duration.ofSeconds(29));
            assertThat(stream.events()).hasSize(1);
        }
    }

    @Test
    void sendsChangesAfterItsSubscriptionWasKilled() {
        String job = twoThirdsDone();

        try (EventStream stream = follow(job)) {
            await().until(() -> subscribers() == 1);
            assertThat(redis.clientKill(new ClientKillParams().type(ClientType.PUBSUB))).isEqualTo(1);
            imageApi.release();

            await().until(stream::isEnded);
            assertThat(stream.lastData()).contains("COMPLETED");
        }
    }
}
