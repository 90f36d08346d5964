package com.kt.event.content.api.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The header {@code Prefer} (RFC 7240). The only known preference is {@code wait}, the longest time in seconds that the
 * client is ready to wait. Unknown and malformed preferences are ignored, as the RFC requires.
 */
public final class Prefer {
    public static final String HEADER = "Prefer";
    public static final String APPLIED = "Preference-Applied";

    /** Below the 30 s after which many gateways give up. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);
    /** A number of more digits exceeds the longest wait, and perhaps the range of a long. */
    private static final int MAX_DIGITS = 9;

    private Prefer() {
    }

    /** The first {@code wait} in the headers, at most {@link #LONGEST_WAIT}; empty if there is none, or it is malformed. */
    public static Optional<Duration> waiting(List<String> headers) {
        return headers.stream()
                .flatMap(header -> split(header, ',').stream())
                .map(preference -> split(preference, ';').get(0).split("=", 2))
                .filter(preference -> preference[0].strip().equalsIgnoreCase("wait")).findFirst()
                .map(preference -> preference.length == 2 ? unquoted(preference[1].strip()) : "")
                .filter(value -> value.matches("[0-9]+"))
                .map(Prefer::limited);
    }

    /** The parts between the separators, except those in quoted strings (RFC 9110, 5.6.4). */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean isQuoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"') {
                isQuoted = !isQuoted;
            } else if (isQuoted && character == '\\') {
                // An escaped quotation mark ends nothing.
                i++;
            } else if (!isQuoted && character == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    private static Duration limited(String seconds) {
        Duration wait = seconds.length() > MAX_DIGITS ? LONGEST_WAIT : Duration.ofSeconds(Long.parseLong(seconds));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    /** The value of {@code Preference-Applied} for a wait of at most so long. */
    public static String applied(Duration wait) {
        return "wait=" + wait.toSeconds();
    }
}
