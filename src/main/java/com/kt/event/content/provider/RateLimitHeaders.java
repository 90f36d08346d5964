package com.kt.event.content.provider;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.kt.event.content.ratelimit.ResponseLimits;

/**
 * Reads {@code x-ratelimit-limit}, {@code -remaining} and {@code -reset}, with any suffix: a provider may limit requests, images
 * and tokens at the same time. Only the first two are limits of calls, but whatever is used up stops them.
 */
final class RateLimitHeaders {
    private static final String PREFIX = "x-ratelimit-";
    private static final Pattern NAME = Pattern.compile("(limit|remaining|reset)(-.{1,100})?");
    /** A number may be followed by a policy, as in {@code 100;w=60}. */
    private static final Pattern COUNT = Pattern.compile("\\s*(\\d{1,9})(?:\\.\\d*)?\\s*(?:[,;].*)?");
    private static final String NOT_CALLS = "token";

    private RateLimitHeaders() {
    }

    /** One limit: what is missing is -1 or zero. */
    private static final class Limit {
        private int most = -1;
        private int remaining = -1;
        private Duration reset = Duration.ZERO;

        private void set(String part, String value) {
            switch (part) {
                case "limit" -> most = count(value);
                case "remaining" -> remaining = count(value);
                default -> reset = RetryDelay.ofReset(value.strip()).orElse(Duration.ZERO);
            }
        }
    }

    /**
     * @param headers of a response; the names in any case
     * @param isRefusal whether the provider refused the call because of a limit
     */
    static ResponseLimits of(Iterable<Map.Entry<String, String>> headers, boolean isRefusal) {
        Map<String, Limit> limits = limits(headers);
        if (limits.isEmpty()) {
            return isRefusal
                    ? new ResponseLimits(0, -1, Duration.ZERO, Duration.ZERO, true)
                    : ResponseLimits.NONE;
        }
        Duration exhausted = limits.values().stream().filter(limit -> limit.remaining == 0).map(limit -> limit.reset)
                .max(Comparator.naturalOrder()).orElse(Duration.ZERO);
        Limit ofCalls = limits.entrySet().stream()
                .filter(entry -> !entry.getKey().contains(NOT_CALLS) && entry.getValue().most > 0)
                .map(Map.Entry::getValue).min(Comparator.comparingInt(limit -> limit.most)).orElseGet(Limit::new);
        return new ResponseLimits(Math.max(0, ofCalls.most), ofCalls.remaining, ofCalls.reset, exhausted, isRefusal);
    }

    /** By suffix. */
    private static Map<String, Limit> limits(Iterable<Map.Entry<String, String>> headers) {
        Map<String, Limit> limits = new HashMap<>();
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
                Matcher name = NAME.matcher(header.getKey().substring(PREFIX.length()).toLowerCase(Locale.ROOT));
                if (name.matches()) {
                    limits.computeIfAbsent(name.group(2) == null ? "" : name.group(2), suffix -> new Limit())
                            .set(name.group(1), header.getValue());
                }
            }
        }
        return limits;
    }

    private static int count(String value) {
        Matcher count = COUNT.matcher(value);
        return count.matches() ? Integer.parseInt(count.group(1)) : -1;
    }
}
