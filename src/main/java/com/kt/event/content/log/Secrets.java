package com.kt.event.content.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Masks passwords, keys and tokens in text. Clients quote addresses with all that is in them. */
public final class Secrets {
    private static final String HIDDEN = "***";

    private record Rule(Pattern pattern, String replacement) {
        private static Rule of(String pattern, String replacement) {
            return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), replacement);
        }
    }

    private static final List<Rule> RULES = List.of(
            // User and password in an address, up to the last @ before the path: a password may have an @ in it.
            Rule.of("//[^/\\s\"'<>]*@", "//" + HIDDEN + "@"),
            // Parameters of an address, settings, members of JSON, headers.
            Rule.of("(\\b[\\w.-]*(?:password|passwd|pwd|secret|token|api[-_]?key|access[-_]?key(?:[-_]?id)?|signature|credential)"
                    + "[\"']?\\s*[=:]\\s*[\"']?)[^\\s\"'&,;)}\\]]+", "$1" + HIDDEN),
            Rule.of("(\\bcontent[._]providers[._][\\w.\"-]*key[\"']?\\s*[=:]\\s*[\"']?)[^\\s\"'&,;)}\\]]+",
                    "$1" + HIDDEN),
            Rule.of("([?&](?:key|sig|auth|code)=)[^\\s\"'&,;)}\\]]+", "$1" + HIDDEN),
            Rule.of("(\\bauthorization[\"']?\\s*[=:]\\s*[\"']?(?:bearer\\s+|basic\\s+)?)[^\\s\"',;)}\\]]+",
                    "$1" + HIDDEN),
            Rule.of("(\\bbearer\\s+)[\\w.~+/=-]{6,}", "$1" + HIDDEN),
            // In the XML of S3, and wherever else a key of AWS is named.
            Rule.of("(<(?:AWSAccessKeyId|SignatureProvided|StringToSign|CanonicalRequest)>)[^<]+", "$1" + HIDDEN),
            Rule.of("\\b(AKIA|ASIA)[A-Z0-9]{12,}", "$1" + HIDDEN),
            // Keys of image APIs, which these repeat in their errors.
            Rule.of("\\b(sk|pk|rk)-[\\w*.-]{6,}", "$1-" + HIDDEN),
            Rule.of("\\b(r8_|AIza)[\\w-]{6,}", "$1" + HIDDEN));

    private Secrets() {
    }

    /** The text with {@code ***} in place of each secret; null for null. */
    public static String without(String text) {
        if (text == null) {
            return null;
        }
        String clean = text;
        for (Rule rule : RULES) {
            clean = rule.pattern().matcher(clean).replaceAll(rule.replacement());
        }
        return clean;
    }

    /** The same throwable if there is nothing to mask in it, its causes and its suppressed exceptions; else a copy. */
    static Throwable without(Throwable failure) {
        return isClean(failure, new ArrayList<>()) ? failure : new CleanThrowable(failure, new ArrayList<>());
    }

    /** @param seen guards against cycles of causes */
    private static boolean isClean(Throwable failure, List<Throwable> seen) {
        if (failure == null || seen.contains(failure)) {
            return true;
        }
        seen.add(failure);
        String text = failure.toString();
        boolean isClean = text == null || text.equals(without(text));
        for (Throwable suppressed : failure.getSuppressed()) {
            isClean = isClean && isClean(suppressed, seen);
        }
        return isClean && isClean(failure.getCause(), seen);
    }

    /** Looks like the original in a stack trace. */
    private static final class CleanThrowable extends Throwable {
        private static final long serialVersionUID = 1L;

        private final String text;

        private CleanThrowable(Throwable original, List<Throwable> seen) {
            super(without(original.getMessage()));
            seen.add(original);
            text = without(original.toString());
            setStackTrace(original.getStackTrace());
            for (Throwable suppressed : original.getSuppressed()) {
                if (!seen.contains(suppressed)) {
                    addSuppressed(new CleanThrowable(suppressed, seen));
                }
            }
            Throwable cause = original.getCause();
            if (cause != null && !seen.contains(cause)) {
                initCause(new CleanThrowable(cause, seen));
            }
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
