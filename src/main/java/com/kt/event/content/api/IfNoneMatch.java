package com.kt.event.content.api;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Which answers a client has already: its If-None-Match headers (RFC 9110, 13.1.2), compared weakly.
 *
 * @param isGiven whether it says anything about that
 * @param any whether it has one, whichever, and wants no other ({@code *})
 */
record IfNoneMatch(boolean isGiven, boolean any, List<JobTag> tags) {
    private static final Pattern OPAQUE_TAG = Pattern.compile("\"([^\"]*)\"");

    static IfNoneMatch of(List<String> headers) {
        return new IfNoneMatch(!headers.isEmpty(), headers.stream().anyMatch(header -> header.trim().equals("*")),
                headers.stream().flatMap(header -> OPAQUE_TAG.matcher(header).results().map(IfNoneMatch::tag))
                        .flatMap(Optional::stream).toList());
    }

    private static Optional<JobTag> tag(MatchResult opaque) {
        return JobTag.parse(opaque.group(1));
    }

    boolean matches(JobTag tag) {
        return any || tags.stream().anyMatch(tag::matches);
    }
}
