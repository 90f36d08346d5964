package com.kt.event.content.api.http;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An entity tag in a condition of a request (RFC 9110, 8.8.3).
 *
 * @param isWeak whether it stands for what means the same, not for the same bytes
 * @param opaque what is between its quotation marks
 */
public record EntityTag(boolean isWeak, String opaque) {
    private static final Pattern FORM = Pattern.compile("(W/)?\"([^\"]*)\"");

    /** Those in the values of If-Match or If-None-Match; what is no tag is left out. */
    public static Stream<EntityTag> parse(List<String> headers) {
        return headers.stream().flatMap(header -> FORM.matcher(header).results())
                .map(found -> new EntityTag(found.group(1) != null, found.group(2)));
    }

    /** Whether the condition is {@code *}, which any tag meets. */
    public static boolean isAny(List<String> headers) {
        return headers.stream().anyMatch(header -> header.trim().equals("*"));
    }
}
