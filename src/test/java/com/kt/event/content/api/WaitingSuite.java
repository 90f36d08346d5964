package com.kt.event.content.api;

import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import com.kt.event.content.EventStream;
import com.kt.event.content.EventStream.Block;
import com.kt.event.content.recommendation.Style;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

/** The base of the tests that wait for a job: jobs that stay unfinished, event streams, and the number of subscriptions. */
abstract class WaitingSuite extends HttpSuite {
    static final String JOBS = "/api/content/images/jobs/";

    /** Far below a wait of twenty seconds, and long enough for a busy machine. */
    static final long PROMPTLY = 15_000;

    static final String EVENTS = "content:events";
    final List<EventStream> followed = new ArrayList<>();

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

    /** A job with two images, and a third one once it is released. */
    String twoThirdsDone() {
        endSlowStart();
        recommend(FLAT);
        imageApi.holdsBack(Style.TRENDY);
        String job = generate().path("jobId");
        await().pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> when().get(JOBS + job).then().body("progress", is(66)));
        return job;
    }

    String waitingForTheProvider() {
        recommend(FLAT);
        pause(90_000);
        String job = generate().path("jobId");
        when().get(JOBS + job).then().body("status", is("PENDING")).body("$", hasKey("detail"))
                .body("detail", containsString("기다리고"));
        return job;
    }

    static String tagOf(String job) {
        return when().get(JOBS + job).header("ETag");
    }

    EventStream follow(String job, String... headers) {
        URI uri = URI.create("http://localhost:" + RestAssured.port + JOBS + job + "/events");
        EventStream stream = new EventStream(uri, headers);
        followed.add(stream);
        return stream;
    }

    static int progress(Block event) {
        return JsonPath.from(event.data().orElseThrow()).getInt("progress");
    }

    long subscribers() {
        return Long.parseLong(redis.pubsubNumSub(EVENTS).get(EVENTS));
    }
}
