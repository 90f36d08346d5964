package com.kt.event.content.embedded;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How the stand-in image API behaves, so that a person can see what the service does about it. */
enum Mood {
    /** Two to four seconds an image. */
    NORMAL,
    /** Five times as long. */
    SLOW,
    /** Moderation refuses the fancy style only. */
    REFUSES_ONE,
    /** Moderation refuses everything. */
    REFUSES,
    /** One image in ten seconds; a call before that is told when to come again. */
    RATE_LIMITED,
    /** Every call is answered 503. */
    DOWN;

    /** As in JSON, such as {@code rate-limited}. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Mood> of(String key) {
        return Stream.of(values()).filter(mood -> mood.key().equals(key)).findFirst();
    }
}
