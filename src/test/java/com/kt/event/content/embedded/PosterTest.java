package com.kt.event.content.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import com.kt.event.content.recommendation.Style;

class PosterTest {

    private static final String LONG = "우리동네 수제버거 오픈 3주년 감사 이벤트 — 선착순 100명 감자튀김 무료 증정";

    @ParameterizedTest
    @EnumSource
    void escapesMarkupInTheTitle(Style style) throws Exception {
        assertEquals("커피 & 케이크 <1+1> \"봄\"", titleOn(style, "커피 & 케이크 <1+1> \"봄\""));
        assertEquals("]]> &amp; <script>", titleOn(style, "]]> &amp; <script>"));
    }

    @ParameterizedTest
    @EnumSource
    void escapesMarkupInTheTagline(Style style) throws Exception {
        assertEquals("빵 < 떡 & 죽", textOf("tagline", poster(style, "봄", "빵 < 떡 & 죽")));
    }

    @ParameterizedTest
    @EnumSource
    void dropsControlCharactersAndLoneSurrogates(Style style) throws Exception {
        assertEquals("봄맞이 딸기 라떼", titleOn(style, "봄\u0000맞\u001b이\n딸기\t\r 라\ud83d떼\ufffe\u202e"));
    }

    @ParameterizedTest
    @EnumSource
    void keepsEmojiWhole(Style style) throws Exception {
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
        for (String line : linesOf("title", poster(style, family.repeat(80), ""))) {
            assertEquals("", line.replace(family, "").replace("…", ""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void breaksAWordThatIsLongerThanALine(Style style) throws Exception {
        String word = "가".repeat(40);

        assertEquals(word, String.join("", linesOf("title", poster(style, word, ""))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"봄날", "봄맞이 딸기 라떼 1+1", "비 오는 날엔 파전", LONG})
    void printsTheWholeTitleAndKeepsItsWordsWhole(String title) throws Exception {
        for (Style style : Style.values()) {
            assertEquals(title, titleOn(style, title));
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesTheEventEvenWithoutATitle(Style style) throws Exception {
        assertEquals("우리 가게 이벤트", titleOn(style, null));
        assertEquals("우리 가게 이벤트", titleOn(style, " \u0007 "));
        assertEquals(List.of(), linesOf("tagline", poster(style, "봄", null)));
    }

    @ParameterizedTest
    @EnumSource
    void endsATitleThatIsFarTooLongInAnEllipsis(Style style) throws Exception {
        List<String> lines = linesOf("title", poster(style, "가나다 라마 ".repeat(29), ""));
        assertEquals(4, lines.size());
        assertTrue(lines.get(3).endsWith("…"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"봄", LONG, "WOW MEGA SUMMER COMMUNITY MARKET GRAND OPENING WEEK", "a",
            "20% 30% 40% 50% 60%"})
    void keepsEveryLineInsideTheImage(String text) throws Exception {
        for (Style style : Style.values()) {
            for (String tagline : List.of("", text, "가".repeat(60), "특별한 하루 ".repeat(9))) {
                assertFits(poster(style, text, tagline));
                assertFits(poster(style, text.repeat(200 / text.length()), tagline));
                assertFits(poster(style, text.replace(" ", ""), tagline));
            }
        }
    }

    @Test
    void drawsThreeStylesThatDiffer() {
        long different = Stream.of(Style.values())
                .map(style -> poster(style, LONG, "오세요").svg(1024, 1024).replace(style.label(), "")).distinct().count();

        assertEquals(3, different);
    }

    @ParameterizedTest
    @EnumSource
    void namesItsStyle(Style style) {
        assertTrue(poster(style, LONG, "오세요").svg(1024, 1024).contains(">" + style.label() + "<"));
    }

    @Test
    void drawsAnUnknownStyleAsSimple() {
        String simple = poster(Style.SIMPLE, LONG, "오세요").svg(1024, 1024);

        assertEquals(simple, new Poster("baroque", LONG, "오세요").svg(1024, 1024));
        assertEquals(simple, new Poster(null, LONG, "오세요").svg(1024, 1024));
    }

    @ParameterizedTest
    @EnumSource
    void drawsTheSameEventTheSameWayAndOtherEventsDifferently(Style style) {
        assertEquals(poster(style, LONG, "").svg(1024, 1024), poster(style, LONG, "").svg(1024, 1024));
        assertNotEquals(bare(poster(style, "가을", "")), bare(poster(style, "겨울", "")));
    }

    @ParameterizedTest
    @EnumSource
    void saysItIsASampleAndLoadsNothing(Style style) throws Exception {
        String svg = poster(style, LONG, "오세요").svg(1024, 1024);
        assertTrue(svg.contains("개발용 샘플 이미지"));
        assertFalse(svg.contains("<script") || svg.contains("<image") || svg.contains("url(h"));
        assertEquals("0 0 1024 1024", parsed(svg).getDocumentElement().getAttribute("viewBox"));
    }

    private static Poster poster(Style style, String title, String tagline) {
        return new Poster(style.key(), title, tagline);
    }

    /** The poster without its title. */
    private static String bare(Poster poster) {
        return poster.svg(1024, 1024).replace(poster.title(), "");
    }

    private static void assertFits(Poster poster) throws Exception {
        NodeList texts = parsed(poster.svg(1024, 1024)).getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            Element text = (Element) texts.item(i);
            if (!text.getAttribute("class").isEmpty()) {
                assertFits(text, poster.style());
            }
        }
    }

    private static void assertFits(Element text, String style) {
        double size = number(text, "font-size");
        double wide = size
                * text.getTextContent().codePoints().mapToDouble(c -> c == ' ' ? 0.33 : c < 0x1100 ? 0.55 : 1).sum();
        double left = number(text, "x") - wide / 2;
        String what = style + ": " + text.getTextContent();
        assertTrue(left >= 90 && left + wide <= 940, what);
        assertTrue(number(text, "y") - size >= 200 && number(text, "y") <= 930, what);
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static String titleOn(Style style, String title) throws Exception {
        Poster poster = poster(style, title, "오세요");
        assertEquals(poster.title(),
                parsed(poster.svg(1024, 1024)).getElementsByTagName("title").item(0).getTextContent());
        return textOf("title", poster);
    }

    private static String textOf(String role, Poster poster) throws Exception {
        return String.join(" ", linesOf(role, poster));
    }

    private static List<String> linesOf(String role, Poster poster) throws Exception {
        NodeList texts = parsed(poster.svg(1024, 1024)).getElementsByTagName("text");
        return IntStream.range(0, texts.getLength()).mapToObj(i -> (Element) texts.item(i))
                .filter(text -> text.getAttribute("class").equals(role))
                .map(Element::getTextContent).collect(Collectors.toList());
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
