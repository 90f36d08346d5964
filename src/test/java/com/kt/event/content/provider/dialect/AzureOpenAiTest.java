package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.kt.event.content.provider.dialect.AzureOpenAiFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.DialectCalls;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ProviderConfig;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(StandIns.class)
class AzureOpenAiTest extends DialectSuite {
    private static final AzureOpenAiFixture V1 = AzureOpenAiFixture.v1();
    private static final AzureOpenAiFixture DEPLOYMENTS = AzureOpenAiFixture.deployments();

    @Test
    void sendsTheDeploymentAsTheModelAndTheKeyInItsHeader() {
        V1.draws(stub, Shapes.png());

        generate(V1);

        assertThat(paid().getHeader("api-key")).isEqualTo("user:secret");
        assertThat(paid().containsHeader("Authorization")).isFalse();
        assertThat(paid().getBodyAsString()).contains("\"model\":\"posters\"").contains("\"size\":\"1024x1536\"")
                .contains("\"quality\":\"high\"").contains("\"n\":1");
    }

    /** A deployment in the body is refused there. */
    @Test
    void sendsNoModelToTheDeploymentSurface() {
        DEPLOYMENTS.draws(stub, Shapes.png());

        generate(DEPLOYMENTS);

        assertThat(matchingJsonPath("$.model").match(paid().getBodyAsString()).isExactMatch()).isFalse();
    }

    /** The portal shows all of these. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/openai", "/openai/", "/openai/v1", "/openai/v1/",
            "/openai/deployments/posters/images/generations?api-version=2024-02-01"})
    void takesTheUrlOfTheResourceHoweverItEnds(String end) {
        V1.draws(stub, Shapes.png());
        DEPLOYMENTS.draws(stub, Shapes.png());

        calls.to(DialectCalls.provider("azure-openai", stub.url() + end, "posters", V1.options())).generate(PROMPT);
        calls.to(DialectCalls.provider("azure-openai", stub.url() + end, "posters", DEPLOYMENTS.options()))
                .generate(PROMPT);

        assertThat(stub.posts()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"preview, /openai/v1/images/generations?api-version=preview",
            "latest, /openai/v1/images/generations?api-version=latest",
            "2025-04-01, /openai/deployments/our%20posters/images/generations?api-version=2025-04-01"})
    void aDatedVersionChoosesTheDeploymentSurface(String version, String path) {
        AzureOpenAiFixture surface = new AzureOpenAiFixture(Map.of("api-version", version), path);
        surface.draws(stub, Shapes.png());

        ProviderConfig config = DialectCalls.provider("azure-openai", stub.url(), "k", "our posters", "1024x1024",
                "low", surface.options());
        calls.to(config).generate(PROMPT);

        assertThat(paid().getBodyAsString()).contains("\"size\":\"1024x1024\"").contains("\"quality\":\"low\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'code': 'contentFilter', 'message': 'Your task failed as a result of our safety system.'",
            "'code': 'content_policy_violation', 'type': 'invalid_request_error', 'inner_error':"
                    + " {'code': 'ResponsibleAIPolicyViolation', 'content_filter_results': {'violence':"
                    + " {'filtered': true, 'severity': 'low'}}}",
            "'code': 'content_filter', 'innererror': {'content_filter_result': {'hate': {'filtered': true}}}",
            "'code': 'moderation_blocked', 'message': 'Blocked.'"})
    void knowsTheFourSpellingsOfARefusal(String error) {
        assertThat(outcome(V1, error(400, error))).isEqualTo(CallOutcome.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"401, 401, KEY", "403, Forbidden, ACCOUNT", "404, DeploymentNotFound, MODEL",
            "400, OperationNotSupported, MODEL", "429, insufficient_quota, MONEY"})
    void knowsTheFaultsThatAnOperatorMends(int status, String code, OperatorFault fault) {
        stub.answers(V1.paidRequest(), error(status, "'code': '" + code
                + "', 'message': 'Your resource has been temporarily blocked.'"));

        assertThat(failure(V1)).isInstanceOfSatisfying(ImageFailure.Operator.class,
                operator -> assertThat(operator.fault()).isEqualTo(fault));
    }

    @ParameterizedTest
    @CsvSource({"400, InvalidPayload, BAD_REQUEST", "408, Timeout, UNKNOWN", "504, Timeout, UNKNOWN",
            "429, 429, BUSY", "503, ServiceUnavailable, BUSY", "500, InternalServerError, UNKNOWN"})
    void knowsTheOtherErrors(int status, String code, CallOutcome outcome) {
        assertThat(outcome(V1, error(status, "'code': '" + code + "', 'message': 'Something.'"))).isEqualTo(outcome);
    }

    @Test
    void waitsAsLongAsTheHeaderSays() {
        stub.answers(V1.paidRequest(), error(429, "'code': '429'").withHeader("Retry-After", "7.5"));

        assertThat(failure(V1).retryAfter().orElseThrow()).hasMillis(7_500);
    }

    /** Even then there is no image. */
    @Test
    void takesAnErrorInsideASuccessForOne() {
        assertThat(outcome(V1, error(200, "'code': 'contentFilter'"))).isEqualTo(CallOutcome.REFUSED);
    }
}
