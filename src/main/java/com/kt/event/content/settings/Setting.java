package com.kt.event.content.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

import io.quarkus.runtime.configuration.MemorySize;

/**
 * A setting and the rule for its text.
 *
 * @param isShown whether a complaint may quote the text
 * @param fault the fault of a text as the end of a sentence ("must be …"); empty if it has none. Never quotes the text
 */
record Setting(String name, boolean isShown, Function<String, Optional<String>> fault) {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029\\uFFFD]");
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7E]*");
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final int MOST_SHOWN = 60;

    static Setting bool(String name) {
        StrictBooleanConverter converter = new StrictBooleanConverter();
        return converted(name, converter::convert, "must be true or false");
    }

    static Setting oneOf(String name, String... values) {
        return new Setting(name, true, text -> List.of(values).contains(text.strip().toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of("must be " + String.join(" or ", values)));
    }

    static Setting duration(String name) {
        StrictDurationConverter converter = new StrictDurationConverter();
        return converted(name, converter::convert, "must be a duration such as 30s, 50m, 1h or 7d, and no longer than "
                + Duration.ofMillis(Long.MAX_VALUE).toDays() + " days");
    }

    static Setting duration(String name, Duration least, Duration most) {
        StrictDurationConverter converter = new StrictDurationConverter();
        Predicate<Duration> isRight = it -> it.compareTo(least) >= 0 && it.compareTo(most) <= 0;
        return converted(name, text -> isRight.test(converter.convert(text)) ? text : refuse(),
                "must be a duration from " + least.toMillis() + " ms to " + most.toSeconds() + " s, such as 1s");
    }

    static Setting size(String name) {
        StrictMemorySizeConverter converter = new StrictMemorySizeConverter();
        Function<String, MemorySize> convert = converter::convert;
        return converted(name, convert, "must be a size such as 500K, 20M or 1G, and less than 8E");
    }

    static Setting size(String name, long least, long most, String range) {
        StrictMemorySizeConverter converter = new StrictMemorySizeConverter();
        LongPredicate isRight = bytes -> bytes >= least && bytes <= most;
        return converted(name, text -> isRight.test(converter.convert(text).asLongValue()) ? text : refuse(), range);
    }

    static Setting number(String name) {
        return converted(name, Integer::valueOf, "must be a whole number, and no larger than " + Integer.MAX_VALUE);
    }

    static Setting number(String name, long from, long to, String why) {
        LongPredicate isRight = number -> number >= from && number <= to;
        return converted(name, text -> isRight.test(Long.parseLong(text)) ? text : refuse(),
                "must be a whole number from " + from + " to " + to + why);
    }

    /** An amount of money. */
    static Setting amount(String name) {
        return converted(name, text -> AMOUNT.matcher(text).matches() ? text : refuse(),
                "must be an amount such as 5 or 0.04, with at most nine digits before and after the point");
    }

    static Setting currency(String name) {
        return converted(name, text -> CURRENCY.matcher(text).matches() ? text : refuse(),
                "must be a currency of ISO 4217, such as USD");
    }

    /** An address that the service calls or puts into links. */
    static Setting address(String name) {
        return new Setting(name, false, HttpAddresses::fault);
    }

    static Setting redisAddresses(String name) {
        return new Setting(name, false, RedisAddresses::fault);
    }

    /** Origins of pages that may use the service (CORS); text between slashes is a regular expression. */
    static Setting origins(String name) {
        return new Setting(name, true, text -> Stream.of(text.split(",")).map(String::strip)
                .filter(origin -> origin.length() > 1 && origin.startsWith("/") && origin.endsWith("/"))
                .allMatch(origin -> isPattern(origin.substring(1, origin.length() - 1)))
                        ? Optional.empty()
                        : Optional.of("must contain valid regular expressions between slashes"));
    }

    private static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    static Setting proxyAddress(String name) {
        return new Setting(name, false, text -> text.equals("none") || isHostAndPort(text)
                ? Optional.empty()
                : Optional.of(
                        "must be a host and a port from 1 to " + HttpAddresses.MAX_PORT
                                + " with a colon between them"));
    }

    private static boolean isHostAndPort(String text) {
        return text.matches("[^:\\s]+:[0-9]{1,5}")
                && HttpAddresses.isPort(Integer.parseInt(text.substring(text.indexOf(':') + 1)));
    }

    /** A secret that is sent in a header. */
    static Setting secret(String name) {
        return new Setting(name, false, text -> SENDABLE.matcher(text).matches()
                ? Optional.empty()
                : Optional
                        .of("contains a character that is not allowed in a key: white space, a control character, or one"
                                + " outside of ASCII (the value is not shown)"));
    }

    /** A word that is sent to a provider, which would reject every call for one with blanks. */
    static Setting word(String name) {
        return new Setting(name, true, text -> SENDABLE.matcher(text).matches()
                ? Optional.empty()
                : Optional.of("must hold neither blanks nor other characters than those of ASCII"));
    }

    static Setting text(String name) {
        return new Setting(name, true, text -> CONTROL.matcher(text).find()
                ? Optional.of("must not contain control characters")
                : Optional.empty());
    }

    /** A setting that its own configuration class checks with a good message. */
    static Setting any(String name) {
        return new Setting(name, false, text -> Optional.empty());
    }

    private static Setting converted(String name, Function<String, ?> converter, String rule) {
        return new Setting(name, true, text -> {
            try {
                converter.apply(text.strip());
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.of(rule);
            }
        });
    }

    private static String refuse() {
        throw new IllegalArgumentException();
    }

    /** The fault of this text as a sentence; empty if it has none. */
    Optional<String> complaint(String text) {
        return fault.apply(text).map(rule -> named() + " " + rule + (isShown ? "; it is '" + shown(text) + "'" : ""));
    }

    /** The name in files, and in parentheses the environment variable. */
    String named() {
        return name + " (" + Settings.variable(name) + ")";
    }

    private static String shown(String text) {
        String line = CONTROL.matcher(text).replaceAll("?");
        return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "…";
    }
}
