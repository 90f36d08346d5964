package com.kt.event.content.provider.dialect;

import static com.kt.event.content.provider.dialect.StableDiffusionWebUiFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
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
import com.kt.event.content.provider.Usage;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(StandIns.class)
class StableDiffusionWebUiTest extends DialectSuite {
    private static final StableDiffusionWebUiFixture WEB_UI = new StableDiffusionWebUiFixture();

    @Test
    void sendsUserAndPasswordAndTheCheckpoint() {
        WEB_UI.draws(stub, Shapes.png());

        generate(WEB_UI);

        assertThat(paid().getHeader("Authorization")).isEqualTo("Basic dXNlcjpzZWNyZXQ=");
        assertThat(paid().getBodyAsString()).contains("\"width\":1080").contains("\"height\":1352")
                .contains("\"steps\":25").contains("{\"sd_model_checkpoint\":\"sdxl_base.safetensors\"}")
                .contains("\"batch_size\":1").contains("\"save_images\":false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/sdapi/v1", "/sdapi/v1/"})
    void leavesOutWhatIsNotConfigured(String end) {
        WEB_UI.draws(stub, Shapes.png());

        calls.to(provider(stub.url() + end, null, "", "512x768", "40")).generate(PROMPT);

        assertThat(paid().containsHeader("Authorization")).isFalse();
        assertThat(paid().getBodyAsString()).doesNotContain("override_settings").contains("\"steps\":40")
                .contains("\"width\":512").contains("\"height\":768");
    }

    private static ProviderConfig provider(String url, String key, String model, String size, String quality) {
        return DialectCalls.provider("stable-diffusion-webui", url, key, model, size, quality, Map.of());
    }

    @Test
    void reportsHowLongItComputed() {
        WEB_UI.respondsWith(stub, Shapes.json(WEB_UI.image(stub, Shapes.png())).withHeader("X-Process-Time", "7.25"));
        assertThat(generate(WEB_UI).usage().units()).isEqualTo(Map.of(Usage.SECONDS, new BigDecimal("7.25")));

        WEB_UI.respondsWith(stub, Shapes.json(WEB_UI.image(stub, Shapes.png())).withHeader("X-Process-Time", "long"));
        assertThat(generate(WEB_UI).usage()).isEqualTo(Usage.UNKNOWN);
    }

    /** The first one may be a grid. */
    @Test
    void takesTheLastImage() {
        stub.answers(WEB_UI.paidRequest(), Shapes.json(StableDiffusionWebUiFixture.response(
                "'" + Shapes.base64(Shapes.pngOf(30_000)) + "', '" + Shapes.base64(Shapes.png()) + "'")));

        assertThat(image(WEB_UI)).isEqualTo(Shapes.png());
    }

    @Test
    void reportsTheCheckpointThatGenerated() {
        WEB_UI.draws(stub, Shapes.png());

        assertThat(generate(WEB_UI).model()).isEqualTo("sdxl_base");
    }

    @ParameterizedTest
    @CsvSource({"401, HTTPException, Incorrect username or password, KEY",
            "404, HTTPException, Not Found, ADDRESS", "404, HTTPException, Sampler not found, MODEL",
            "500, RuntimeError, Unknown checkpoint: x, MODEL"})
    void knowsTheFaultsThatAnOperatorMends(int status, String name, String detail, OperatorFault fault) {
        stub.answers(WEB_UI.paidRequest(), error(status, name, detail));

        assertThat(failure(WEB_UI)).isInstanceOfSatisfying(ImageFailure.Operator.class,
                operator -> assertThat(operator.fault()).isEqualTo(fault));
    }

    @ParameterizedTest
    @CsvSource({"422, HTTPException, invalid, BAD_REQUEST", "500, ValueError, could not convert, BAD_REQUEST",
            "500, OutOfMemoryError, CUDA out of memory, UNKNOWN", "503, HTTPException, busy, BUSY"})
    void knowsTheOtherErrors(int status, String name, String detail, CallOutcome outcome) {
        assertThat(outcome(WEB_UI, error(status, name, detail))).isEqualTo(outcome);
    }

    /** It is a gateway's, and says nothing about the request. */
    @Test
    void aServerErrorWithoutItsFormIsTriedOnceMore() {
        stub.answers(WEB_UI.paidRequest(), Shapes.html().withStatus(500));

        assertThat(failure(WEB_UI).billing()).isEqualTo(ImageFailure.Billing.UNLIKELY);
    }

    @ParameterizedTest
    @CsvSource({"u:p, auto, 30, ", "u:p, 512x512, 1, ", "token, auto, 30, key must be", "u:p, 1:1, 30, size must be",
            "u:p, auto, high, quality must be", "u:p, auto, 0, quality must be"})
    void checksItsSettings(String key, String size, String quality, String fault) {
        ProviderConfig config = provider("http://localhost", key, "", size, quality);

        assertThat(calls.dialect(config).faults(config)).hasSize(fault == null ? 0 : 1)
                .allMatch(sentence -> sentence.startsWith(fault));
    }
}
