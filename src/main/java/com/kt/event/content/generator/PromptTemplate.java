package com.kt.event.content.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.microprofile.config.spi.Converter;

import com.kt.event.content.recommendation.Recommendation;

/**
 * A prompt with placeholders for the fields of a recommendation, such as <code>{eventTitle}</code>. A line whose fields are
 * all empty is left out, so that a short recommendation gives a short prompt without empty phrases.
 */
public final class PromptTemplate {
    /** In characters. Five fields and the prompt's own words stay below the 4,000 that the strictest models accept. */
    private static final int MAX_FIELD_LENGTH = 600;

    /** Any single word in braces, so that a misspelt placeholder is found; other braces are literal. */
    private static final Pattern PLACEHOLDER = Pattern.compile("(?U)\\{\\s*([\\w.-]+)\\s*}");
    /**
     * Line breaks, control characters, unpaired surrogates, which cannot be encoded in a request, and the bar, after which
     * LocalAI takes the rest of a prompt for what must not be in the image.
     */
    private static final Pattern BLANKS = Pattern.compile("(?U)[\\s\\p{Cntrl}\\p{Cs}|]+");
    private static final Pattern GRAPHEME = Pattern.compile("\\X");
    private static final Map<String, Function<Recommendation, String>> FIELDS = new TreeMap<>(Map.of(
            "eventTitle", Recommendation::eventTitle,
            "eventDescription", Recommendation::eventDescription,
            "targetAudience", Recommendation::targetAudience,
            "eventObjective", Recommendation::eventObjective,
            "additionalData", PromptTemplate::additionalData));

    private final List<Line> lines;

    /** A text, or a placeholder, whose text is null. */
    private record Part(String text, Function<Recommendation, String> field) {
    }

    private record Line(List<Part> parts) {
        /** Null if the line has placeholders and all their fields are empty. */
        private String fill(Recommendation recommendation) {
            StringBuilder filled = new StringBuilder();
            boolean isLeftOut = parts.stream().anyMatch(part -> part.text == null);
            for (Part part : parts) {
                String text = part.text == null ? onOneLine(part.field.apply(recommendation)) : part.text;
                isLeftOut = isLeftOut && (part.text != null || text.isEmpty());
                filled.append(text);
            }
            return isLeftOut ? null : filled.toString();
        }
    }

    private PromptTemplate(List<Line> lines) {
        this.lines = lines;
    }

    public static PromptTemplate of(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a prompt must not be blank");
        }
        return new PromptTemplate(text.lines().map(PromptTemplate::line).toList());
    }

    private static Line line(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher placeholders = PLACEHOLDER.matcher(text);
        int end = 0;
        while (placeholders.find()) {
            Function<Recommendation, String> field = FIELDS.get(placeholders.group(1));
            if (field == null) {
                throw new IllegalArgumentException("unknown placeholder " + placeholders.group()
                        + ", known are " + String.join(", ", FIELDS.keySet()));
            }
            parts.add(new Part(text.substring(end, placeholders.start()), null));
            parts.add(new Part(null, field));
            end = placeholders.end();
        }
        parts.add(new Part(text.substring(end), null));
        return new Line(List.copyOf(parts));
    }

    /** Lets an invalid prompt stop the start with its reason, which an implicit converter would drop. */
    public static final class FromText implements Converter<PromptTemplate> {
        private static final long serialVersionUID = 1L;

        @Override
        public PromptTemplate convert(String text) {
            return of(text);
        }
    }

    String fill(Recommendation recommendation) {
        return lines.stream().map(line -> line.fill(recommendation)).filter(Objects::nonNull)
                .collect(Collectors.joining("\n"));
    }

    /** Line breaks in a field would look like lines of the prompt itself. */
    private static String onOneLine(String field) {
        return cut(isOnOneLine(field) ? field.strip() : BLANKS.matcher(field).replaceAll(" ").strip());
    }

    /** Whether it consists of ASCII, Hangul and single blanks, as most fields do. */
    private static boolean isOnOneLine(String field) {
        char before = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            boolean isOrdinary = c > ' ' && c < 0x7F && c != '|' || c >= '\uAC00' && c <= '\uD7A3';
            if (!isOrdinary && (c != ' ' || before == ' ')) {
                return false;
            }
            before = c;
        }
        return true;
    }

    /** Never within an emoji of several characters or a letter with its marks, unless these are too long. */
    private static String cut(String value) {
        if (value.codePointCount(0, value.length()) <= MAX_FIELD_LENGTH) {
            return value;
        }
        int most = value.offsetByCodePoints(0, MAX_FIELD_LENGTH);
        Matcher graphemes = GRAPHEME.matcher(value);
        int end = 0;
        while (graphemes.find() && graphemes.end() <= most) {
            end = graphemes.end();
        }
        return value.substring(0, end > 0 ? end : most);
    }

    private static String additionalData(Recommendation recommendation) {
        return recommendation.additionalData().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
    }
}
