package com.kt.event.content.provider;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

/**
 * Recognizes refusals by moderation, which come in three forms: an error with a code, a finish reason, and a state beside
 * a placeholder image. A response without an image is not a refusal by itself. Only fields that hold codes are read here;
 * {@link ErrorCodes} has the few sentences that come without a code.
 */
public final class Moderation {
    /**
     * Error codes. {@code content_policy_violation} and {@code moderation_blocked}: OpenAI, error codes of the Images
     * API; the first also fal, model errors ({@code detail[].type}). {@code contentFilter}, {@code content_filter} and
     * {@code ResponsibleAIPolicyViolation} (of the inner error): Azure OpenAI, content filtering.
     * {@code content_moderation}: Stability AI, REST API v2beta, status 403 ({@code name}). The others: Volcengine Ark,
     * error codes, some of which continue after a dot.
     * {@code image_content_policy_violation} and below: variants of these by gateways and DashScope.
     */
    private static final Set<String> CODES = Set.of("contentpolicyviolation", "moderationblocked", "contentfilter",
            "responsibleaipolicyviolation", "contentmoderation", "sensitivecontentdetected",
            "inputtextsensitivecontentdetected", "outputimagesensitivecontentdetected", "inputtextriskdetection",
            "outputimageriskdetection", "imagecontentpolicyviolation", "contentpolicyviolationerror", "contentfiltered",
            "safetyviolation", "safetyviolations", "imagesafety", "prohibitedcontent", "imageprohibitedcontent",
            "promptblocked", "contentblocked", "nsfwcontentdetected", "datainspectionfailed", "safetycheckfailed");

    /**
     * {@code content_filter}: OpenAI and Azure, if a gateway forwards a chat model's reason.
     * {@code CONTENT_FILTERED}: Stability AI, whose image is then blurred. The others: Google's Gemini API,
     * {@code FinishReason}, without the reasons that do not concern the content.
     */
    private static final Set<String> FINISH_REASONS = Set.of("contentfilter", "contentfiltered", "safety",
            "imagesafety", "prohibitedcontent", "imageprohibitedcontent", "recitation", "imagerecitation", "blocklist",
            "spii");

    /** The first two: Black Forest Labs, errors of {@code get_result}. The others: generic synonyms. */
    private static final Set<String> STATES = Set.of("requestmoderated", "contentmoderated", "moderated", "blocked",
            "filtered", "rejected");

    private Moderation() {
    }

    /** Whether an error's code means moderation. */
    static boolean isCode(String word) {
        return CODES.contains(word);
    }

    /**
     * Whether a successful response says that the image was withheld. An image in it is a placeholder.
     *
     * @param parts the fields of the response, and of each image in it
     */
    public static boolean isWithheld(Stream<Map<String, JsonNode>> parts) {
        return parts.anyMatch(Moderation::isMarked);
    }

    private static boolean isRefusal(JsonNode error) {
        if (error.isArray()) {
            return error.valueStream().anyMatch(Moderation::isRefusal);
        }
        return CODES.contains(word(error))
                || error.propertyStream()
                        .anyMatch(field -> isRefusal(ErrorCodes.word(field.getKey()), field.getValue()));
    }

    /** The fields in which providers put the code of an error, or wrap that of an upstream provider. */
    private static boolean isRefusal(String name, JsonNode value) {
        return switch (name) {
            case "code", "type", "name" -> CODES.contains(word(value));
            case "error", "errors", "innererror", "detail", "details", "providerspecificfields" -> isRefusal(value);
            default -> false;
        };
    }

    private static boolean isMarked(Map<String, JsonNode> fields) {
        boolean failed = isFilled(fields.get("error"));
        return fields.entrySet().stream().anyMatch(field -> {
            String name = ErrorCodes.word(field.getKey());
            return isMark(name, field.getValue()) || isRefusal(name, field.getValue())
                    || !failed && isState(name, field.getValue());
        });
    }

    /**
     * Filter results: Azure OpenAI, {@code ImageGenerationContentFilterResults}. {@code has_nsfw_concepts}: fal;
     * {@code nsfw_content_detected}: the pipelines of Hugging Face's diffusers; both return a black image.
     * {@code respect_moderation} and {@code block_reason}: xAI, image generation. {@code promptFeedback} holds the block
     * reason of Google's Gemini API.
     */
    private static boolean isMark(String name, JsonNode value) {
        return switch (name) {
            case "finishreason" -> FINISH_REASONS.contains(word(value));
            case "contentfilterresults", "promptfilterresults" ->
                value.findValues("filtered").contains(BooleanNode.TRUE);
            case "hasnsfwconcepts", "nsfwcontentdetected", "nsfw" ->
                value.booleanValue() || value.valueStream().anyMatch(JsonNode::booleanValue);
            case "respectmoderation" -> BooleanNode.FALSE.equals(value);
            case "blockreason" -> value.isTextual() && isFilled(value);
            case "promptfeedback" -> value.propertyStream()
                    .anyMatch(field -> isMark(ErrorCodes.word(field.getKey()), field.getValue()));
            default -> false;
        };
    }

    /** A state counts only if no error names another cause: a queue can reject a task, too. */
    private static boolean isState(String name, JsonNode value) {
        return (name.equals("status") || name.equals("state")) && STATES.contains(word(value));
    }

    /** Whether it is a text or a container with something in it. */
    public static boolean isFilled(JsonNode value) {
        return value != null
                && (value.isTextual() ? !value.textValue().isBlank() : value.isContainerNode() && !value.isEmpty());
    }

    private static String word(JsonNode value) {
        return value.isTextual() ? ErrorCodes.word(value.textValue()) : "";
    }
}
