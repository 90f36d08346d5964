package com.kt.event.content.api.http;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;

import io.netty.handler.codec.DateFormatter;

/** Times in the format of HTTP, in whole seconds (RFC 9110, 5.6.7). Java's RFC_1123_DATE_TIME writes one-digit days. */
public final class HttpDate {
    /** The longest form, "Wednesday, 09-Nov-94 08:49:37 GMT", has half as many. Netty throws beyond this limit. */
    private static final int MAX_LENGTH = 64;

    private HttpDate() {
    }

    public static String format(Instant time) {
        return DateFormatter.format(Date.from(time));
    }

    /** Parses the three formats of HTTP; empty for anything else. */
    public static Optional<Instant> parse(String header) {
        return header.length() > MAX_LENGTH
                ? Optional.empty()
                : Optional.ofNullable(DateFormatter.parseHttpDate(header)).map(Date::toInstant);
    }
}
