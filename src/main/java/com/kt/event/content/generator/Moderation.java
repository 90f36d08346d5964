package com.kt.event.content.generator;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.BooleanNode;

/**
 * Says whether an image API refused a picture by moderation. There are four ways to say so: an error with a code, an
 * answer without its picture, a finish reason, and a state beside a placeholder. Only fields that hold codes are read,
 * never sentences, which may quote the prompt. Names and codes are compared without case and punctuation, as gateways
 * write {@code content_filter} and {@code contentFilter} for the same thing.
 */
final class Moderation {
    /**
     * Error codes. {@code content_policy_violation} and {@code moderation_blocked}: OpenAI, error codes of the Images
     * API; the first also fal, model errors ({@code detail[].type}). {@code contentFilter}, {@code content_filter} and
     * {@code ResponsibleAIPolicyViolation} (of the inner error): Azure OpenAI, content filtering.
     * {@code content_moderation}: Stability AI, REST API v2beta, status 403 ({@code name}). The others: Volcengine Ark,
     * error codes; some of them go on after a dot.
     */
    private static final Set<String> CODES = Set.of("contentpolicyviolation", "moderationblocked", "contentfilter",
            "responsibleaipolicyviolation", "contentmoderation", "sensitivecontentdetected",
            "inputtextsensitivecontentdetected", "outputimagesensitivecontentdetected", "inputtextriskdetection",
            "outputimageriskdetection");

    /**
     * {@code content_filter}: OpenAI and Azure, where a gateway passes a chat model's reason on.
     * {@code CONTENT_FILTERED}: Stability AI, whose picture is blurred then. The others: Google's Gemini API,
     * {@code FinishReason}; those of its reasons that blame nobody's content are not here.
     */
    private static final Set<String> FINISH_REASONS = Set.of("contentfilter", "contentfiltered", "safety",
            "imagesafety", "prohibitedcontent", "imageprohibitedcontent", "recitation", "imagerecitation", "blocklist",
            "spii");

    /** The first two: Black Forest Labs, errors of {@code get_result}. The others: the plain words for the same. */
    private static final Set<String> STATES = Set.of("requestmoderated", "contentmoderated", "moderated", "blocked",
            "filtered", "rejected");

    /** What the Images API and those that speak it say besides the picture, in texts or objects. */
    private static final Set<String> METADATA = Set.of("id", "model", "object", "background", "outputformat", "quality",
            "size", "usage", "mimetype", "revisedprompt", "contentfilterresults", "promptfilterresults");

    private static final Pattern PUNCTUATION = Pattern.compile("[^a-z0-9]");

    /** Errors are read where the REST client hands over nothing but the response, hence not by the injected mapper. */
    private static final ObjectReader JSON = new ObjectMapper().reader();

    private Moderation() {
    }

    /** Whether the body of an error names moderation as its cause. A mere state does not: the account may be blocked. */
    static boolean refused(String errorBody) {
        try {
            return refused(JSON.readTree(errorBody));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    static boolean refused(JsonNode error) {
        return isRefusal(error);
    }

    /** Whether a successful answer says that its picture was withheld. The picture it may hold is a placeholder. */
    static boolean marked(GenerationResponse answer) {
        return Stream.concat(Stream.of(answer.rest()), answer.items().map(GenerationResponse.Item::rest))
                .anyMatch(Moderation::isMarked);
    }

    /**
     * Whether a successful answer without a picture is otherwise in order: nothing but moderation takes the picture out
     * of such an answer. It is not in order when anything in it might be an error, a task that still waits, or a picture
     * in a shape that we do not know.
     */
    static boolean emptied(GenerationResponse answer) {
        JsonNode created = answer.rest().get("created");
        boolean inShape = answer.data() != null || created != null && created.isNumber();
        return inShape && holdsMetadataOnly(answer.rest())
                && answer.items().map(GenerationResponse.Item::rest).allMatch(Moderation::holdsMetadataOnly);
    }

    private static boolean isRefusal(JsonNode error) {
        if (error.isArray()) {
            return error.valueStream().anyMatch(Moderation::isRefusal);
        }
        return CODES.contains(word(error))
                || error.propertyStream().anyMatch(field -> isRefusal(word(field.getKey()), field.getValue()));
    }

    /** Where providers put the code of an error, or wrap the one of the provider behind them. */
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
            String name = word(field.getKey());
            return isMark(name, field.getValue()) || isRefusal(name, field.getValue())
                    || !failed && isState(name, field.getValue());
        });
    }

    /**
     * Filter results: Azure OpenAI, {@code ImageGenerationContentFilterResults}. {@code has_nsfw_concepts}: fal;
     * {@code nsfw_content_detected}: the pipelines of Hugging Face's diffusers; both make such a picture black.
     * {@code respect_moderation} and {@code block_reason}: xAI, image generation.
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
            default -> false;
        };
    }

    /** A state counts only where no error gives another cause: a queue rejects tasks too. */
    private static boolean isState(String name, JsonNode value) {
        return (name.equals("status") || name.equals("state")) && STATES.contains(word(value));
    }

    private static boolean holdsMetadataOnly(Map<String, JsonNode> fields) {
        return fields.entrySet().stream()
                .allMatch(field -> !isFilled(field.getValue()) || METADATA.contains(word(field.getKey())));
    }

    private static boolean isFilled(JsonNode value) {
        return value != null
                && (value.isTextual() ? !value.textValue().isBlank() : value.isContainerNode() && !value.isEmpty());
    }

    private static String word(JsonNode value) {
        return value.isTextual() ? word(value.textValue()) : "";
    }

    /** Letters and digits in lower case, up to the first dot. */
    private static String word(String text) {
        int dot = text.indexOf('.');
        String word = text.substring(0, dot < 0 ? text.length() : dot).toLowerCase(Locale.ROOT);
        return PUNCTUATION.matcher(word).replaceAll("");
    }
}
