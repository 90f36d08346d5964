package com.kt.event.content.api.http;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An entity tag in a conditional request (RFC 9110, 8.8.3).
 *
 * @param isWeak whether it identifies equivalent representations, not identical bytes
 * @param opaque the text between the quotation marks
 */
public record EntityTag(boolean isWeak, String opaque) {
    private static final Pattern FORM = Pattern.compile("(W/)?\"([^\"]*)\"");

    /** The tags in the values of If-Match or If-None-Match; anything malformed is skipped. */
    public static Stream<EntityTag> parse(List<String> headers) {
        return headers.stream().flatMap(header -> FORM.matcher(header).results())
                .map(found -> new EntityTag(found.group(1) != null, found.group(2)));
    }

    /** Whether the condition is {@code *}, which matches any representation. */
    public static boolean isAny(List<String> headers) {
        return headers.stream().anyMatch(header -> header.trim().equals("*"));
    }
}
