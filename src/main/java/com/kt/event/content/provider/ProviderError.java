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
 * An error as providers and gateways write it: {@code {"error": {…}}}, {@code {"error": "text"}}, {@code {"code": …}},
 * {@code {"detail": …}}, a list of these, one in another, or no JSON at all. Only what is kept here is ever read of it.
 */
final class ProviderError {
    /** An error is nested a few times at most. */
    private static final int DEEPEST = 8;
    /** A gateway that is built on LiteLLM puts the name of its exception in front of the provider's message. */
    private static final Pattern EXCEPTION = Pattern.compile("^(?:litellm|openai)\\.(?:[a-z]+\\.)*([A-Z]\\w{3,60})");
    private static final Pattern STATUS = Pattern.compile("[2345]\\d\\d");

    /** A plain one: what an error says must not depend on how the service writes its own JSON. */
    private static final ObjectReader JSON = new ObjectMapper().reader();

    private final boolean isJson;
    private final List<String> codes = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final List<String> sentences = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private boolean blamesTheModel;
    private boolean isForTheDay;
    private int status;

    private ProviderError(JsonNode body) {
        isJson = body.isContainerNode() && !body.isEmpty();
        read(body, 0);
    }

    static ProviderError of(JsonNode body) {
        return new ProviderError(body);
    }

    /** What is no JSON is a sentence, or a page of some gateway. */
    static ProviderError of(String body) {
        try {
            return new ProviderError(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            ProviderError page = new ProviderError(MissingNode.getInstance());
            page.sentence(body);
            return page;
        }
    }

    /** By its codes, then by its types, then by the status, and where that says little by whatever says more. */
    Outcome outcome(int httpStatus) {
        Outcome clear = first(codes, ErrorCodes::clear).or(() -> first(types, ErrorCodes::clear)).orElse(null);
        if (blamesTheModel && (clear == null || clear == Outcome.BAD_REQUEST)) {
            return Outcome.MODEL;
        }
        if (clear != null) {
            return clear == Outcome.BUSY && isForTheDay ? Outcome.MONEY : clear;
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
                .orElseGet(() -> meant < 300 ? Outcome.BROKE_DOWN : Outcome.ofStatus(meant));
    }

    /** Whether it is an error by what it says, whatever is said of it. */
    boolean isNamed() {
        return status >= 400 || sentences.stream().anyMatch(ErrorCodes::isRefusal)
                || first(sentences, ErrorCodes::sentence).isPresent()
                || Stream.of(codes, types).anyMatch(words -> first(words, ErrorCodes::clear)
                        .or(() -> first(words, ErrorCodes::vague)).isPresent());
    }

    /** How long it asks to wait, in whichever way. */
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
            case "param" -> blamesTheModel |= "model".equals(value.textValue());
            case "message", "msg", "title", "errormessage" -> sentence(value);
            case "quotaid" -> isForTheDay |= value.asText().contains("PerDay");
            case "retryafter", "retryafterms", "retrydelay" -> RetryDelay.ofField(name, value).ifPresent(waits::add);
            case "error", "errors", "innererror", "detail", "details", "violations", "metadata",
                    "providerspecificfields" ->
                read(value, depth);
            default -> {
                // Not a word about what the error means; it may be the request, with the prompt.
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

    /** A text in an error's place may be a code, or a sentence. */
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
