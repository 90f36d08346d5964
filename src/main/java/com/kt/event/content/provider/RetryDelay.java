package com.kt.event.content.provider;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.breaker.CallFailure;

/**
 * Reads how long a provider asks not to be called, in all forms that providers use. Values that are not in the future are
 * ignored; longer ones than the longest wait are cut to it.
 */
final class RetryDelay {
    static final Duration LONGEST = CallFailure.LONGEST_RETRY_AFTER;

    private static final Pattern SECONDS = Pattern.compile("\\+?(\\d{1,400})(?:\\.(\\d{0,400}))?");
    private static final String UNIT = "(?:milliseconds?|millis|msecs?|ms|minutes?|mins?|m|hours?|hrs?|h|seconds?|secs?|s)";
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(" + UNIT + ")(?![a-z])");
    private static final String PARTS = "((?:\\d{1,9}(?:\\.\\d{1,9})?\\s*" + UNIT + "(?![a-z])[\\s,]*){1,4})";
    private static final Pattern WHOLE = Pattern.compile(PARTS);
    private static final Pattern IN_A_SENTENCE = Pattern
            .compile("\\b(?:try again|retry|retrying|resets?|wait)\\s+(?:in|after|for)?\\s*~?\\s*" + PARTS);
    private static final int LONGEST_SENTENCE = 4_000;

    /** The suffixes of {@code x-ratelimit-reset} and {@code x-ratelimit-remaining}. */
    private static final List<String> LIMITS = List.of("", "-requests", "-tokens", "-images", "-input-images");

    /** The three forms of RFC 9110, and ISO 8601. */
    private static final List<DateTimeFormatter> DATES = List.of(DateTimeFormatter.RFC_1123_DATE_TIME,
            inUtc("dd-MMM-yy HH:mm:ss 'GMT'"), inUtc("EEE MMM ppd HH:mm:ss yyyy"),
            DateTimeFormatter.ISO_OFFSET_DATE_TIME);

    private RetryDelay() {
    }

    /**
     * The delay in the headers. {@code retry-after-ms} is more exact than {@code Retry-After}; without either, the reset of
     * a used-up rate limit counts.
     *
     * @param now used if the response has no date
     */
    static Optional<Duration> ofHeaders(Function<String, String> header, boolean isLimited, Instant now) {
        Optional<Duration> named = value(header, "retry-after-ms").flatMap(text -> seconds(text, 1_000))
                .or(() -> value(header, "retry-after").flatMap(text -> ofText(text, sentAt(header, now))));
        return isLimited ? named.or(() -> ofLimits(header)) : named;
    }

    private static Optional<Duration> ofLimits(Function<String, String> header) {
        return LIMITS.stream()
                .filter(limit -> value(header, "x-ratelimit-remaining" + limit).orElse("0").matches("0+(\\.0*)?"))
                .flatMap(limit -> value(header, "x-ratelimit-reset" + limit).stream())
                .flatMap(text -> ofReset(text).stream())
                .max(Duration::compareTo);
    }

    /** The value of {@code x-ratelimit-reset}, with any suffix. */
    static Optional<Duration> ofReset(String text) {
        return ofUnits(text).or(() -> resetSeconds(text));
    }

    /** Seconds from now. Some providers send seconds since 1970, which would be a wait of decades, and are ignored. */
    private static Optional<Duration> resetSeconds(String text) {
        return text.matches("\\d{1,6}(\\.\\d{1,9})?") ? seconds(text, 1) : Optional.empty();
    }

    /** @param sentAt the date of the response, to which a date is relative */
    static Optional<Duration> ofText(String value, Instant sentAt) {
        // May be in quotes, or twice if a gateway joined two headers.
        String text = value.replace("\"", "").replaceFirst("^([0-9.]+)\\s*[,;]\\s.*", "$1").strip();
        return seconds(text, 1).or(() -> ofUnits(text)).or(() -> date(text)
                .map(date -> Duration.between(sentAt, date)).flatMap(RetryDelay::bounded));
    }

    /** {@code retryAfter} and {@code retryAfterMs}, or {@code retryDelay}, which google.rpc also writes as an object. */
    static Optional<Duration> ofField(String name, JsonNode value) {
        String text = value.isObject() ? value.path("seconds").asText() : value.asText();
        return seconds(text, name.endsWith("ms") ? 1_000 : 1).or(() -> ofUnits(text));
    }

    /** As in "Please try again in 1m6s." */
    static Optional<Duration> ofSentence(String sentence) {
        String text = sentence.substring(0, Math.min(sentence.length(), LONGEST_SENTENCE)).toLowerCase(Locale.ROOT);
        Matcher matcher = IN_A_SENTENCE.matcher(text);
        return matcher.find() ? ofUnits(matcher.group(1)) : Optional.empty();
    }

    private static Optional<String> value(Function<String, String> header, String name) {
        return Optional.ofNullable(header.apply(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Instant sentAt(Function<String, String> header, Instant now) {
        return value(header, "date").flatMap(RetryDelay::date).orElse(now);
    }

    private static Optional<Duration> seconds(String text, int fraction) {
        if (!SECONDS.matcher(text.strip()).matches()) {
            return Optional.empty();
        }
        BigDecimal millis = new BigDecimal(text.strip()).multiply(BigDecimal.valueOf(1_000 / fraction));
        BigDecimal longest = BigDecimal.valueOf(LONGEST.toMillis());
        return bounded(Duration.ofMillis(millis.min(longest).setScale(0, RoundingMode.CEILING).longValue()));
    }

    /** Such as {@code 12s}, {@code 1m6s}, {@code 240ms} and {@code 2 minutes}. */
    private static Optional<Duration> ofUnits(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.length() > 100 || !WHOLE.matcher(lower).matches()) {
            return Optional.empty();
        }
        BigDecimal millis = PART.matcher(lower).results()
                .map(part -> new BigDecimal(part.group(1)).multiply(millisOf(part.group(2))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return seconds(millis.toPlainString(), 1_000);
    }

    private static BigDecimal millisOf(String unit) {
        if (unit.startsWith("ms") || unit.startsWith("mil")) {
            return BigDecimal.ONE;
        }
        return BigDecimal.valueOf(switch (unit.charAt(0)) {
            case 'm' -> 60_000;
            case 'h' -> 3_600_000;
            default -> 1_000;
        });
    }

    private static Optional<Instant> date(String text) {
        // The day of the week is redundant, and often wrong in dates that were formatted by hand.
        String plain = text.replaceFirst("^[A-Za-z]{3,9},\\s*", "").replaceFirst(" (UTC|Z)$", " GMT");
        for (DateTimeFormatter format : DATES) {
            try {
                return Optional.of(format.parse(plain, Instant::from));
            } catch (DateTimeException e) {
                // Not in this format.
            }
        }
        return Optional.empty();
    }

    private static DateTimeFormatter inUtc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    private static Optional<Duration> bounded(Duration asked) {
        return asked.isNegative() ? Optional.empty() : Stream.of(asked, LONGEST).min(Duration::compareTo);
    }
}
