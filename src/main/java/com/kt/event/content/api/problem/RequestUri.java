package com.kt.event.content.api.problem;

import java.net.URI;
import java.net.URISyntaxException;

import io.quarkiverse.resteasy.problem.HttpProblem;

/** The rules for path and query, which Quarkus would enforce with a bare 400; {@code Main} switches its check off. */
public final class RequestUri {
    /** In characters. Our longest call has 150; the rest is for what a gateway or a tracker appends. */
    static final int MAX_LENGTH = 2_048;

    private RequestUri() {
    }

    /** The problem with path and query; null if there is none. */
    public static HttpProblem refusal(String uri) {
        if (uri.length() > MAX_LENGTH) {
            return Problem.INVALID_REQUEST.with(414, "path and query may have " + MAX_LENGTH + " characters");
        }
        return isValid(uri)
                ? null
                : Problem.INVALID_REQUEST.with("path or query has a character that must be percent-encoded");
    }

    static boolean isValid(String uri) {
        try {
            return uri.length() <= MAX_LENGTH && new URI(uri).toASCIIString().equals(uri);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
