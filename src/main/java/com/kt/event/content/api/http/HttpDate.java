package com.kt.event.content.api.http;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;

import io.netty.handler.codec.DateFormatter;

/** Times as HTTP writes them, in whole seconds (RFC 9110, 5.6.7). Java's own RFC_1123_DATE_TIME writes days of one digit. */
public final class HttpDate {
    /** The longest form, "Wednesday, 09-Nov-94 08:49:37 GMT", has half of it. Netty throws beyond. */
    private static final int MOST_CHARACTERS = 64;

    private HttpDate() {
    }

    public static String format(Instant time) {
        return DateFormatter.format(Date.from(time));
    }

    /** In any of the three forms that HTTP knows; empty where it is none. */
    public static Optional<Instant> parse(String header) {
        return header.length() > MOST_CHARACTERS
                ? Optional.empty()
                : Optional.ofNullable(DateFormatter.parseHttpDate(header)).map(Date::toInstant);
    }
}
