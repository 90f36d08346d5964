package com.kt.event.content.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The result of a job if the image API fails. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ProviderFailureHttpTest extends HttpSuite {
    @ParameterizedTest
    @CsvSource({"500, IMAGE_API_ERROR, 2", "400, IMAGE_API_ERROR, 1", "422, IMAGE_API_ERROR, 1",
            "408, IMAGE_API_TIMEOUT, 1", "504, IMAGE_API_TIMEOUT, 1"})
    void failsAStyleAloneWhenTheProviderAnswers(int status, String code, int calls) {
        failsAlone(aResponse().withStatus(status), code);
        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(calls);
    }

    /** An error with a code or a sentence, a finish reason, and a state beside a placeholder. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "400 | {'error': {'code': 'content_policy_violation', 'message': 'no'}}",
            "403 | {'error': {'code': 'BadRequest', 'innererror': {'code': 'ResponsibleAIPolicyViolation'}}}",
            "400 | {'error': {'code': 400, 'message': 'The prompt could not be submitted. This prompt contains sensitive words'}}",
            "200 | {'data': [{'b64_json': 'PNG', 'finish_reason': 'CONTENT_FILTERED'}]}",
            "200 | {'data': [{'b64_json': 'PNG'}], 'finishReason': 'IMAGE_SAFETY'}",
            "200 | {'data': [{'b64_json': 'PNG', 'content_filter_results': {'hate': {'filtered': true}}}]}",
            "200 | {'data': [{'b64_json': 'PNG'}], 'has_nsfw_concepts': [true]}",
            "200 | {'id': 'a1', 'status': 'Request Moderated', 'result': null}"})
    void failsAStyleAloneThatModerationRefused(int status, String body) {
        String placeholder = Base64.getEncoder().encodeToString(ImageApiStub.png(Style.FANCY));
        failsAlone(aResponse().withStatus(status).withBody(body.replace('\'', '"').replace("PNG", placeholder)),
                "IMAGE_REJECTED");
        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{}", "null", "[]", "{\"data\": []}", "{\"data\": [{}]}",
            "{\"data\": [], \"usage\": {\"total_tokens\": 0}}",
            "{\"id\": \"1\", \"status\": \"queued\"}", "{\"data\": [{\"b64_json\": \"%%%\"}]}",
            "{\"data\": [{\"b64_json\": \"PGh0bWw+\"}]}", "{\"data\": [{\"url\": \"file:///etc/passwd\"}]}",
            "{\"data\": [{\"url\": \"http://127.0.0.1/x.png\"}]}", "{\"data\": [{\"url\": \"http://[::1]/x.png\"}]}"})
    void failsAStyleAloneWhenTheAnswerIsNoImage(String garbage) {
        failsAlone(aResponse().withStatus(200).withHeader("Content-Type", "application/json").withBody(garbage),
                "IMAGE_INVALID");
        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void failsAStyleAloneWhenTheConnectionBreaks(Fault fault) {
        failsAlone(aResponse().withFault(fault), null);
        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(1);
    }

    private void failsAlone(ResponseDefinitionBuilder answer, String code) {
        recommend(FLAT);
        imageApi.answers(Style.FANCY, answer);
        String jobId = completes();

        when().get("/api/content/images/jobs/" + jobId).then()
                .body("message", is("3개 중 2개의 이미지가 생성되었습니다"))
                .body("progress", is(100))
                .body("imageUrls.keySet()", hasItems("simple", "trendy"))
                .body("imageUrls", not(hasKey("fancy")))
                .body("styles[1].style", is("fancy"))
                .body("styles[1].status", is("FAILED"))
                .body("styles[1].error.code", code == null ? startsWith("IMAGE_") : is(code))
                .body("styles[1].error.message", matchesPattern(".*[가-힣].*"))
                .body("styles[1]", not(hasKey("imageUrl")));
        when().get("/api/content/images/" + draft).then().body("images.style", is(List.of("simple", "trendy")));
    }

    @Test
    void failsTheJobWhenNoImageIsMade() {
        recommend(FLAT);
        imageApi.answersEverything(aResponse().withStatus(400));
        String jobId = generate().path("jobId");

        ends(jobId, "FAILED");
        when().get("/api/content/images/jobs/" + jobId).then()
                .body("message", is("이미지를 생성하지 못했습니다")).body("imageUrls.size()", is(0));
        when().get("/api/content/images/" + draft).then().statusCode(404).body("code", is("CONTENT_003"));
    }

    @Test
    void outlivesAnOutageOfTheProvider() {
        recommend(FLAT);
        imageApi.answersEverything(aResponse().withStatus(503));
        String jobId = generate().path("jobId");
        await().until(() -> imageApi.calls() >= 6);

        imageApi.drawsEverything();

        ends(jobId, "COMPLETED");
    }
}
