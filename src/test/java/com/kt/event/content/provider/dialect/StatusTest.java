package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.kt.event.content.StandIns;
import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.DialectCalls;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ProviderStatus;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Whether key and model are accepted, by requests that generate nothing. */
@QuarkusTest
@WithTestResource(StandIns.class)
class StatusTest extends DialectSuite {
    private static final String VERSION = "39ed52f2a78e";

    private ProviderStatus status(String type, String model) {
        return calls.to(DialectCalls.provider(type, stub.url(), model, Map.of())).status();
    }

    private static void answers(String path, String json) {
        stub.answers(get(urlEqualTo(path)), Shapes.json(json));
    }

    private static void refuses(String path, int status, String json) {
        stub.answers(get(urlEqualTo(path)), Shapes.json(status, json));
    }

    @ParameterizedTest
    @CsvSource({"openai, gpt-image-2, /v1/models/gpt-image-2",
            "gemini, gemini-3-pro-image, /v1beta/models/gemini-3-pro-image",
            "replicate, a/b, /v1/models/a/b", "replicate, a/b:" + VERSION + ", /v1/models/a/b/versions/" + VERSION})
    void knowsAModelThatHasAnAddress(String type, String model, String path) {
        answers(path, "{'id': 'x'}");

        assertThat(status(type, model).knowsModel()).contains(true);
        assertThat(stub.posts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"gemini, gemini-3-pro-image, /v1beta/models/gemini-3-pro-image", "replicate, a/b, /v1/models/a/b"})
    void findsThatAModelIsGone(String type, String model, String path) {
        refuses(path, 404, "{'error': {'code': 404, 'status': 'NOT_FOUND'}}");

        assertThat(status(type, model).knowsModel()).contains(false);
    }

    @ParameterizedTest
    @CsvSource({"azure-openai, posters, /openai/v1/models?api-version=preview", "stability, core, /v1/user/balance",
            "replicate, " + VERSION + ", /v1/account", "stable-diffusion-webui, '', /sdapi/v1/sd-models"})
    void checksOnlyTheKeyWhereTheModelCannotBeAskedFor(String type, String model, String path) {
        answers(path, "{'credits': 0.6}");

        assertThat(status(type, model).knowsModel()).isEmpty();
    }

    /** That of a web application behind a wrong address. */
    @ParameterizedTest
    @CsvSource({"gemini, gemini-3-pro-image, /v1beta/models/gemini-3-pro-image", "replicate, a/b, /v1/models/a/b",
            "azure-openai, posters, /openai/v1/models?api-version=preview", "stability, core, /v1/user/balance"})
    void takesAWebPageForNoAnswer(String type, String model, String path) {
        stub.answers(get(urlEqualTo(path)), page());

        assertThat(catchThrowableOfType(ImageFailure.class, () -> status(type, model)).reason())
                .isEqualTo(ImageFailure.Reason.INVALID);
    }

    @Test
    void takesWebPagesOfAGatewayForNoAnswer() {
        stub.answers(get(urlEqualTo("/v1/models/gpt-image-2")), page());
        stub.answers(get(urlEqualTo("/v1/models")), page());

        assertThat(status("openai", "gpt-image-2").acceptsKey()).isFalse();
    }

    private static ResponseDefinitionBuilder page() {
        return aResponse().withStatus(200).withHeader("Content-Type", "text/html; charset=utf-8")
                .withBody("<!doctype html><title>WebUI</title>");
    }

    @Test
    void saysWhatAzureDoesNotTellAndWhichModelMayBeMeant() {
        answers("/openai/v1/models?api-version=preview", "{'data': [{'id': 'gpt-image-2x'}, {'id':"
                + " 'gpt-image-2-2026-04-21', 'deprecation': {'inference': 1808265600}}, {'id': 5}]}");

        ProviderStatus named = status("azure-openai", "gpt-image-2");
        assertThat(named.knowsModel()).isEmpty();
        assertThat(named.shutdown()).contains(LocalDate.of(2027, 4, 21));
        assertThat(named.remark()).contains("a key cannot ask for deployments, but the resource has the model"
                + " gpt-image-2-2026-04-21");
        assertThat(status("azure-openai", "posters").remark()).contains("a key cannot ask for deployments");
    }

    /** A warning that is not due would be worse than none. */
    @ParameterizedTest
    @CsvSource({"1808265600, 2027-04-21", "\"x\", ", "-1, ", "1e300, ", "null, "})
    void takesTheLastRetirementOfAllVersions(String last, LocalDate day) {
        answers("/openai/v1/models?api-version=preview", "{'data': [{'id': 'm-2', 'deprecation': {'inference': " + last
                + "}}, {'id': 'm-1', 'deprecation': {'inference': 1709284527}}]}");

        assertThat(status("azure-openai", "m").shutdown()).isEqualTo(Optional.ofNullable(day));
    }

    @Test
    void saysHowManyCreditsStabilityReports() {
        answers("/v1/user/balance", "{'credits': 0.6336833840314097}");
        assertThat(status("stability", "core").remark())
                .contains("its models cannot be asked for, 0.6336833840314097 credits left");

        answers("/v1/user/balance", "{'balance': 'x'}");
        assertThat(status("stability", "core").remark()).contains("its models cannot be asked for");

        answers("/v1/user/balance", "{'credits': 0}");
        assertThat(catchThrowableOfType(ImageFailure.Operator.class, () -> status("stability", "core")).fault())
                .isEqualTo(OperatorFault.MONEY);
    }

    /** A gateway that knows neither address may not have looked at the key. */
    @Test
    void doesNotTakeAKeyForAcceptedThatMayNotHaveBeenRead() {
        assertThat(status("openai", "m").acceptsKey()).isFalse();
        answers("/v1/models", "{'data': []}");
        assertThat(status("openai", "m").acceptsKey()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"openai, m, /v1/models/m", "azure-openai, m, /openai/v1/models?api-version=preview",
            "gemini, m, /v1beta/models/m", "stability, core, /v1/user/balance", "replicate, a/b, /v1/models/a/b",
            "stable-diffusion-webui, m, /sdapi/v1/sd-models"})
    void aKeyThatIsNotAcceptedIsAFault(String type, String model, String path) {
        refuses(path, 401, "{}");

        assertThat(catchThrowableOfType(ImageFailure.Operator.class, () -> status(type, model)).fault())
                .isEqualTo(OperatorFault.KEY);
    }

    @ParameterizedTest
    @CsvSource({"2026-12-01, 2026-12-01", "2026-12-01T00:00:00Z, 2026-12-01", "soon, ", "2026-99-99, "})
    void readsTheDayOfTheShutdown(String text, LocalDate day) {
        answers("/v1/models/m", "{'id': 'm', 'shutdown_date': '" + text + "'}");

        assertThat(status("openai", "m").shutdown().orElse(null)).isEqualTo(day);
    }

    @Test
    void readsTheRateLimits() {
        stub.answers(get(urlEqualTo("/v1/models/m")), Shapes.json("{'shutdown_date': null}")
                .withHeader("x-ratelimit-limit-input-images", "5").withHeader("x-ratelimit-limit", "60")
                .withHeader("x-ratelimit-remaining-input-images", "3"));

        assertThat(status("openai", "m").limits()).isEqualTo(Map.of("input-images", "3 of 5 left", "calls", "60"));
    }

    /** Gateways and LocalAI. */
    @ParameterizedTest
    @CsvSource({"b, true", "c, false"})
    void looksIntoTheListWhereAModelHasNoAddress(String model, boolean isKnown) {
        answers("/v1/models", "{'object': 'list', 'data': [{'id': 'a'}, {'id': 'b'}]}");

        assertThat(status("openai", model).knowsModel()).contains(isKnown);
    }

    @Test
    void doesNotKnowWhatAGatewayWithoutModelsHas() {
        stub.answers(get(urlEqualTo("/v1/models")), aResponse().withBody("<html>Welcome</html>"));

        assertThat(status("openai", "m").knowsModel()).isEmpty();
        stub.reset();
        assertThat(status("openai", "m").knowsModel()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"sdxl, true", "sdxl.safetensors, true", "'sdxl.safetensors [31e35c80fc]', true", "sd15, false"})
    void findsACheckpointByItsNames(String model, boolean isKnown) {
        answers("/sdapi/v1/sd-models", "[{'title': 'sdxl.safetensors [31e35c80fc]', 'model_name': 'sdxl',"
                + " 'hash': null, 'filename': '/models/sdxl.safetensors'}]");

        assertThat(status("stable-diffusion-webui", model).knowsModel()).contains(isKnown);
    }

    @Test
    void knowsAModelWhoseDescriptionIsTooLong() {
        answers("/v1/models/a/b", "{'schema': [" + "{},".repeat(60_000) + "{}]}");

        assertThat(status("replicate", "a/b").knowsModel()).contains(true);
    }
}
