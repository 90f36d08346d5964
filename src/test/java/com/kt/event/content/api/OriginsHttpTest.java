package com.kt.event.content.api;

import static com.kt.event.content.api.RawHttp.ask;
import static com.kt.event.content.api.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.api.RawHttp.Answer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Requests of pages of other origins, and through a gateway. */
@QuarkusTest
@WithTestResource(StandIns.class)
class OriginsHttpTest extends RawHttpSuite {
    // --- pages of other sites

    @ParameterizedTest
    @CsvSource({"POST, /generate", "POST, /styles/fancy/regenerate", "DELETE, ''", "DELETE, /styles/fancy"})
    void refusesUnsafeRequestsOfPagesOfOtherSites(String method, String path) {
        String fromElsewhere = "Sec-Fetch-Site: cross-site\r\n";
        assertProblem(ask(request(method, DRAFT + path, fromElsewhere)), 403);
        assertProblem(ask(request(method, DRAFT + path, fromElsewhere,
                "Content-Type: application/x-www-form-urlencoded\r\n", "Content-Length: 0\r\n")), 403);
        // With an Origin, CORS refuses it without a body.
        assertThat(ask(request(method, DRAFT + path, fromElsewhere, "Origin: https://elsewhere.example\r\n")).status())
                .isEqualTo(403);
        assertThat(ask(request(method, DRAFT + path, fromElsewhere, "Origin: null\r\n")).status()).isEqualTo(403);
    }

    @Test
    void servesSafeRequestsOfPagesOfOtherSites() {
        assertPassed(ask(request("GET", DRAFT, "Sec-Fetch-Site: cross-site\r\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "same-site", "none"})
    void acceptsRequestsOfPagesOfTheSameSite(String site) {
        assertPassed(ask(request("POST", GENERATE, "Sec-Fetch-Site: " + site + "\r\n")));
    }

    // --- other origins

    @Test
    void allowsTheConfiguredOrigins() {
        Answer preflight = ask(request("OPTIONS", GENERATE, SHOP, "Access-Control-Request-Method: POST\r\n",
                "Access-Control-Request-Headers: content-type,idempotency-key\r\n"));

        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.headers()).containsEntry("Access-Control-Allow-Origin", "https://shop.example")
                .containsEntry("Access-Control-Allow-Methods", "GET,HEAD,POST,DELETE")
                .containsEntry("Access-Control-Max-Age", "7200");
        assertThat(preflight.headers().get("Access-Control-Allow-Headers").split(",")).contains("Content-Type",
                "Idempotency-Key", "If-None-Match", "Last-Event-ID", "Prefer", "Range", "If-Range",
                "If-Modified-Since", "X-Request-Id");
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/content/images/nobodys-draft", "GET, /nothing", "GET, /%zz",
            "POST, /api/content/images/nobodys-draft/generate"})
    void exposesResponsesToTheConfiguredOrigins(String method, String path) {
        Answer answer = ask(request(method, path, SHOP));

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.headers()).containsEntry("Access-Control-Allow-Origin", "https://shop.example");
        assertThat(answer.headers().get("Access-Control-Expose-Headers").split(",")).contains("Location",
                "Retry-After", "ETag", "Idempotent-Replayed", "Preference-Applied", "Content-Range", "Accept-Ranges",
                "X-Request-Id");
    }

    /** The body is irrelevant: the browser does not show it to the page. */
    @Test
    void refusesOtherOriginsBeforeAnythingIsDone() {
        recommend(FLAT);
        Answer refused = ask(request("POST", IMAGES + draft + "/generate", "Origin: https://other.example\r\n"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).isEmpty();
        assertThat(refused.headers()).doesNotContainKey("Access-Control-Allow-Origin");
        assertThat(redis.exists("content:draft:" + draft + ":job")).isFalse();
    }

    // --- behind a gateway

    @Test
    void answersWithTheAddressThatTheGatewayWasAskedFor() {
        recommend(FLAT);
        String[] gateway = {"X-Forwarded-Proto: https\r\n", "X-Forwarded-Host: shop.example\r\n",
                "X-Forwarded-Prefix: /shop\r\n"};

        Answer accepted = ask(request("POST", IMAGES + draft + "/generate", gateway));
        String jobId = accepted.json().getString("jobId");
        assertThat(accepted.headers().get("Location"))
                .isEqualTo("https://shop.example/shop/api/content/images/jobs/" + jobId);
        ends(jobId, "COMPLETED");
        assertThat(assertProblem(ask(request("GET", "/nothing", gateway)), 404).getString("instance"))
                .isEqualTo("/shop/nothing");
    }

    @Test
    void takesTheGatewaysPageForItsOwnOrigin() {
        assertPassed(ask(request("GET", DRAFT, "Origin: https://gate.example\r\n", "X-Forwarded-Proto: https\r\n",
                "X-Forwarded-Host: gate.example\r\n")));
    }
}
