package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.kt.event.content.provider.dialect.StabilityFixture.error;
import static com.kt.event.content.provider.dialect.StabilityFixture.finished;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.github.tomakehurst.wiremock.http.Request;
import com.kt.event.content.StandIns;
import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.DialectCalls;
import com.kt.event.content.provider.ImageFailure;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(StandIns.class)
class StabilityTest extends DialectSuite {
    private static final StabilityFixture STABILITY = new StabilityFixture();

    @Test
    void sendsAForm() {
        STABILITY.draws(stub, Shapes.png());

        generate(STABILITY);

        assertThat(paid().getHeader("Content-Type")).startsWith("multipart/form-data; boundary=");
        assertThat(paid().getHeader("Accept")).isEqualTo("application/json");
        assertThat(paid().getHeader("Authorization")).isEqualTo("Bearer user:secret");
        assertThat(part("prompt")).isEqualTo(PROMPT);
        assertThat(part("aspect_ratio")).isEqualTo("4:5");
        assertThat(part("output_format")).isEqualTo("png");
        assertThat(paid().getPart("model")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"ultra, ultra, ", "core, core, ", "sd3, sd3, ", "sd3.5-large, sd3, sd3.5-large",
            "SD3.5-medium, sd3, sd3.5-medium"})
    void theModelIsAServiceOrOneOfItsModels(String model, String service, String field) {
        stub.answers(post(urlEqualTo("/v2beta/stable-image/generate/" + service)),
                Shapes.json(finished("SUCCESS", Shapes.png())));

        calls.to(DialectCalls.provider("stability", stub.url() + "/v2beta", "k", model, "16:9", null, Map.of()))
                .generate(PROMPT);

        assertThat(part("aspect_ratio")).isEqualTo("16:9");
        assertThat(paid().getPart("model") == null ? null : part("model")).isEqualTo(field);
    }

    private static String part(String name) {
        Request.Part part = paid().getPart(name);
        return part.getBody().asString();
    }

    /** A blurred one. */
    @Test
    void aFilteredImageIsARefusalAndIsNotKept() {
        assertThat(outcome(STABILITY, Shapes.json(finished("CONTENT_FILTERED", Shapes.png()))))
                .isEqualTo(CallOutcome.REFUSED);
        assertThat(outcome(STABILITY,
                Shapes.json(finished("", Shapes.png())).withHeader("finish-reason", "CONTENT_FILTERED")))
                .isEqualTo(CallOutcome.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"403, content_moderation, REFUSED", "400, bad_request, BAD_REQUEST",
            "413, payload_too_large, BAD_REQUEST",
            "422, validation_error, BAD_REQUEST", "429, rate_limit_exceeded, BUSY", "500, internal_error, UNKNOWN",
            "504, gateway_timeout, UNKNOWN", "200, content_moderation, REFUSED", "200, rate_limit_exceeded, BUSY"})
    void knowsItsErrors(int status, String name, CallOutcome outcome) {
        assertThat(outcome(STABILITY, error(status, name))).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"401, unauthorized, KEY", "402, payment_required, MONEY", "404, not_found, MODEL"})
    void knowsTheFaultsThatAnOperatorMends(int status, String name, OperatorFault fault) {
        stub.answers(STABILITY.paidRequest(), error(status, name));

        assertThat(failure(STABILITY)).isInstanceOfSatisfying(ImageFailure.Operator.class,
                operator -> assertThat(operator.fault()).isEqualTo(fault));
    }
}
