package com.kt.event.content.recommendation;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** Converts dates that Jackson writes as numbers into text: 2026-11-26, not [2026,11,26]. */
final class Dates {
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2199;

    /** The time zone of the shops, for instants. */
    private static final ZoneOffset KOREA = ZoneOffset.ofHours(9);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private static final Set<String> IN_MILLISECONDS = Set.of("java.util.Date", "java.util.Calendar",
            "java.util.GregorianCalendar", "java.sql.Date", "java.sql.Timestamp");
    private static final Set<String> IN_SECONDS = Set.of("java.time.Instant", "java.time.ZonedDateTime",
            "java.time.OffsetDateTime");
    private static final BigDecimal LEAST_MILLISECONDS = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal MOST_MILLISECONDS = BigDecimal.valueOf(100_000_000_000_000L);

    private Dates() {
    }

    /** An array of numbers as a date, or as a date and a time of day. */
    static Optional<String> of(JsonNode array) {
        if (array.size() < 3 || array.size() > 7 || !array.valueStream().allMatch(JsonNode::isInt)) {
            return Optional.empty();
        }
        return date(array.path(0), array.path(1), array.path(2))
                .flatMap(date -> array.size() == 3
                        ? Optional.of(date)
                        : time(array.path(3), array.path(4)).map(time -> date + " " + time));
    }

    /** The members of a {@code LocalDate} or {@code LocalDateTime}, as written by Gson and by Jackson without its module. */
    static Optional<String> ofMembers(JsonNode object) {
        JsonNode month = object.path("monthValue").isInt() ? object.path("monthValue") : object.path("month");
        JsonNode day = object.path("dayOfMonth").isInt() ? object.path("dayOfMonth") : object.path("day");
        return date(object.path("year"), month, day)
                .map(date -> time(object.path("hour"), object.path("minute")).map(time -> date + " " + time)
                        .orElse(date));
    }

    /** A date that was written together with its class. */
    static Optional<String> of(String className, JsonNode value) {
        if (value.isNumber()) {
            return moment(className, value.decimalValue());
        }
        return switch (className) {
            case "java.time.LocalTime" -> time(value.path(0), value.path(1));
            case "java.time.YearMonth" -> date(value.path(0), value.path(1), value.path(2)).or(() -> month(value));
            default -> Optional.empty();
        };
    }

    private static Optional<String> month(JsonNode value) {
        return value.path(0).isInt() && value.path(1).isInt()
                ? Optional.of("%04d-%02d".formatted(value.path(0).intValue(), value.path(1).intValue()))
                : Optional.empty();
    }

    private static Optional<String> moment(String className, BigDecimal number) {
        boolean mayBeSeconds = IN_SECONDS.contains(className);
        if (!mayBeSeconds && !IN_MILLISECONDS.contains(className) || number.abs().compareTo(MOST_MILLISECONDS) > 0) {
            return Optional.empty();
        }
        boolean inSeconds = mayBeSeconds && number.abs().compareTo(LEAST_MILLISECONDS) < 0;
        try {
            BigDecimal millis = inSeconds ? number.movePointRight(3) : number;
            var moment = Instant.ofEpochMilli(millis.longValue()).atOffset(KOREA);
            return isYear(moment.getYear()) ? Optional.of(MOMENT.format(moment)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> date(JsonNode year, JsonNode month, JsonNode day) {
        if (!year.isInt() || !month.isInt() || !day.isInt() || !isYear(year.intValue())) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(year.intValue(), month.intValue(), day.intValue()).toString());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isYear(int year) {
        return year >= FIRST_YEAR && year <= LAST_YEAR;
    }

    private static Optional<String> time(JsonNode hour, JsonNode minute) {
        if (!hour.isInt() || !minute.isInt()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalTime.of(hour.intValue(), minute.intValue()).toString());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
