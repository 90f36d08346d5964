package com.kt.event.content.recommendation;

import java.util.regex.Pattern;

/**
 * Detects Korean that was decoded as Latin-1 or Windows-1252: "ë´„" for 봄 in UTF-8, "º½" in EUC-KR. One letter is not
 * enough evidence: it may be a genuine "Ã©".
 */
final class Mojibake {
    /** The bytes 0x80 to 0xBF as decoded; soft hyphens (0xAD) and blanks (0xA0) may have been stripped already. */
    private static final String CONTINUATION = "[\\u0080-\\u00BF\\u20AC\\u201A\\u0192\\u201E\\u2026\\u2020\\u2021\\u02C6"
            + "\\u2030\\u0160\\u2039\\u0152\\u017D\\u2018\\u2019\\u201C\\u201D\\u2022\\u2013\\u2014\\u02DC\\u2122\\u0161\\u203A"
            + "\\u0153\\u017E\\u0178]";

    /** Hangul takes three bytes in UTF-8; the first is EA to ED. */
    private static final Pattern UTF_8 = Pattern.compile("[\\u00EA-\\u00ED]" + CONTINUATION + "{2}");
    /** Any multi-byte letter or emoji with a byte that decodes to a control character. */
    private static final Pattern WITH_CONTROL = Pattern.compile("[\\u00C3-\\u00DF][\\u0080-\\u009F][\\u00C2-\\u00DF]"
            + "|[\\u00E2-\\u00EF](?:[\\u0080-\\u009F][\\u0080-\\u00BF]|[\\u0080-\\u00BF][\\u0080-\\u009F])|\\u00F0\\u009F");
    /** UTF-8 that was decoded wrongly twice. */
    private static final Pattern TWICE = Pattern.compile("[\\u00C2\\u00C3]" + CONTINUATION);
    /** A syllable in EUC-KR takes two bytes. */
    private static final Pattern EUC_KR = Pattern.compile("[\\u00B0-\\u00C8][\\u00A1-\\u00FE]");

    private Mojibake() {
    }

    static boolean isIn(String text) {
        long others = countOthers(text);
        if (others == 0) {
            return false;
        }
        long misread = count(UTF_8, text);
        long pairs = count(EUC_KR, text);
        return misread > 1 || misread == 1 && others == 3 || count(TWICE, text) > 2
                || WITH_CONTROL.matcher(text).find() || pairs > 1 && others == 2 * pairs;
    }

    /** The characters that are neither ASCII nor Hangul. */
    private static int countOthers(String text) {
        int others = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 && (c < 0xAC00 || c > 0xD7A3)) {
                others++;
            }
        }
        return others;
    }

    private static long count(Pattern pattern, String text) {
        return pattern.matcher(text).results().count();
    }
}
