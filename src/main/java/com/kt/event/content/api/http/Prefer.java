package com.kt.event.content.api.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client would like (RFC 7240). Of that we know {@code wait}: for how many seconds it may be kept waiting. What is
 * unknown or malformed is passed over, as if it was not there.
 */
public final class Prefer {
    public static final String HEADER = "Prefer";
    public static final String APPLIED = "Preference-Applied";

    /** Less than the half minute after which many gateways give up. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);
    private static final int MOST_DIGITS = 9;

    private Prefer() {
    }

    /** Never more than we are ready to keep anybody waiting. Empty where the headers do not speak of it. */
    public static Optional<Duration> waiting(List<String> headers) {
        return headers.stream().flatMap(Prefer::preferences)
                .map(preference -> preference.split("=", 2))
                .filter(preference -> preference[0].strip().equalsIgnoreCase("wait")).findFirst()
                .map(preference -> preference.length == 2 ? preference[1].strip() : "")
                .filter(value -> value.matches("[0-9]+"))
                .map(Prefer::limited);
    }

    /** Each without its parameters. Of quoted texts only a number is of interest, and commas in the others are none. */
    private static Stream<String> preferences(String header) {
        String plain = header.replaceAll("\\\\.", "").replaceAll("\"([0-9]+)\"", "$1").replaceAll("\"[^\"]*+\"?", "?");
        return Stream.of(plain.split(",")).map(preference -> preference.split(";", 2)[0]);
    }

    private static Duration limited(String seconds) {
        Duration wait = seconds.length() > MOST_DIGITS ? LONGEST_WAIT : Duration.ofSeconds(Long.parseLong(seconds));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    public static String applied(Duration wait) {
        return "wait=" + wait.toSeconds();
    }
}
