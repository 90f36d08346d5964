package com.kt.event.content.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * An error in the forms that providers and gateways use: {@code {"error": {…}}}, {@code {"error": "text"}},
 * {@code {"code": …}}, {@code {"detail": …}}, lists and nestings of these, or no JSON at all. Other fields are ignored.
 */
final class ProviderError {
    /** Errors are nested a few levels deep at most. */
    private static final int DEEPEST = 8;
    /** Gateways built on LiteLLM put the name of its exception in front of the provider's message. */
    private static final Pattern EXCEPTION = Pattern.compile("^(?:litellm|openai)\\.(?:[a-z]+\\.)*([A-Z]\\w{3,60})");
    /** OpenAI's name of the field, in a request for an image or of a tool in one for a response. */
    private static final Pattern MODEL = Pattern.compile("(tools\\[\\d+]\\.)?model");
    private static final Pattern STATUS = Pattern.compile("[2345]\\d\\d");

    /** Independent of the configuration of the service's own JSON. */
    private static final ObjectReader JSON = new ObjectMapper().reader();

    private final boolean isJson;
    private final List<String> codes = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final List<String> sentences = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private boolean isAboutTheModel;
    private boolean isDailyQuota;
    private int status;

    private ProviderError(JsonNode body) {
        isJson = body.isContainerNode() && !body.isEmpty();
        read(body, 0);
    }

    static ProviderError of(JsonNode body) {
        return new ProviderError(body);
    }

    /** A body that is not JSON is a sentence, or the page of a gateway. */
    static ProviderError of(String body) {
        try {
            return new ProviderError(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            ProviderError page = new ProviderError(MissingNode.getInstance());
            page.sentence(body);
            return page;
        }
    }

    /** By the codes, then the types, then the status; if that is vague, by anything more specific. */
    Outcome outcome(int httpStatus) {
        Outcome clear = first(codes, ErrorCodes::clear).or(() -> first(types, ErrorCodes::clear)).orElse(null);
        if (isAboutTheModel && (clear == null || clear == Outcome.BAD_REQUEST)) {
            return Outcome.MODEL;
        }
        if (clear != null) {
            return clear == Outcome.BUSY && isDailyQuota ? Outcome.MONEY : clear;
        }
        int meant = status == 0 || Outcome.ofStatus(httpStatus) == Outcome.TIMED_OUT ? httpStatus : status;
        if (Outcome.isVague(meant)) {
            return vague(meant);
        }
        Outcome byStatus = Outcome.ofStatus(meant);
        return byStatus == Outcome.ADDRESS && meant == 404 && isJson ? Outcome.MODEL : byStatus;
    }

    private Outcome vague(int meant) {
        if (sentences.stream().anyMatch(ErrorCodes::isRefusal)) {
            return Outcome.REFUSED;
        }
        return first(sentences, ErrorCodes::sentence)
                .or(() -> first(codes, ErrorCodes::vague))
                .or(() -> first(types, ErrorCodes::vague))
                .orElseGet(() -> meant < 300 ? Outcome.SERVER_ERROR : Outcome.ofStatus(meant));
    }

    /** Whether the content alone shows that this is an error. */
    boolean isNamed() {
        return status >= 400 || sentences.stream().anyMatch(ErrorCodes::isRefusal)
                || first(sentences, ErrorCodes::sentence).isPresent()
                || Stream.of(codes, types).anyMatch(words -> first(words, ErrorCodes::clear)
                        .or(() -> first(words, ErrorCodes::vague)).isPresent());
    }

    /** How long the provider asks not to be called, in any form. */
    Optional<Duration> retryAfter() {
        return waits.stream().max(Duration::compareTo)
                .or(() -> sentences.stream().map(RetryDelay::ofSentence).flatMap(Optional::stream).findFirst());
    }

    private static Optional<Outcome> first(List<String> texts, Function<String, Optional<Outcome>> meaning) {
        return texts.stream().map(meaning).flatMap(Optional::stream).findFirst();
    }

    private void read(JsonNode error, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (error.isArray()) {
            error.valueStream().forEach(part -> read(part, depth + 1));
        } else if (error.isTextual()) {
            text(error.textValue());
        } else {
            error.propertyStream().forEach(field -> read(ErrorCodes.word(field.getKey()), field.getValue(), depth + 1));
        }
    }

    private void read(String name, JsonNode value, int depth) {
        switch (name) {
            case "code", "name", "reason", "errorcode" -> code(value, codes);
            case "type", "status", "errortype" -> code(value, types);
            case "param" -> isAboutTheModel |= MODEL.matcher(value.asText()).matches();
            case "message", "msg", "title", "errormessage" -> sentence(value);
            case "quotaid" -> isDailyQuota |= value.asText().contains("PerDay");
            case "retryafter", "retryafterms", "retrydelay" -> RetryDelay.ofField(name, value).ifPresent(waits::add);
            case "error", "errors", "innererror", "detail", "details", "violations", "metadata",
                    "providerspecificfields" ->
                read(value, depth);
            default -> {
                // Says nothing about the meaning of the error; may be a copy of the request, with the prompt.
            }
        }
    }

    private void code(JsonNode value, List<String> words) {
        String text = value.asText();
        if (STATUS.matcher(text).matches()) {
            status = status == 0 ? Integer.parseInt(text) : status;
        } else if (value.isTextual()) {
            words.add(ErrorCodes.word(text));
        }
    }

    /** A text in place of an error object may be a code or a sentence. */
    private void text(String text) {
        if (text.matches("[\\w.-]{1,100}")) {
            codes.add(ErrorCodes.word(text));
        }
        sentence(text);
    }

    private void sentence(JsonNode value) {
        if (value.isTextual()) {
            sentence(value.textValue());
        }
    }

    private void sentence(String text) {
        Matcher exception = EXCEPTION.matcher(text);
        if (exception.find()) {
            types.add(ErrorCodes.word(exception.group(1)));
        }
        sentences.add(text);
    }
}
