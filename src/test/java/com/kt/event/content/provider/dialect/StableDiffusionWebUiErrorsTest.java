package com.kt.event.content.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        ImageFailure failure = failure(body(type, "", text));

        assertThat(failure).isNotInstanceOf(ImageFailure.Permanent.class);
        assertThat(failure.billing()).isEqualTo(ImageFailure.Billing.NONE);
    }

    @ParameterizedTest
    @CsvSource({"RuntimeError, The size of tensor a (64) must match", "OutOfMemoryError, CUDA out of memory.",
            "NansException, A tensor with NaNs was produced in Unet.", "OSError, No space left", "MemoryError, ''",
            "AttributeError, 'NoneType has no attribute lowvram'", "RuntimeError, ''"})
    void whatMayBeOverTheNextTimeIsTriedOnceMore(String type, String text) {
        ImageFailure failure = failure(body(type, "", text));

        assertThat(failure).isNotInstanceOf(ImageFailure.Permanent.class);
        assertThat(failure.billing()).isEqualTo(ImageFailure.Billing.UNLIKELY);
    }

    @ParameterizedTest
    @CsvSource({"ValueError, could not convert", "HTTPException, Invalid encoded image", "ValidationError, 1 error",
            "RequestValidationError, steps", "UnicodeEncodeError, surrogates not allowed",
            "ValueError, a banana in a chip is no number"})
    void invalidInputIsABadRequest(String type, String text) {
        assertThat(failure(body(type, "", text))).isInstanceOf(ImageFailure.Permanent.class);
        assertThat(failure(body(type, text, ""))).isInstanceOf(ImageFailure.Permanent.class);
    }

    @Test
    void aPromptInTheErrorSaysNothingAboutTheGpu() {
        assertThat(failure("{'error': 'ValueError', 'detail': '', 'body': {'prompt': '" + REQUEST.prompt()
                + "'}, 'errors': 'could not convert'}")).isInstanceOf(ImageFailure.Permanent.class);
    }

    private static String body(String type, String detail, String errors) {
        return "{'error': '" + type + "', 'detail': '" + detail + "', 'body': '', 'errors': '" + errors + "'}";
    }

    private static ImageFailure failure(String body) {
        FakeCall call = new FakeCall(
                DialectCalls.provider("stable-diffusion-webui", "http://localhost", "", Map.of())).responds(500, body);
        return catchThrowableOfType(ImageFailure.class,
                () -> new StableDiffusionWebUi().generate(REQUEST, call).await().indefinitely());
    }
}
