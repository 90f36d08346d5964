package com.kt.event.content.api;

import java.util.List;
import java.util.Optional;

import com.kt.event.content.api.http.EntityTag;

/**
 * The representations of a job that a client has, from its If-None-Match headers (RFC 9110, 13.1.2), compared weakly.
 * JAX-RS's {@code Request.evaluatePreconditions} would miss the tags to which a proxy has appended a suffix, and those of a
 * pause whose end was rounded the other way.
 *
 * @param isGiven whether there is such a header
 * @param any whether the client accepts no representation at all ({@code *})
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
