package com.kt.event.content.provider.dialect;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.provider.HttpAddress;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageProvider;
import com.kt.event.content.provider.ImageRequest;
import com.kt.event.content.provider.Moderation;
import com.kt.event.content.provider.ProviderCall;
import com.kt.event.content.provider.ProviderConfig;
import com.kt.event.content.provider.ProviderRequest;
import com.kt.event.content.provider.ProviderResponse;
import com.kt.event.content.provider.ProviderStatus;
import com.kt.event.content.provider.ResponseImage;
import com.kt.event.content.provider.Usage;

import io.smallrye.mutiny.Uni;

/**
 * Google's Gemini API, {@code models.generateContent}. Field and enum names: googleapis/python-genai, types.py. It has no
 * quality, and rewrites no prompt.
 */
@ApplicationScoped
class Gemini implements ImageProvider {
    /** Finish reasons that the same request would meet again. */
    private static final Set<String> BAD_REQUESTS = Set.of("MAX_TOKENS", "LANGUAGE", "MALFORMED_FUNCTION_CALL",
            "MALFORMED_RESPONSE");

    @Override
    public String type() {
        return "gemini";
    }

    @Override
    public Optional<String> defaultUrl() {
        return Optional.of("https://generativelanguage.googleapis.com");
    }

    @Override
    public List<String> faults(ProviderConfig config) {
        return Settings.faults(config);
    }

    @Override
    public Uni<ResponseImage> generate(ImageRequest request, ProviderCall call) {
        ProviderConfig config = call.config();
        Map<String, Object> body = Map.of(
                "contents", List.of(Map.of("role", "user", "parts", List.of(Map.of("text", request.prompt())))),
                "generationConfig", Map.of("responseModalities", List.of("IMAGE"),
                        "imageConfig", imageConfig(Settings.size(config, request))));
        return call.send(withKey(ProviderRequest.postJson(model(config, ":generateContent"), call.json(body)), config),
                Gemini::image);
    }

    @Override
    public Uni<ProviderStatus> status(ProviderCall call) {
        return ModelLookUp.byAddress(withKey(ProviderRequest.get(model(call.config(), "")), call.config()), call);
    }

    private static HttpAddress model(ProviderConfig config, String method) {
        String name = config.model().replaceFirst("^models/", "");
        return config.url().withVersion("/v1beta").below("/models/" + Settings.segment(name) + method);
    }

    /** In a header, because addresses end up in logs. */
    private static ProviderRequest withKey(ProviderRequest request, ProviderConfig config) {
        return config.key().map(key -> request.header("x-goog-api-key", key)).orElse(request);
    }

    /** @param size a ratio, a resolution, or both with an @ between them */
    private static Map<String, String> imageConfig(String size) {
        String[] parts = size.split("@");
        if (parts.length == 2) {
            return Map.of("aspectRatio", parts[0], "imageSize", parts[1]);
        }
        return Map.of(size.contains(":") ? "aspectRatio" : "imageSize", size);
    }

    private static ResponseImage image(ProviderResponse response) throws IOException {
        JsonNode body = response.read(JsonNode.class);
        if (Moderation.isFilled(body.get("error"))) {
            throw response.failure(body.get("error"));
        }
        List<JsonNode> candidates = Json.list(body.path("candidates"));
        String id = Json.text(body.path("responseId"));
        if (Moderation.isWithheld(Stream.concat(Stream.of(body), candidates.stream()).map(Json::fields))) {
            throw ImageFailure.refused("the image API's moderation withheld the image").ofRequest(id);
        }
        List<String> images = images(candidates);
        if (images.isEmpty()) {
            throw noImage(response, body, candidates).ofRequest(id);
        }
        // Drafts precede the image, and may be marked in the same way as it is.
        return response.image(images.get(images.size() - 1))
                .withModel(Json.text(body.path("modelVersion")))
                .withUsage(usage(body.path("usageMetadata")))
                .withRequestId(id);
    }

    private static List<String> images(List<JsonNode> candidates) {
        List<String> images = new ArrayList<>();
        for (JsonNode candidate : candidates) {
            for (JsonNode part : Json.list(candidate.path("content").path("parts"))) {
                JsonNode data = part.has("inlineData") ? part.get("inlineData") : part.path("inline_data");
                if (Moderation.isFilled(data.get("data"))) {
                    images.add(data.get("data").textValue());
                }
            }
        }
        return images;
    }

    private static ImageFailure noImage(ProviderResponse response, JsonNode body, List<JsonNode> candidates) {
        if (candidates.isEmpty()) {
            return response.noImage(Json.fields(body));
        }
        String reason = candidates.get(candidates.size() - 1).path("finishReason").asText("");
        if (BAD_REQUESTS.contains(reason)) {
            return ImageFailure.badRequest("the image API generated no image (" + reason + ")");
        }
        // It described the image instead. The next attempt may succeed.
        return new ImageFailure(ImageFailure.Reason.ERROR, ImageFailure.Billing.UNLIKELY,
                "the image API answered without an image");
    }

    /** Text and thoughts have another price than the image. */
    private static Usage usage(JsonNode usage) {
        JsonNode details = usage.path("candidatesTokensDetails");
        BigDecimal image = tokens(details, "IMAGE");
        BigDecimal text = sum(tokens(details, "TEXT"), Json.amount(usage.path("thoughtsTokenCount")));
        return new Usage(Json.count(usage.path("promptTokenCount")),
                image == null ? Json.count(usage.path("candidatesTokenCount")) : Long.valueOf(image.longValue()))
                .withUnit(Usage.TEXT_OUTPUT_TOKENS, text);
    }

    /** Null if none are reported. */
    private static BigDecimal tokens(JsonNode details, String modality) {
        return Json.list(details).stream().filter(each -> modality.equalsIgnoreCase(each.path("modality").asText()))
                .map(each -> Json.amount(each.path("tokenCount"))).reduce(null, Gemini::sum);
    }

    /** Null counts as zero, unless both are. */
    private static BigDecimal sum(BigDecimal one, BigDecimal other) {
        return one == null || other == null ? one == null ? other : one : one.add(other);
    }
}
