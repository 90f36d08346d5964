package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.kt.event.content.EventStream;
import com.kt.event.content.StandIns;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;

import redis.clients.jedis.args.ClientPauseMode;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** Waiting for a job while Redis is unavailable, and clients that disconnect. */
@QuarkusTest
@WithTestResource(StandIns.class)
class WaitingHttpTest extends WaitingSuite {
    // --- while Redis is unavailable

    /** On a busy machine it may take several attempts to get a response in time. */
    @Test
    void answers503WhileRedisIsUnavailable() {
        String job = waitingForTheProvider();

        await().untilAsserted(() -> {
            redis.clientPause(1_800, ClientPauseMode.ALL);

            Stream.of(JOBS + job, JOBS + job + "/events").parallel().forEach(path -> given()
                    .header("Prefer", "wait=20").get(path).then().statusCode(503).time(lessThan(2_000L))
                    .contentType("application/problem+json").body("code", is("CONTENT_008"))
                    .header("Retry-After", matchesPattern("[1-9][0-9]*")));
        });
    }

    /** The subscription is lost and every read fails; waiters keep waiting, with the last known state. */
    @Test
    void continuesAfterAnOutageOfRedis() {
        String job = waitingForTheProvider();
        String tag = tagOf(job);
        try (EventStream stream = follow(job)) {
            CompletableFuture<Response> poll = CompletableFuture.supplyAsync(
                    () -> given().header("Prefer", "wait=3").header("If-None-Match", tag).get(JOBS + job));
            // The poll shares the stream's subscription, so nothing shows that it waits.
            await().pollDelay(Duration.ofMillis(500))
                    .until(() -> subscribers() == 1 && stream.events().size() == 1);

            redis.clientKill(new ClientKillParams().type(ClientType.PUBSUB));
            redis.clientPause(3_500, ClientPauseMode.ALL);

            poll.join().then().statusCode(304).time(greaterThanOrEqualTo(3_000L)).header("ETag", is(tag));
            await().ignoreExceptions().until(() -> redis.del("content:breaker") == 1);
            await().until(() -> stream.events().size() > 1);
        }
    }

    // --- clients that disconnect

    @Test
    void unsubscribesWhenItsStreamsAreClosed() {
        String job = waitingForTheProvider();
        List<EventStream> streams = Stream.generate(() -> follow(job)).limit(5).toList();
        CompletableFuture<Response> poll = CompletableFuture
                .supplyAsync(() -> given().header("Prefer", "wait=1").get(JOBS + job));
        await().until(() -> subscribers() == 1 && streams.stream().allMatch(stream -> stream.events().size() == 1));

        streams.forEach(EventStream::close);

        poll.join().then().statusCode(200);
        await().until(() -> subscribers() == 0);
    }

    /** In the middle of the response, like a closed browser tab. */
    @Test
    void unsubscribesWhenAPollIsCutOff() throws IOException {
        String job = waitingForTheProvider();
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("GET " + JOBS + job + " HTTP/1.1\r\nHost: localhost\r\nPrefer: wait=25\r\n\r\n")
                            .getBytes());
            await().until(() -> subscribers() == 1);
        }

        await().until(() -> subscribers() == 0);
    }
}
