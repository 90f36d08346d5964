package com.kt.event.content.log;

import java.util.regex.Pattern;

/** Makes foreign text safe for a log line: without line breaks and of limited length. */
public final class LogText {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    /** Control characters, and other characters that end a line or change its direction. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
    private static final int LONGEST = 300;
    /** Mutiny's UniRetry, whose message counts attempts and names a point in time. */
    private static final String RETRIES_EXHAUSTED = "Retries exhausted";

    private LogText() {
    }

    /** A job's id; for any other text only its length. */
    public static String jobId(String id) {
        return UUID.matcher(id).matches() ? id : "(not an id: " + id.length() + " characters)";
    }

    /** The reason of a failure in one line. For exhausted retries, the reason of the last failure. */
    public static String of(Throwable failure) {
        if (failure.getCause() != null && String.valueOf(failure.getMessage()).startsWith(RETRIES_EXHAUSTED)) {
            return of(failure.getCause());
        }
        return line(failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage());
    }

    /** The text in one line of at most 300 characters. */
    public static String line(String text) {
        return line(text, LONGEST);
    }

    /** The text in one line of at most {@code longest} characters. */
    public static String line(String text, int longest) {
        String cut = text.length() > longest ? text.substring(0, longest) + "..." : text;
        return UNPRINTABLE.matcher(cut).replaceAll("?");
    }
}
