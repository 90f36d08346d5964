package com.kt.event.content.provider;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a provider says without generating anything.
 *
 * @param acceptsKey whether it has accepted the key; it is not known otherwise
 * @param knowsModel empty if it does not say
 * @param shutdown the last day of the model; empty if it names none
 * @param limits the rate limits in the response: what is limited, and how much of it is left
 * @param remark what cannot be asked, or what else it says, without a full stop; empty if there is nothing
 */
public record ProviderStatus(boolean acceptsKey, Optional<Boolean> knowsModel, Optional<LocalDate> shutdown,
        Map<String, String> limits, Optional<String> remark) {
    private static final Pattern HTML = Pattern.compile("text/html|application/xhtml", Pattern.CASE_INSENSITIVE);

    /** Nothing could be asked. */
    public static final ProviderStatus NOTHING = new ProviderStatus(false, Optional.empty(), Optional.empty(), Map.of(),
            Optional.empty());
    /** The key is accepted, and nothing else is known. */
    public static final ProviderStatus ACCEPTED = new ProviderStatus(true, Optional.empty(), Optional.empty(), Map.of(),
            Optional.empty());

    /**
     * @throws ImageFailure if it is an error, which gateways send with a good status, or the page of a web application, which
     * may answer any address with it
     */
    public static ProviderStatus of(ProviderResponse response) {
        String type = response.header("content-type");
        if (type != null && HTML.matcher(type).lookingAt()) {
            throw ImageFailure.invalid("the response is a web page, not that of an image API");
        }
        JsonNode error = error(response);
        if (Moderation.isFilled(error)) {
            throw response.failure(error);
        }
        return new ProviderStatus(true, Optional.empty(), Optional.empty(), response.limits(), Optional.empty());
    }

    /** Null if there is none. A description or a list may be longer than what is read. */
    private static JsonNode error(ProviderResponse response) {
        try {
            return response.read(JsonNode.class).get("error");
        } catch (IOException e) {
            return null;
        }
    }

    public ProviderStatus withModel(boolean isKnown) {
        return new ProviderStatus(acceptsKey, Optional.of(isKnown), shutdown, limits, remark);
    }

    public ProviderStatus withShutdown(Optional<LocalDate> day) {
        return new ProviderStatus(acceptsKey, knowsModel, day, limits, remark);
    }

    public ProviderStatus withRemark(String text) {
        return new ProviderStatus(acceptsKey, knowsModel, shutdown, limits, Optional.of(text));
    }
}
