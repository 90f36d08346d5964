package com.kt.event.content.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.image.ImageSize;
import com.kt.event.content.provider.DialectCalls;
import com.kt.event.content.provider.FakeCall;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageRequest;

/** Its status 500 stands for invalid requests, for a GPU that has failed, and for anything between. */
class StableDiffusionWebUiErrorsTest {
    private static final ImageRequest REQUEST = new ImageRequest("hip café, cuda device, nan bread",
            new ImageSize(1080, 1080));

    @ParameterizedTest
    @CsvSource({"RuntimeError, CUDA error: device-side assert triggered", "AcceleratorError, CUDA error: unspecified",
            "RuntimeError, cuDNN error: CUDNN_STATUS_EXECUTION_FAILED",
            "RuntimeError, HIP error: invalid device function",
            "RuntimeError, Expected all tensors to be on the same device",
            "ValueError, CUDA is not available", "RuntimeError, CUBLAS_STATUS_NOT_INITIALIZED"})
    void aGpuThatHasFailedIsBusy(String type, String text) {
        ImageFailure failure = failure(500, body(type, "", text));

        assertThat(failure).isNotInstanceOf(ImageFailure.Permanent.class);
        assertThat(failure.billing()).isEqualTo(ImageFailure.Billing.NONE);
    }

    @ParameterizedTest
    @CsvSource({"RuntimeError, The size of tensor a (64) must match", "OutOfMemoryError, CUDA out of memory.",
            "NansException, A tensor with NaNs was produced in Unet.", "OSError, No space left", "MemoryError, ''",
            "AttributeError, 'NoneType has no attribute lowvram'", "RuntimeError, ''"})
    void whatMayBeOverTheNextTimeIsTriedOnceMore(String type, String text) {
        ImageFailure failure = failure(500, body(type, "", text));

        assertThat(failure).isNotInstanceOf(ImageFailure.Permanent.class);
        assertThat(failure.billing()).isEqualTo(ImageFailure.Billing.UNLIKELY);
    }

    @ParameterizedTest
    @CsvSource({"ValueError, could not convert", "HTTPException, Invalid encoded image", "ValidationError, 1 error",
            "RequestValidationError, steps", "UnicodeEncodeError, surrogates not allowed",
            "ValueError, a banana in a chip is no number"})
    void invalidInputIsABadRequest(String type, String text) {
        assertThat(failure(500, body(type, "", text))).isInstanceOf(ImageFailure.Permanent.class);
        assertThat(failure(500, body(type, text, ""))).isInstanceOf(ImageFailure.Permanent.class);
    }

    @Test
    void aPromptInTheErrorSaysNothingAboutTheGpu() {
        assertThat(failure(500, "{'error': 'ValueError', 'detail': '', 'body': {'prompt': '" + REQUEST.prompt()
                + "'}, 'errors': 'could not convert'}")).isInstanceOf(ImageFailure.Permanent.class);
    }

    /** Those of FastAPI itself, with and without the handler of the WebUI. */
    @ParameterizedTest
    @ValueSource(strings = {"{'detail':'Not Found'}", "{ 'detail' : 'Not Found' }",
            "{'error':'HTTPException','detail':'Not Found','body':'','errors':''}"})
    void aWebUiWithoutItsApiIsAWrongAddress(String body) {
        assertNoApi(catchThrowableOfType(ImageFailure.Operator.class, () -> generate(404, body)));
        for (String checkpoint : new String[]{"", "sdxl"}) {
            assertNoApi(catchThrowableOfType(ImageFailure.Operator.class,
                    () -> new StableDiffusionWebUi().status(call(checkpoint).responds(404, body)).await()
                            .indefinitely()));
        }
    }

    private static void assertNoApi(ImageFailure.Operator failure) {
        assertThat(failure.fault()).isEqualTo(OperatorFault.ADDRESS);
        assertThat(failure).hasMessageContaining("url").hasMessageContaining("--api");
    }

    private static String body(String type, String detail, String errors) {
        return "{'error': '" + type + "', 'detail': '" + detail + "', 'body': '', 'errors': '" + errors + "'}";
    }

    private static ImageFailure failure(int status, String body) {
        return catchThrowableOfType(ImageFailure.class, () -> generate(status, body));
    }

    private static void generate(int status, String body) {
        new StableDiffusionWebUi().generate(REQUEST, call("").responds(status, body)).await().indefinitely();
    }

    private static FakeCall call(String checkpoint) {
        return new FakeCall(DialectCalls.provider("stable-diffusion-webui", "http://localhost", checkpoint, Map.of()));
    }
}
