package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.EventStream;
import com.kt.event.content.EventStream.Block;
import com.kt.event.content.StandIns;
import com.kt.event.content.api.http.HttpDate;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;

import redis.clients.jedis.args.ClientPauseMode;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** Waiting for a job by long polls and by Server-Sent Events. */
@QuarkusTest
@WithTestResource(StandIns.class)
class WaitingHttpTest extends HttpSuite {
    private static final String JOBS = "/api/content/images/jobs/";
    private static final String EVENTS = "content:events";

    /** Far below a wait of twenty seconds, and long enough for a busy machine. */
    private static final long PROMPTLY = 15_000;

    private final List<EventStream> followed = new ArrayList<>();

    /** Waiters left over from the previous test. */
    @BeforeEach
    void nobodyWaits() {
        await().until(() -> subscribers() == 0);
    }

    /** The contract filter does not see these responses. */
    @AfterEach
    void holdEventsAgainstTheContract() {
        followed.forEach(stream -> ContractFilter.check("GET", JOBS + "any/events", new ApiContract.Answer(
                stream.status(), ApiContract.Answer.joined(stream.headers()), stream.text().getBytes(UTF_8))));
    }

    // --- a long poll

    @Test
    void answersAsSoonAsTheJobChanges() {
        String job = twoThirdsDone();
        String tag = tagOf(job);

        Response answer = thirdComesWhileWaiting(() -> given().header("Prefer", "respond-async, wait=20")
                .header("If-None-Match", tag).get(JOBS + job));

        answer.then().statusCode(200).time(lessThan(PROMPTLY)).header("Preference-Applied", is("wait=20"))
                .body("status", is("COMPLETED")).header("ETag", not(nullValue())).header("Retry-After", nullValue());
    }

    @Test
    void answersAsSoonAsTheJobChangesAlsoWhoHasNeverSeenIt() {
        String job = twoThirdsDone();

        thirdComesWhileWaiting(() -> given().header("Prefer", "wait=20").get("/api/content/jobs/" + job + "/status"))
                .then().statusCode(200)
                .time(lessThan(PROMPTLY)).header("Preference-Applied", is("wait=20")).body("status", is("COMPLETED"));
    }

    @Test
    void saysWhenTimeIsOverThatNothingHasChanged() {
        String job = waitsForTheProvider();
        String tag = tagOf(job);

        given().header("Prefer", "wait=1").header("If-None-Match", tag).get(JOBS + job).then().statusCode(304)
                .time(allOf(greaterThanOrEqualTo(1_000L), lessThan(PROMPTLY)))
                .header("Preference-Applied", is("wait=1")).header("ETag", is(tag))
                .header("Retry-After", matchesPattern("[1-9][0-9]*")).body(emptyString());
    }

    @Test
    void showsTheJobAsItIsWhenTimeIsOver() {
        String job = waitsForTheProvider();

        Instant asked = Instant.now();
        String date = given().header("Prefer", "wait=1").get(JOBS + job).then().statusCode(200)
                .time(allOf(greaterThanOrEqualTo(1_000L), lessThan(PROMPTLY)))
                .header("Preference-Applied", is("wait=1")).body("status", is("PENDING")).extract().header("Date");

        // The tag of the response, not of the request.
        assertThat(HttpDate.parse(date).orElseThrow())
                .isAfterOrEqualTo(asked.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void keepsNobodyWaitingForAJobThatHasEnded() {
        recommend(FLAT);
        String job = completes();

        given().header("Prefer", "wait=3600").get(JOBS + job).then().statusCode(200).time(lessThan(PROMPTLY))
                .header("Preference-Applied", is("wait=25"));
        given().header("Prefer", "wait=20").header("If-None-Match", tagOf(job)).get(JOBS + job).then().statusCode(304)
                .time(lessThan(PROMPTLY));
    }

    @Test
    void keepsNobodyWaitingWhoKnowsTheJobOtherwise() {
        String job = waitsForTheProvider();

        given().header("Prefer", "wait=20").header("If-None-Match", "\"0\", W/\"1-1\"").get(JOBS + job)
                .then().statusCode(200).time(lessThan(PROMPTLY));
        given().header("Prefer", "wait=20").header("If-None-Match", "*").get(JOBS + job)
                .then().statusCode(304).time(lessThan(PROMPTLY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=0", "wait=soon", "respond-async", "\"", "wait=-5"})
    void keepsNobodyWaitingWhoDoesNotAskForIt(String prefer) {
        String job = waitsForTheProvider();

        given().header("Prefer", prefer).get(JOBS + job).then().statusCode(200).time(lessThan(PROMPTLY))
                .header("Preference-Applied", prefer.equals("wait=0") ? is("wait=0") : nullValue());
    }

    @Test
    void doesNotWaitForAJobThatDoesNotExist() {
        given().header("Prefer", "wait=20").get(JOBS + UUID.randomUUID()).then().statusCode(404)
                .time(lessThan(PROMPTLY)).contentType("application/problem+json").body("code", is("CONTENT_002"));
    }

    @Test
    void saysWhenTheJobIsGoneMeanwhile() {
        String job = waitsForTheProvider();
        CompletableFuture<Response> answer = CompletableFuture
                .supplyAsync(() -> given().header("Prefer", "wait=20").get(JOBS + job));
        await().until(() -> subscribers() == 1);

        redis.del("job:" + job);
        redis.publish(EVENTS, job);

        answer.join().then().statusCode(404).time(lessThan(PROMPTLY)).body("code", is("CONTENT_002"));
    }

    // --- the tag

    @Test
    void keepsItsTagWhileTheProvidersPauseRunsDown() {
        String job = waitsForTheProvider();
        Response first = when().get(JOBS + job);
        String tag = first.header("ETag");

        await().until(() -> !when().get(JOBS + job).path("detail").equals(first.path("detail")));
        assertThat(tagOf(job)).isEqualTo(tag);
        redis.del("content:breaker");
        assertThat(tagOf(job)).isNotEqualTo(tag);
    }

    @Test
    void comparesTagsWeakly() {
        recommend(FLAT);
        String job = completes();

        given().header("If-None-Match", "\"x\", W/" + tagOf(job)).get(JOBS + job).then().statusCode(304);
        given().header("If-None-Match", "\"x\"", "*").get(JOBS + job).then().statusCode(304);
        given().header("If-None-Match", "not a tag").get(JOBS + job).then().statusCode(200);
    }

    // --- events

    @Test
    void tellsEachChangeOnceUpToTheLast() {
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
        try (EventStream stream = follow(waitsForTheProvider())) {
            assertThat(stream.header("Content-Type").orElseThrow()).startsWith("text/event-stream");
            assertThat(stream.header("Cache-Control")).contains("no-store");
            assertThat(stream.header("X-Accel-Buffering")).contains("no");
        }
    }

    @Test
    void goesOnWhereTheClientWasCutOff() {
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
    void tellsWhoKnowsTheEndThatNothingMoreWillCome() {
        recommend(FLAT);
        String job = completes();

        given().header("Accept", "text/event-stream").header("Last-Event-ID", tagOf(job).replace("\"", ""))
                .get(JOBS + job + "/events").then().statusCode(204).body(emptyString());
    }

    @Test
    void tellsNobodyOfAJobThatDoesNotExist() {
        given().header("Accept", "text/event-stream").get(JOBS + UUID.randomUUID() + "/events").then().statusCode(404)
                .contentType("application/problem+json").body("code", is("CONTENT_002"));
    }

    @Test
    void endsWhenTheJobIsGone() {
        String job = waitsForTheProvider();

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
        String job = waitsForTheProvider();

        try (EventStream stream = follow(job)) {
            await().until(() -> stream.events().size() == 1 && subscribers() == 1);
            when().delete(JOBS + job).then().statusCode(200);

            await().until(stream::isEnded);
            assertThat(stream.lastData()).contains("\"CANCELLED\"");
        }
    }

    @Test
    void tellsThatTheProvidersPauseIsOver() {
        String job = waitsForTheProvider();

        try (EventStream stream = follow(job)) {
            await().until(() -> stream.events().size() == 1);
            assertThat(stream.lastData()).contains("\"detail\"");
            redis.del("content:breaker");

            await().until(() -> stream.events().size() > 1);
            assertThat(stream.events().get(1).data().orElseThrow()).doesNotContain("\"detail\"");
        }
    }

    /** No client receives an event twice. */
    @Test
    void saysEveryFifteenSecondsThatItIsStillThere() {
        try (EventStream stream = follow(waitsForTheProvider())) {
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
    void hearsOfChangesAfterItsSubscriptionWasKilled() {
        String job = twoThirdsDone();

        try (EventStream stream = follow(job)) {
            await().until(() -> subscribers() == 1);
            assertThat(redis.clientKill(new ClientKillParams().type(ClientType.PUBSUB))).isEqualTo(1);
            imageApi.release();

            await().until(stream::isEnded);
            assertThat(stream.lastData()).contains("COMPLETED");
        }
    }

    // --- while Redis is away

    /** On a busy machine it may take several attempts to get a response in time. */
    @Test
    void tellsWhoComesWhileRedisIsAwayToComeLater() {
        String job = waitsForTheProvider();

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
    void goesOnWhenRedisIsAwayForAWhile() {
        String job = waitsForTheProvider();
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
    void freesWhatItHeldForClientsThatGoAway() {
        String job = waitsForTheProvider();
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
    void freesWhatItHeldForAPollThatGoesAway() throws IOException {
        String job = waitsForTheProvider();
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("GET " + JOBS + job + " HTTP/1.1\r\nHost: localhost\r\nPrefer: wait=25\r\n\r\n")
                            .getBytes());
            await().until(() -> subscribers() == 1);
        }

        await().until(() -> subscribers() == 0);
    }

    // --- helpers

    /** A job with two images, and a third one once it is released. */
    private String twoThirdsDone() {
        endSlowStart();
        recommend(FLAT);
        imageApi.holdsBack(Style.TRENDY);
        String job = generate().path("jobId");
        await().pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> when().get(JOBS + job).then().body("progress", is(66)));
        return job;
    }

    /** The response to a client that already waits when the third image arrives. */
    private Response thirdComesWhileWaiting(Supplier<Response> poll) {
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(poll);
        await().until(() -> subscribers() == 1);
        imageApi.release();
        return answer.join();
    }

    private String waitsForTheProvider() {
        recommend(FLAT);
        pause(90_000);
        String job = generate().path("jobId");
        when().get(JOBS + job).then().body("status", is("PENDING")).body("$", hasKey("detail"))
                .body("detail", containsString("기다리고"));
        return job;
    }

    private static String tagOf(String job) {
        return when().get(JOBS + job).header("ETag");
    }

    private EventStream follow(String job, String... headers) {
        URI uri = URI.create("http://localhost:" + RestAssured.port + JOBS + job + "/events");
        EventStream stream = new EventStream(uri, headers);
        followed.add(stream);
        return stream;
    }

    private static int progress(Block event) {
        return JsonPath.from(event.data().orElseThrow()).getInt("progress");
    }

    private long subscribers() {
        return Long.parseLong(redis.pubsubNumSub(EVENTS).get(EVENTS));
    }
}
