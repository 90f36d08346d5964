package com.kt.event.content.provider;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The id by which a provider's support finds a request. */
final class RequestId {
    /** OpenAI and most others; Azure's gateway; Anthropic's style, which gateways use as well. */
    private static final List<String> HEADERS = List.of("x-request-id", "apim-request-id", "request-id");
    /** It is written to the log and to Redis. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][\\w.:/=+-]{0,127}");

    private RequestId() {
    }

    /** Null if there is none. */
    static String of(Function<String, String> header) {
        return HEADERS.stream().map(header).map(RequestId::plain).filter(id -> id != null).findFirst().orElse(null);
    }

    /** Null if it is not an id. */
    static String plain(String text) {
        return text != null && ID.matcher(text).matches() ? text : null;
    }
}
