package com.kt.event.content.embedded;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A poster of one event, drawn as a self-contained SVG. The stand-in image API answers with it in dev mode, so that
 * a person who tries the service sees images of the very event, and three styles that differ at a glance, without
 * an image model and its bill. The same words always make the same poster; other words get other colours and
 * ornaments. The badge and the footer say what it is, so nobody takes it for a generated image.
 */
record Poster(String style, String title, String tagline) {

    private static final String SANS = "'Pretendard','Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR',"
            + "'Noto Sans CJK KR',sans-serif";
    private static final String SERIF = "'Noto Serif KR','Noto Serif CJK KR','Nanum Myeongjo','AppleMyungjo',"
            + "'Batang'," + SANS;
    private static final String FOOTER = "개발용 샘플 이미지";
    private static final String UNTITLED = "우리 가게 이벤트";
    private static final String SPARKLE = "M0-10Q1-1 10 0Q1 1 0 10Q-1 1-10 0Q-1-1 0-10Z";

    private static final String[] ACCENTS = {"#e4572e", "#2f5bea", "#1f8a70", "#d6336c", "#e09f00", "#6741d9"};
    private static final String[][] JEWELS = {{"#7d1230", "#1f030c"}, {"#0f5a45", "#03150f"}, {"#22358a", "#060a22"},
            {"#5a1c7d", "#14041e"}, {"#0d5468", "#02141a"}, {"#7a3313", "#1f0a02"}};
    private static final Integer[] PETALS = {8, 10, 12, 16};
    private static final String[][] NEONS = {{"#ff3cac", "#6a3dff", "#e4ff3a"}, {"#00d5ff", "#5468ff", "#ff7ad9"},
            {"#ff7a00", "#ff2e7e", "#4dffd8"}, {"#12e6a0", "#00a3ff", "#ffe600"}, {"#b15cff", "#ff5a5f", "#c3ff4d"}};

    private static final Pattern VISIBLE_CHARACTER = Pattern.compile("\\X");
    private static final int MOST_LINES = 4;
    private static final double LEADING = 1.32;

    Poster {
        title = clean(title).isEmpty() ? UNTITLED : clean(title);
        tagline = clean(tagline);
    }

    String svg() {
        String image = switch (String.valueOf(style)) {
            case "fancy" -> fancy();
            case "trendy" -> trendy();
            default -> simple();
        };
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="1024" height="1024" viewBox="0 0 1024 1024" role="img">
                <title>%s</title>
                %s</svg>
                """.formatted(escaped(title), image);
    }

    /** White space, thin type, one accent colour. */
    private String simple() {
        int size = fittingSize(title, 832, 350, 140, 48);
        List<String> lines = lines(title, 832, 350, size);
        int small = fittingSize(tagline, 832, 96, 34, 26);
        String[] motifs = {
                "<circle r='150' fill='%1$s' stroke='none'/><circle cx='-84' cy='-40' r='150'/>",
                "<circle r='58' fill='%1$s' stroke='none'/><circle r='98'/><circle r='138'/><circle r='178'/>",
                "<path d='M-150 0A150 150 0 0 1 0-150V0ZM0 0H150A150 150 0 0 1 0 150Z' fill='%1$s' stroke='none'/>"
                        + "<path d='M0-150A150 150 0 0 1 150 0M0 150A150 150 0 0 1-150 0'/>",
                "<path d='M-150 40A150 150 0 0 1 150 40Z' fill='%1$s' stroke='none'/>"
                        + "<path d='M-190 72H190M-150 104H150M-110 136H110'/>"};
        return """
                <rect width="1024" height="1024" fill="#fbfaf7"/>
                <g transform="translate(776 248)scale(0.9)" fill="none" stroke="#1d1d1f" stroke-width="2">%2$s</g>
                <g font-family="%3$s" font-weight="300" fill="#1d1d1f">
                <circle cx="103" cy="110" r="7" fill="%1$s"/>
                <text x="124" y="119" font-size="26" font-weight="400">심플</text>
                %4$s<rect x="96" y="806" width="72" height="4" fill="%1$s"/>
                <g fill="#5f5f66" font-weight="400">%5$s</g>
                <text x="928" y="968" font-size="18" text-anchor="end" fill="#6d6d73">%6$s</text></g>
                """.formatted(colours(ACCENTS), arrangement(motifs).formatted(colours(ACCENTS)), SANS,
                stacked("title", lines, size, 96, 776 - height(lines, size)),
                stacked("tagline", lines(tagline, 832, 96, small), small, 96, 830), FOOTER);
    }

    /** Deep colour, gold, ornaments, bold serifs. */
    private String fancy() {
        int size = fittingSize(title, 740, 370, 160, 46);
        List<String> lines = lines(title, 740, 370, size);
        int small = fittingSize(tagline, 720, 84, 31, 26);
        int top = 572 - height(lines, size) / 2;
        int below = top + height(lines, size) + 40;
        Random dice = new Random(title.hashCode());
        String ray = "<path d='M0 0L-14-1000H14Z' transform='rotate(%s)'/>";
        String petal = "<g transform='rotate(%s)'><path d='M0-34C26-60 22-92 0-112C-22-92-26-60 0-34Z'/>"
                + "<circle cy='-124' r='3'/></g>";
        String corner = "<path d='M-446-306V-446H-306M-446-326C-396-326-326-396-326-446"
                + "M-446-366C-406-366-366-406-366-446M-432-422a10 10 0 1 0 20 0a10 10 0 1 0-20 0'"
                + " transform='translate(512 512)rotate(%s)'/>";
        return """
                <defs><radialGradient id="deep" cy="0.3" r="0.8"><stop stop-color="%1$s"/>
                <stop offset="1" stop-color="%2$s"/></radialGradient>
                <radialGradient id="glow" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="760">
                <stop stop-color="#ffe9a8" stop-opacity="0.3"/><stop offset="1" stop-color="#ffe9a8" stop-opacity="0"/>
                </radialGradient>
                <linearGradient id="gold" gradientUnits="userSpaceOnUse" x1="140" y1="300" x2="884" y2="800">
                <stop stop-color="#f7dc8f"/><stop offset="0.3" stop-color="#e0ae4c"/>
                <stop offset="0.5" stop-color="#fff4cf"/><stop offset="0.7" stop-color="#e4b556"/>
                <stop offset="1" stop-color="#f9e3a0"/></linearGradient><g id="words">%9$s</g></defs>
                <rect width="1024" height="1024" fill="url(#deep)"/>
                <g transform="translate(512 232)" fill="url(#glow)">%3$s</g>
                <g fill="none" stroke="#e3b75a" stroke-width="2"><path d="M36 36H988V988H36Z" stroke-width="6"/>
                <path d="M52 52H972V972H52Z"/>%4$s</g>
                <g transform="translate(512 232)" fill="none" stroke="#f3d489" stroke-width="2.5">%5$s
                <circle r="30"/><circle r="140" stroke-width="5" stroke-dasharray="0 11" stroke-linecap="round"/>
                <path d="%6$s" transform="scale(2.2)" fill="#fff4cf" stroke="none"/></g>
                <g fill="#ffefbd">%7$s</g>
                <g font-family="%8$s" font-weight="700" text-anchor="middle">
                <use href="#words" x="3" y="5" fill="#000" fill-opacity="0.5"/><use href="#words" fill="url(#gold)"/>
                <path d="M498 %10$sl14-9 14 9-14 9zM322 %10$sh150M552 %10$sh150" fill="#e3b75a" stroke="#e3b75a"
                stroke-width="2"/><g fill="#fbefd0" font-weight="500">%11$s</g>
                <g transform="translate(886 138)rotate(45)"><path d="M-220-26H220V26H-220Z" fill="#e3b75a"/>
                <text y="10" font-size="28" fill="%2$s">화려한</text></g>
                <text x="512" y="946" font-size="18" font-weight="400" fill="#e8d3a0">%12$s</text></g>
                """.formatted(colours(JEWELS)[0], colours(JEWELS)[1], around(36, ray), around(4, corner),
                around(arrangement(PETALS), petal), SPARKLE, repeated(40, i -> sparkle(dice)), SERIF,
                stacked("title", lines, size, 512, top), below,
                stacked("tagline", lines(tagline, 720, 84, small), small, 512, below + 26), FOOTER);
    }

    /** Neon, big outlined shapes, stickers, tilted type on slabs with hard shadows. */
    private String trendy() {
        int size = fittingSize(title, 760, 510, 190, 48);
        List<String> lines = lines(title, 760, 510, size);
        int small = fittingSize(tagline, 740, 90, 32, 26);
        List<String> smallLines = lines(tagline, 740, 90, small);
        int top = 520 - (height(lines, size) + height(smallLines, small)) / 2;
        String spikes = "<path d='M-76-76H76V76H-76Z' transform='rotate(%s)'/>";
        String[] shapes = {
                "<circle cx='170' cy='850' r='250'/><path d='M640 60L980 330L560 390Z'/>",
                "<circle cx='860' cy='720' r='260'/><path d='M-40 90L330 40L250 380L-60 330Z'/>",
                "<path d='M-60 640L420 1000L-60 1080Z'/><circle cx='300' cy='160' r='170'/>",
                "<path d='M620 1060C560 760 800 560 1080 640V1060Z'/><path d='M70 70H370V370H70Z'/>"};
        return """
                <defs><linearGradient id="neon" x2="1" y2="1"><stop stop-color="%1$s"/>
                <stop offset="1" stop-color="%2$s"/></linearGradient>
                <pattern id="dots" width="28" height="28" patternUnits="userSpaceOnUse">
                <circle cx="14" cy="14" r="5" fill="#0b0b0f"/></pattern></defs>
                <rect width="1024" height="1024" fill="url(#neon)"/>
                <g fill="%3$s" stroke="#0b0b0f" stroke-width="8" stroke-linejoin="round">%4$s</g>
                <rect y="756" x="560" width="420" height="168" fill="url(#dots)"/>
                <rect x="56" y="252" width="168" height="252" fill="url(#dots)"/>
                <path d="M500 116l36-40 36 40 36-40" fill="none" stroke="#fff" stroke-width="14"/>
                <g font-family="%5$s" font-weight="900" fill="#0b0b0f">
                <g transform="rotate(-5 512 520)">
                %6$s%7$s</g>
                <g transform="translate(880 148)rotate(10)" text-anchor="middle">
                <g transform="translate(8 8)">%8$s</g>%8$s<g fill="#fff" transform="scale(0.93)">%8$s</g>
                <text y="13" font-size="36">트렌디</text></g>
                <path d="M0 956H1024V1024H0Z"/><g fill="%3$s">%9$s</g>
                <text x="984" y="997" font-size="18" font-weight="500" text-anchor="end" fill="#fff">%10$s</text></g>
                """.formatted(colours(NEONS)[0], colours(NEONS)[1], colours(NEONS)[2], arrangement(shapes), SANS,
                slabs("title", lines, size, top, "#0b0b0f", "#fff", colours(NEONS)[2]),
                slabs("tagline", smallLines, small, top + height(lines, size) + 24, "#fff", "#0b0b0f"),
                around(16, spikes), repeated(8, i -> "<path d='%s' transform='translate(%s 990)scale(1.6)'/>"
                        .formatted(SPARKLE, 56 + 56 * i)),
                FOOTER);
    }

    private static String slabs(String role, List<String> lines, int size, int top, String ink, String... papers) {
        return repeated(lines.size(), i -> {
            int wide = (int) (width(lines.get(i)) * size) + size / 3 + 24;
            int y = top + (int) (i * size * LEADING);
            return """
                    <path d="M%1$s %2$sh%3$sv%4$sh-%3$sz" transform="translate(%12$s %12$s)"/>
                    <path d="M%1$s %2$sh%3$sv%4$sh-%3$sz" fill="%5$s" stroke="#0b0b0f" stroke-width="6"/>
                    <text class="%6$s" x="%7$s" y="%8$s" font-size="%9$s" fill="%10$s" text-anchor="middle">%11$s</text>
                    """.formatted(96, y, wide, (int) (size * 1.18), papers[i % papers.length], role, 96 + wide / 2,
                    y + (int) (size * 0.95), size, ink, escaped(lines.get(i)), size / 12);
        });
    }

    /** Above the title or in the strips beside it, never under the words. */
    private static String sparkle(Random dice) {
        boolean above = dice.nextBoolean();
        int x = above ? 170 + dice.nextInt(260) : 388 + dice.nextInt(44);
        int y = above ? 96 + dice.nextInt(230) : 340 + dice.nextInt(480);
        return "<path d='%s' transform='translate(%s %s)scale(%s)'/>"
                .formatted(SPARKLE, dice.nextBoolean() ? 512 + x : 512 - x, y, (4 + dice.nextInt(10)) / 10.0);
    }

    private static String around(int times, String shape) {
        return repeated(times, i -> shape.formatted(360 * i / times));
    }

    private static String repeated(int times, IntFunction<String> shape) {
        return IntStream.range(0, times).mapToObj(shape).collect(Collectors.joining());
    }

    /** What the title's hash picks: the same title, the same image. */
    private <T> T colours(T[] choices) {
        return choices[Math.floorMod(title.hashCode(), choices.length)];
    }

    private <T> T arrangement(T[] choices) {
        return choices[Math.floorMod(title.hashCode() / 31, choices.length)];
    }

    private static String stacked(String role, List<String> lines, int size, int x, int top) {
        return repeated(lines.size(), i -> "<text class=\"%s\" x=\"%s\" y=\"%s\" font-size=\"%s\">%s</text>\n"
                .formatted(role, x, top + (int) (size * (1 + i * LEADING)), size, escaped(lines.get(i))));
    }

    private static int height(List<String> lines, int size) {
        return (int) (lines.size() * size * LEADING);
    }

    /** The largest size at which the text fits with its words whole, else with long words broken, else the smallest. */
    private static int fittingSize(String text, int width, int height, int largest, int smallest) {
        return Stream.of((double) width / widestWord(text), (double) largest)
                .flatMap(limit -> IntStream.iterate(largest, s -> s >= smallest, s -> s - 2).boxed()
                        .filter(s -> s <= limit && wrapped(text, (double) width / s).size() <= linesThatFit(height, s)))
                .findFirst().orElse(smallest);
    }

    private static int linesThatFit(int height, int size) {
        return Math.min(MOST_LINES, (int) (height / (size * LEADING)));
    }

    /** The text on as few lines as it needs, of about the same width; what does not fit ends in an ellipsis. */
    private static List<String> lines(String text, int width, int height, int size) {
        double room = (double) width / size;
        int most = linesThatFit(height, size);
        List<String> wrapped = wrapped(text, room);
        if (wrapped.size() > most) {
            List<String> kept = new ArrayList<>(wrapped.subList(0, most));
            kept.set(most - 1, ellipsized(kept.get(most - 1), room));
            return kept;
        }
        return DoubleStream.iterate(widestWord(text), w -> w < room, w -> w + 0.2).mapToObj(w -> wrapped(text, w))
                .filter(lines -> lines.size() == wrapped.size()).findFirst().orElse(wrapped);
    }

    private static List<String> wrapped(String text, double room) {
        return filled(Stream.of(text.split(" ")).flatMap(word -> width(word) <= room
                ? Stream.of(word)
                : filled(characters(word), "", room).stream()), " ", room);
    }

    private static List<String> filled(Stream<String> parts, String glue, double room) {
        List<String> lines = new ArrayList<>();
        parts.filter(part -> !part.isEmpty()).forEach(part -> {
            int last = lines.size() - 1;
            if (last >= 0 && width(lines.get(last) + glue + part) <= room) {
                lines.set(last, lines.get(last) + glue + part);
            } else {
                lines.add(part);
            }
        });
        return lines;
    }

    private static String ellipsized(String line, double room) {
        return filled(characters(line), "", room - width("…")).get(0).strip() + "…";
    }

    private static Stream<String> characters(String text) {
        return VISIBLE_CHARACTER.matcher(text).results().map(MatchResult::group);
    }

    private static double widestWord(String text) {
        return Stream.of(text.split(" ")).mapToDouble(Poster::width).max().orElse(0);
    }

    /** The width in ems, generous enough for every font of the stacks above. */
    private static double width(String text) {
        return text.codePoints().mapToDouble(Poster::width).sum();
    }

    private static double width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        if (c >= 0x1100) {
            return c >= 0x1F000 && c < 0x20000 ? 1.3 : 1;
        }
        return c == ' ' ? 0.33 : "WMmw@%".indexOf(c) >= 0 ? 0.95 : Character.isUpperCase(c) ? 0.75 : 0.62;
    }

    private static String clean(String text) {
        return Normalizer.normalize(text == null ? "" : text, Normalizer.Form.NFC).replaceAll("(?U)\\s+", " ")
                .replaceAll("[\\p{Cc}\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]", "").strip();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
