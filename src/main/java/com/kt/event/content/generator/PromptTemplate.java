package com.kt.event.content.generator;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.microprofile.config.spi.Converter;

import com.kt.event.content.recommendation.Recommendation;

/**
 * A prompt with the recommendation's parts left open, as <code>{eventTitle}</code> and the like. A line in which every
 * open part turns out empty is left out, so that a short recommendation gives a short prompt and no hollow phrases.
 */
public final class PromptTemplate {
    /** In characters; five of them and a prompt's own words stay below the 4,000 that the strictest models take. */
    private static final int MAX_PART_LENGTH = 600;

    /** Any one word in braces, so that a misspelt part is found; other braces stand for themselves. */
    private static final Pattern PLACEHOLDER = Pattern.compile("(?U)\\{\\s*([\\w.-]+)\\s*}");
    /** Line breaks and controls, and what an older version left of a surrogate pair, which no request can carry. */
    private static final Pattern UNPRINTABLE = Pattern.compile("(?U)[\\s\\p{Cntrl}\\p{Cs}]+");
    private static final Pattern LETTER = Pattern.compile("\\X");
    private static final Map<String, Function<Recommendation, String>> PARTS = new TreeMap<>(Map.of(
            "eventTitle", Recommendation::eventTitle,
            "eventDescription", Recommendation::eventDescription,
            "targetAudience", Recommendation::targetAudience,
            "eventObjective", Recommendation::eventObjective,
            "additionalData", PromptTemplate::additionalData));

    private final String text;

    private PromptTemplate(String text) {
        this.text = text;
    }

    public static PromptTemplate of(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a prompt must say something");
        }
        Matcher placeholders = PLACEHOLDER.matcher(text);
        while (placeholders.find()) {
            if (!PARTS.containsKey(placeholders.group(1))) {
                throw new IllegalArgumentException("unknown placeholder " + placeholders.group()
                        + ", known are " + String.join(", ", PARTS.keySet()));
            }
        }
        return new PromptTemplate(text);
    }

    /** Makes a broken prompt stop the start; the static method alone would do so as well, but without its reason. */
    public static final class FromText implements Converter<PromptTemplate> {
        private static final long serialVersionUID = 1L;

        @Override
        public PromptTemplate convert(String text) {
            return of(text);
        }
    }

    String fill(Recommendation recommendation) {
        return text.lines()
                .filter(line -> !isHollow(line, recommendation))
                .map(line -> PLACEHOLDER.matcher(line)
                        .replaceAll(open -> Matcher.quoteReplacement(part(open.group(1), recommendation))))
                .collect(Collectors.joining("\n"));
    }

    private static boolean isHollow(String line, Recommendation recommendation) {
        Matcher placeholders = PLACEHOLDER.matcher(line);
        boolean open = false;
        while (placeholders.find()) {
            open = true;
            if (!part(placeholders.group(1), recommendation).isEmpty()) {
                return false;
            }
        }
        return open;
    }

    /** In one line: a part's line breaks would look like lines of the prompt's own. */
    private static String part(String name, Recommendation recommendation) {
        return cut(UNPRINTABLE.matcher(PARTS.get(name).apply(recommendation)).replaceAll(" ").strip());
    }

    /** Not within an emoji of several characters, or a letter and its marks, unless these never end. */
    private static String cut(String part) {
        if (part.codePointCount(0, part.length()) <= MAX_PART_LENGTH) {
            return part;
        }
        int most = part.offsetByCodePoints(0, MAX_PART_LENGTH);
        Matcher letters = LETTER.matcher(part);
        int end = 0;
        while (letters.find() && letters.end() <= most) {
            end = letters.end();
        }
        return part.substring(0, end > 0 ? end : most);
    }

    private static String additionalData(Recommendation recommendation) {
        return recommendation.additionalData().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
    }
}
