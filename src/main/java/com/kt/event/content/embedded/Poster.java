package com.kt.event.content.embedded;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A sample image of one event, as a self-contained SVG for browsers. The stand-in image API returns it in dev mode: the
 * event's own words in three styles that differ at a glance, without an image model and its bill. The same words give
 * the same poster. The footer says that it is a sample, so that nobody takes it for a generated image.
 */
record Poster(String style, String title, String tagline) {

    private static final Map<String, String> PALETTES = Map.of("simple", """
            <style>.from,.to{stop-color:#fbfaf7} text{font-family:sans-serif;font-weight:300;fill:#1d1d1f}
            circle{fill:none;stroke:#1d1d1f;stroke-width:2} .a{fill:hsl(var(--hue),65%,55%);stroke:none}</style>
            <circle class="a" cx="560" cy="130" r="84"/><circle cx="490" cy="120" r="84"/>
            <path class="a" d="M462 782h100v5h-100z"/><text x="512" y="280" font-size="32">심플</text>
            """, "fancy", """
            <style>.from{stop-color:hsl(var(--hue),70%,22%)} .to{stop-color:hsl(var(--hue),80%,6%)}
            text{font-family:'Noto Serif KR','Noto Serif CJK KR',Batang,serif;font-weight:700;fill:#f7dc8f}
            path,circle{fill:none;stroke:#e3b75a;stroke-width:3} .a{stroke-width:70;stroke-dasharray:3 13}</style>
            <path d="M36 36H988V988H36ZM54 54H970V970H54ZM36 136L136 36M888 36L988 136M36 888L136 988M888 988L988 888"/>
            <circle cx="512" cy="128" r="30"/><circle class="a" cx="512" cy="128" r="76"/>
            <path d="M312 784h180l20-12 20 12h180"/><text x="512" y="280" font-size="32">화려한</text>
            """, "trendy", """
            <style>.from{stop-color:hsl(var(--hue),100%,62%)} .to{stop-color:hsl(calc(var(--hue) + 90),100%,55%)}
            text{font-family:sans-serif;font-weight:900;fill:#fff;stroke-width:.2em;paint-order:stroke}
            text,path,circle{stroke:#0b0b0f;stroke-linejoin:round} path,circle{fill:#fff;stroke-width:10}
            circle{fill:hsl(calc(var(--hue) + 180),100%,60%)} .a{stroke-dasharray:0 28;stroke-linecap:round}</style>
            <circle cx="880" cy="760" r="230"/><path d="M-40 90L330 40 250 320-60 270Z"/>
            <path class="a" d="M600 60h400M600 88h400M600 116h400M600 144h400"/>
            <text x="512" y="280" font-size="32">트렌디</text>
            """);

    private static final Pattern VISIBLE_CHARACTER = Pattern.compile("\\X");
    private static final int WIDTH = 832;
    private static final double LEADING = 1.3;

    Poster {
        title = clean(title).isEmpty() ? "우리 가게 이벤트" : clean(title);
        tagline = clean(tagline);
    }

    String svg() {
        int size = IntStream.iterate(150, s -> s - 2).filter(s -> s <= 48 || titleFits(s)).findFirst().orElseThrow();
        List<String> titleLines = lines(title, size, 4);
        int top = 545 - (int) (titleLines.size() * size * LEADING / 2);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="1024" height="1024" viewBox="0 0 1024 1024" role="img"
                lang="ko" text-anchor="middle" style="--hue:%s"><title>%s</title>
                <linearGradient id="back" x2="1" y2="1"><stop class="from"/><stop class="to" offset="1"/></linearGradient>
                <rect width="1024" height="1024" fill="url(#back)"/>%s%s%s
                <text x="512" y="948" font-size="20">개발용 샘플 이미지</text></svg>
                """
                .formatted(Math.floorMod(title.hashCode(), 360), escaped(title),
                        PALETTES.getOrDefault(String.valueOf(style), PALETTES.get("simple")),
                        printed("title", titleLines, size, top), printed("tagline", lines(tagline, 32, 2), 32, 806));
    }

    private boolean titleFits(int size) {
        List<String> lines = lines(title, size, 4);
        return String.join(" ", lines).equals(title) && lines.size() * size * LEADING < 480;
    }

    private static String printed(String role, List<String> lines, int size, int top) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> "<text class=\"%s\" x=\"512\" y=\"%s\" font-size=\"%s\">%s</text>\n"
                        .formatted(role, top + (int) (size * (1 + i * LEADING)), size, escaped(lines.get(i))))
                .collect(Collectors.joining());
    }

    /** Breaks a word only where it alone is wider than a line. An ellipsis replaces what does not fit. */
    private static List<String> lines(String text, int size, int most) {
        double room = (double) WIDTH / size;
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (!rest.isEmpty() && lines.size() < most) {
            String line = start(rest, room);
            int space = line.length() < rest.length() ? rest.lastIndexOf(' ', line.length()) : 0;
            lines.add(space > 0 ? rest.substring(0, space) : line);
            rest = rest.substring(lines.get(lines.size() - 1).length()).strip();
        }
        if (!rest.isEmpty()) {
            lines.set(most - 1, start(lines.get(most - 1), room - 1) + "…");
        }
        return lines;
    }

    /** As many whole visible characters as fit, but at least one. */
    private static String start(String text, double room) {
        Matcher character = VISIBLE_CHARACTER.matcher(text);
        int end = 0;
        while (character.find() && (end == 0 || width(text.substring(0, character.end())) <= room)) {
            end = character.end();
        }
        return text.substring(0, end);
    }

    /** An estimate in ems, generous enough for every font above. */
    private static double width(String text) {
        return text.codePoints().mapToDouble(Poster::width).sum();
    }

    private static double width(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            case Character.SPACE_SEPARATOR -> 0.35;
            case Character.UPPERCASE_LETTER -> 0.9;
            default -> character >= 0x1F000 ? 1.3 : character >= 0x1100 ? 1 : "wm@%".indexOf(character) >= 0 ? 1 : 0.7;
        };
    }

    private static String clean(String text) {
        return Normalizer.normalize(text == null ? "" : text, Normalizer.Form.NFC).replaceAll("(?U)\\s+", " ")
                .replaceAll("[\\p{Cc}\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]", "").strip();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
