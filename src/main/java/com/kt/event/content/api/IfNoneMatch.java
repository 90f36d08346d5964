package com.kt.event.content.api;

import java.util.List;
import java.util.Optional;

import com.kt.event.content.api.http.EntityTag;

/**
 * Which answers a client has already: its If-None-Match headers (RFC 9110, 13.1.2), compared weakly.
 *
 * @param isGiven whether it says anything about that
 * @param any whether it has one, whichever, and wants no other ({@code *})
 */
record IfNoneMatch(boolean isGiven, boolean any, List<JobTag> tags) {
    static IfNoneMatch of(List<String> headers) {
        return new IfNoneMatch(!headers.isEmpty(), EntityTag.isAny(headers),
                EntityTag.parse(headers).map(tag -> JobTag.parse(tag.opaque())).flatMap(Optional::stream).toList());
    }

    boolean matches(JobTag tag) {
        return any || tags.stream().anyMatch(tag::matches);
    }
}
