package com.kt.event.content.provider.dialect;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ProviderResponse;

/**
 * The errors of the Stable Diffusion WebUI: {@code {"error": the name of Python's exception, "detail": its text, "body": part
 * of the request, "errors": its text}}, nearly always with status 500. Source: {@code api_middleware} in its modules/api/api.py.
 */
final class StableDiffusionWebUiErrors {
    private static final Pattern TYPE = Pattern.compile("\"error\"\\s*:\\s*\"(\\w{1,100})\"");
    /** Not the body, which may have the prompt. */
    private static final Pattern TEXT = Pattern.compile("\"(?:detail|errors)\"\\s*:\\s*\"([^\"]{1,1000})");
    private static final Pattern BAD_INPUT = Pattern.compile("HTTPException|\\w*(Value|Validation|Encode|Decode)Error");
    /** The process cannot compute until it is started again, or its settings are changed. */
    private static final Pattern DEVICE = Pattern.compile("\\b(cuda|cudnn|cublas|hip|device)(?![a-z])");
    /** What FastAPI says of a path that it does not have. */
    private static final Pattern NO_PATH = Pattern.compile("\"detail\"\\s*:\\s*\"Not Found\"");

    private StableDiffusionWebUiErrors() {
    }

    static ImageFailure failure(ProviderResponse response) {
        String body = response.errorText();
        if (response.status() == 404 && NO_PATH.matcher(body).find()) {
            return noApi();
        }
        Matcher type = TYPE.matcher(body);
        return response.status() == 500 && type.find()
                ? meaning(type.group(1), text(body), response.failure())
                : response.failure();
    }

    static ImageFailure noApi() {
        return new ImageFailure.Operator(OperatorFault.ADDRESS,
                "there is no API of the Stable Diffusion WebUI: check its url, and start it with --api", null);
    }

    private static String text(String body) {
        return TEXT.matcher(body).results().map(text -> text.group(1)).collect(Collectors.joining(" "))
                .toLowerCase(Locale.ROOT);
    }

    /** A lack of memory may be over the next time; nothing was made in any case. */
    private static ImageFailure meaning(String type, String text, ImageFailure serverError) {
        if (text.contains("checkpoint")) {
            return new ImageFailure.Operator(OperatorFault.MODEL,
                    "the Stable Diffusion WebUI does not have the checkpoint", null);
        }
        if (type.contains("Memory") || text.contains("memory")) {
            return serverError;
        }
        if (DEVICE.matcher(text).find()) {
            return ImageFailure.busy("the GPU of the Stable Diffusion WebUI has failed (status 500)", null);
        }
        return BAD_INPUT.matcher(type).matches()
                ? ImageFailure.badRequest("the Stable Diffusion WebUI cannot process the request (status 500)")
                : serverError;
    }
}
