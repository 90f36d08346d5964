package com.kt.event.content.recommendation;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Normalizes text so that it can be read, compared and put into an image. */
final class Texts {
    /** Used as blanks, although Unicode does not count them as white space. */
    private static final Pattern FILLERS = Pattern.compile("[\\u3164\\uFFA0\\u2800]");

    /**
     * Soft hyphens, zero width spaces, marks of direction and of byte order, tags, and halves of surrogate pairs. The
     * joiners stay, of which emoji are made, and the tags of a flag ($1).
     */
    private static final Pattern UNSEEN = Pattern.compile("(\\x{1F3F4}[\\x{E0020}-\\x{E007F}]+)"
            + "|[\\p{Cf}\\p{Cs}\\x{E0000}-\\x{E007F}&&[^\\u200C\\u200D]]");

    /**
     * A text with at least one of these is visible; marks, fillers and variation selectors alone are not. Characters that
     * are newer than this Java's tables may be visible, unless their range is reserved for invisible ones.
     */
    private static final Pattern VISIBLE = Pattern.compile(
            "[^\\p{C}\\p{Z}\\p{Mn}\\p{Me}\\s\\u115F\\u1160\\u3164\\uFFA0\\u2800\\x{1D159}]"
                    + "|[\\p{Cn}&&[^\\u180F\\u2065\\uFDD0-\\uFDEF\\uFFF0-\\uFFFF\\x{E0000}-\\x{E0FFF}]]");

    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private Texts() {
    }

    /** The text in NFC, without invisible characters and surrounding blanks. */
    static String clean(String text) {
        if (isOrdinary(text)) {
            return text.strip();
        }
        String seen = UNSEEN.matcher(FILLERS.matcher(text).replaceAll(" ")).replaceAll("$1");
        return strip(Normalizer.normalize(seen, Normalizer.Form.NFC));
    }

    /** Strips Unicode blanks and control characters too. */
    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    /** Most texts are ASCII and composed Hangul, and need no further checks. */
    private static boolean isOrdinary(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isOrdinary(c) && c != '\n') {
                return false;
            }
        }
        return true;
    }

    private static boolean isOrdinary(char c) {
        return c >= ' ' && c < 0x7F || c >= '\uAC00' && c <= '\uD7A3';
    }

    static boolean isVisible(String text) {
        boolean startsVisibly = !text.isEmpty() && isOrdinary(text.charAt(0)) && text.charAt(0) != ' ';
        return startsVisibly || VISIBLE.matcher(text).find();
    }

    /** Whether the text was corrupted: by replacement characters, or by decoding with the wrong charset. */
    static boolean isDamaged(String text) {
        return text.indexOf('\uFFFD') >= 0 || Mojibake.isIn(text);
    }

    /** At most {@code length} chars, without splitting a grapheme. */
    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        Matcher clusters = CLUSTER.matcher(text);
        int end = 0;
        while (clusters.find() && clusters.end() <= length) {
            end = clusters.end();
        }
        // A single letter with endless marks.
        return text.substring(0,
                end > 0 ? end : Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
