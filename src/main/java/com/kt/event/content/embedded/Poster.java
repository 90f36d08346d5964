package com.kt.event.content.embedded;

import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A sample image of an event for dev mode, as a self-contained SVG for browsers, in one of three styles. The same texts give
 * the same poster. The footer says that it is a sample, so that it is not mistaken for a generated image.
 */
record Poster(String style, String title, String tagline) {
    private static final Map<String, String> PALETTES = Map.of("simple", """
            <style>.from,.to{stop-color:#fbfaf7} text{font-family:sans-serif;font-weight:300;fill:#1d1d1f}
            circle{fill:none;stroke:#1d1d1f;stroke-width:2} .a{fill:hsl(var(--hue),65%,55%);stroke:none}</style>
            <circle class="a" cx="560" cy="130" r="84"/><circle cx="490" cy="120" r="84"/>
            <path class="a" d="M462 782h100v5h-100z"/><text x="512" y="296" font-size="32">심플</text>
            """, "fancy",
            """
                    <style>.from{stop-color:hsl(var(--hue),70%,22%)} .to{stop-color:hsl(var(--hue),80%,6%)} path,circle{fill:none;
                    stroke:#e3b75a;stroke-width:3} .a{stroke-width:70;stroke-dasharray:3 13} text{font-weight:700;fill:#f7dc8f;
                    font-family:'Noto Serif KR','Noto Serif CJK KR',Batang,serif}</style>
                    <path d="M36 36H988V988H36ZM54 54H970V970H54ZM36 136L136 36M888 36L988 136M36 888L136 988M888 988L988 888
                    M312 784h180l20-12 20 12h180"/><circle cx="512" cy="128" r="30"/><circle class="a" cx="512" cy="128" r="76"/>
                    <text x="512" y="296" font-size="32">화려한</text>
                    """,
            "trendy",
            """
                    <style>.from{stop-color:hsl(var(--hue),100%,62%)} .to{stop-color:hsl(calc(var(--hue) + 90),100%,55%)}
                    text{font-family:sans-serif;font-weight:900;fill:#fff;stroke-width:.2em;paint-order:stroke}
                    text,path,circle{stroke:#0b0b0f;stroke-linejoin:round} path,circle{fill:#fff;stroke-width:10}
                    circle{fill:hsl(calc(var(--hue) + 180),100%,60%)} .a{stroke-dasharray:0 28;stroke-linecap:round}</style>
                    <circle cx="880" cy="760" r="230"/><path d="M-40 90L330 40 250 320-60 270Z"/>
                    <path class="a" d="M600 60h400M600 88h400M600 116h400M600 144h400"/>
                    <text x="512" y="296" font-size="32">트렌디</text>
                    """);
    static final String NOTE = "개발용 샘플 이미지";
    /** Leaves room for a line of emoji, which are wider than an em. */
    private static final int WIDTH = 780;
    private static final double LEADING = 1.3;

    Poster {
        title = clean(title).isEmpty() ? "우리 가게 이벤트" : clean(title);
        tagline = clean(tagline);
    }

    /**
     * @param width in pixels; the poster is drawn in the middle, as large as possible
     * @param height as the width
     */
    String svg(int width, int height) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 1024 1024" role="img"
                lang="ko" text-anchor="middle" style="--hue:%s"><title>%s</title>
                <linearGradient id="back" gradientUnits="userSpaceOnUse" x2="1024" y2="1024"><stop class="from"/><stop class="to" offset="1"/></linearGradient>
                <rect x="-8192" y="-8192" width="17408" height="17408" fill="url(#back)"/>%s%s%s
                <text x="512" y="948" font-size="20">%s</text></svg>
                """
                .formatted(width, height, hue(), escaped(title),
                        PALETTES.getOrDefault(String.valueOf(style), PALETTES.get("simple")),
                        svg("title", titleLines()), svg("tagline", taglineLines()), NOTE);
    }

    /** The colour of the event, in degrees. */
    int hue() {
        return Math.floorMod(title.hashCode(), 360);
    }

    List<Line> titleLines() {
        int size = IntStream.iterate(150, s -> s - 2).filter(s -> s <= 48 || isWhole(title, s)).findFirst()
                .orElseThrow();
        List<String> lines = lines(title, size, 4);
        return placed(lines, size, 550 - (int) (lines.size() * size * LEADING / 2));
    }

    List<Line> taglineLines() {
        return placed(lines(tagline, 32, 2), 32, 806);
    }

    /**
     * A line of text, centred.
     *
     * @param baseline in pixels from the top
     * @param size in pixels
     */
    record Line(String text, int baseline, int size) {
    }

    private static List<Line> placed(List<String> lines, int size, int top) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> new Line(lines.get(i), top + (int) (size * (1 + i * LEADING)), size)).toList();
    }

    private static boolean isWhole(String title, int size) {
        return title.equals(String.join(" ", lines(title, size, (int) Math.min(4, 440 / LEADING / size))));
    }

    private static String svg(String role, List<Line> lines) {
        return lines.stream()
                .map(line -> "<text class=\"%s\" x=\"512\" y=\"%s\" font-size=\"%s\">%s</text>\n"
                        .formatted(role, line.baseline(), line.size(), escaped(line.text())))
                .collect(Collectors.joining());
    }

    /** Counts an em for each visible character, breaks a word only if it is longer than a line, and ends in an ellipsis. */
    private static List<String> lines(String text, int size, int most) {
        Pattern line = Pattern.compile(" ?(\\X{1,%1$d}(?= |$)|\\X{1,%1$d})".formatted(WIDTH / size));
        List<String> lines = line.matcher(text).results().map(found -> found.group(1)).limit(most + 1)
                .collect(Collectors.toList());
        if (lines.size() > most) {
            lines.remove(most);
            lines.set(most - 1, lines.get(most - 1).replaceFirst("^(\\X*)\\X$", "$1…"));
        }
        return lines;
    }

    private static String clean(String text) {
        return Normalizer.normalize(text == null ? "" : text, Normalizer.Form.NFC).replaceAll("(?U)\\s+", " ")
                .replaceAll("[\\p{Cc}\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]", "").strip();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
