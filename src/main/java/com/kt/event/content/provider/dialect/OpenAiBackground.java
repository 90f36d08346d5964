package com.kt.event.content.provider.dialect;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.provider.HttpAddress;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageRequest;
import com.kt.event.content.provider.Moderation;
import com.kt.event.content.provider.ProviderCall;
import com.kt.event.content.provider.ProviderConfig;
import com.kt.event.content.provider.ProviderRequest;
import com.kt.event.content.provider.ProviderResponse;
import com.kt.event.content.provider.ResponseImage;
import com.kt.event.content.provider.Usage;

import io.smallrye.mutiny.Uni;

/**
 * OpenAI's Responses API in the background: a text model calls the image model, and the outcome can be asked for by an id,
 * unlike that of the Images API. The text model's tokens are billed in addition.
 */
final class OpenAiBackground {
    static final String TEXT_MODEL = "text-model";
    /** The text model rewrites prompts, unless it is told not to. */
    private static final String INSTRUCTIONS = "Call the image generation tool once, with the text of the user as the"
            + " prompt, word for word. Do not write anything else.";

    private OpenAiBackground() {
    }

    static Uni<ResponseImage> generate(ImageRequest request, ProviderCall call) {
        ProviderConfig config = call.config();
        Map<String, Object> tool = new TreeMap<>(Map.of("type", "image_generation", "model", config.model(),
                "size", Settings.size(config, request)));
        config.quality().ifPresent(quality -> tool.put("quality", quality));
        Settings.format(config).ifPresent(format -> tool.put("output_format", format));
        Map<String, Object> body = Map.of("model", config.option(TEXT_MODEL).orElseThrow(), "background", true,
                "instructions", INSTRUCTIONS, "input", request.prompt(), "tools", List.of(tool),
                "tool_choice", Map.of("type", "image_generation"));
        ProviderRequest post = ProviderRequest.postJson(address(config, ""), call.json(body)).bearer(config);
        return call.send(post, OpenAiBackground::id)
                .chain(id -> call.recordId(id).chain(() -> polling(id, call).outcomeLater()));
    }

    static Uni<ResponseImage> resume(String id, ProviderCall call) {
        return polling(id, call).outcome();
    }

    private static Polling polling(String id, ProviderCall call) {
        HttpAddress address = address(call.config(), "/" + Settings.segment(id));
        return new Polling(call, () -> ProviderRequest.get(address).bearer(call.config()), OpenAiBackground::image);
    }

    private static HttpAddress address(ProviderConfig config, String path) {
        return OpenAi.address(config, "/responses" + path);
    }

    private static String id(ProviderResponse response) throws IOException {
        JsonNode body = response.read(JsonNode.class);
        if (Moderation.isFilled(body.get("error"))) {
            throw response.failure(body.get("error"));
        }
        String id = Json.id(body.path("id"));
        if (id == null) {
            throw response.noImage(Json.fields(body));
        }
        return id;
    }

    /** Null while the image is being generated. An error without an end is that of a gateway, which did not ask. */
    private static ResponseImage image(ProviderResponse response, JsonNode body) throws IOException {
        return switch (body.path("status").asText("")) {
            case "completed" -> ended(response, body);
            case "failed", "incomplete" -> failed(response, body);
            case "cancelled" -> throw ImageFailure.unknown(ImageFailure.Reason.ERROR, "the response was cancelled");
            default -> null;
        };
    }

    private static ResponseImage failed(ProviderResponse response, JsonNode body) throws IOException {
        if (Moderation.isFilled(body.get("error"))) {
            throw response.failure(body.get("error"));
        }
        return ended(response, body);
    }

    private static ResponseImage ended(ProviderResponse response, JsonNode body) throws IOException {
        List<JsonNode> output = Json.list(body.path("output"));
        if (Moderation.isWithheld(output.stream().map(Json::fields))
                || "content_filter".equals(body.path("incomplete_details").path("reason").asText())) {
            throw ImageFailure.refused("the image API's moderation withheld the image");
        }
        String image = output.stream().filter(item -> item.path("type").asText().equals("image_generation_call"))
                .map(item -> Json.text(item.path("result"))).filter(text -> text != null)
                .reduce((draft, last) -> last).orElseThrow(() -> noImage(response, output));
        return response.image(image).withUsage(usage(body));
    }

    /** The usage of the response is that of the text model. That of the image model is beside it, or is not reported. */
    private static Usage usage(JsonNode body) {
        JsonNode text = body.path("usage");
        JsonNode image = body.path("tool_usage").path("image_gen");
        return new Usage(Json.count(image.path("input_tokens")), Json.count(image.path("output_tokens")))
                .withUnit(Usage.TEXT_INPUT_TOKENS, Json.amount(text.path("input_tokens")))
                .withUnit(Usage.TEXT_OUTPUT_TOKENS, Json.amount(text.path("output_tokens")));
    }

    /** The image call may say why. */
    private static ImageFailure noImage(ProviderResponse response, List<JsonNode> output) {
        return output.stream().map(item -> item.path("error"))
                .filter(Moderation::isFilled).findFirst().map(response::failure)
                .orElseGet(() -> new ImageFailure(ImageFailure.Reason.ERROR, ImageFailure.Billing.UNLIKELY,
                        "the text model called no image model"));
    }
}
