package com.kt.event.content.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.DialectCalls;
import com.kt.event.content.provider.FakeCall;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageProvider;
import com.kt.event.content.provider.ProviderStatus;

/** Gateways answer with status 200 and an error in it. */
class ModelLookUpTest {
    private static final String NO_LIST = "{'object': 'list'}";

    private static FakeCall call(String type, String model) {
        return new FakeCall(DialectCalls.provider(type, "http://localhost", model, Map.of()));
    }

    private static ProviderStatus status(ImageProvider dialect, FakeCall call) {
        return dialect.status(call).await().indefinitely();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'error': {'code': 'model_not_found', 'type': 'invalid_request_error'}}",
            "{'error': {'message': 'x', 'param': 'model', 'code': 'invalid_value'}}", "{'error': {'code': 404}}",
            "{'error': 'model_not_found'}"})
    void aModelFaultInsideA200IsAModelThatIsNotKnown(String error) {
        assertThat(status(new Gemini(), call("gemini", "m").responds(200, error)).knowsModel()).contains(false);
        assertThat(status(new Replicate(), call("replicate", "a/b").responds(200, error)).knowsModel())
                .contains(false);
        assertThat(status(new OpenAi(), call("openai", "m").responds(200, error).responds(200, NO_LIST))
                .knowsModel()).contains(false);
    }

    @ParameterizedTest
    @CsvSource({"{'error': {'code': 'invalid_api_key'}}, KEY", "{'error': {'code': 401}}, KEY",
            "{'error': 'insufficient_quota'}, MONEY"})
    void anotherFaultInsideA200IsThatFault(String error, OperatorFault fault) {
        assertThat(fault(new Gemini(), call("gemini", "m").responds(200, error))).isEqualTo(fault);
        assertThat(fault(new OpenAi(), call("openai", "m").responds(200, error))).isEqualTo(fault);
        assertThat(fault(new AzureOpenAi(), call("azure-openai", "m").responds(200, error))).isEqualTo(fault);
        assertThat(fault(new Stability(), call("stability", "core").responds(200, error))).isEqualTo(fault);
        assertThat(fault(new Replicate(), call("replicate", "39ed52f2a78e").responds(200, error))).isEqualTo(fault);
        assertThat(fault(new StableDiffusionWebUi(), call("stable-diffusion-webui", "m").responds(200, error)))
                .isEqualTo(fault);
    }

    @Test
    void anErrorInPlaceOfTheListDoesNotMeanThatTheModelIsMissing() {
        String error = "{'error': {'message': 'Something went wrong.', 'type': 'server_error'}}";

        assertThat(catchThrowableOfType(ImageFailure.class, () -> status(new StableDiffusionWebUi(),
                call("stable-diffusion-webui", "m").responds(200, error))).billing())
                .isEqualTo(ImageFailure.Billing.UNLIKELY);
        assertThat(catchThrowableOfType(ImageFailure.class, () -> status(new OpenAi(),
                call("openai", "m").responds(404, "{}").responds(200, error))).billing())
                .isEqualTo(ImageFailure.Billing.UNLIKELY);
    }

    /** A member that some gateways always send. */
    @ParameterizedTest
    @CsvSource({"null", "''", "{}", "false"})
    void anEmptyErrorIsNone(String error) {
        FakeCall call = call("openai", "m").responds(200, "{'id': 'm', 'error': " + error + "}");

        assertThat(status(new OpenAi(), call).knowsModel()).contains(true);
    }

    private static OperatorFault fault(ImageProvider dialect, FakeCall call) {
        return catchThrowableOfType(ImageFailure.Operator.class, () -> status(dialect, call)).fault();
    }
}
