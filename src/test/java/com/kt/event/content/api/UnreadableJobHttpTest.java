package com.kt.event.content.api;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** A job whose record cannot be read. */
@QuarkusTest
@WithTestResource(StandIns.class)
class UnreadableJobHttpTest extends HttpSuite {
    @Test
    void tellsThatTheRecordOfAJobCannotBeRead() {
        String broken = UUID.randomUUID().toString();
        redis.hset("job:" + broken, "x", "y");
        redis.expire("job:" + broken, 100L);
        String list = UUID.randomUUID().toString();
        redis.rpush("job:" + list, "x");
        redis.expire("job:" + list, 100L);

        for (String jobId : List.of(broken, list)) {
            String job = "/api/content/images/jobs/" + jobId;
            when().get(job).then().statusCode(500).body("code", is("CONTENT_010"));
            when().get(job + "/events").then().statusCode(500).body("code", is("CONTENT_010"));
            when().delete(job).then().statusCode(500).body("code", is("CONTENT_010"));
        }
    }
}
