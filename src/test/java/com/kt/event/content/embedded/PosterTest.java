package com.kt.event.content.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PosterTest {

    private static final List<String> STYLES = List.of("simple", "fancy", "trendy");
    private static final String LONG = "우리동네 수제버거 오픈 3주년 감사 이벤트 — 선착순 100명 감자튀김 무료 증정";

    @Test
    void escapesMarkupInTheTitle() throws Exception {
        for (String style : STYLES) {
            assertEquals("커피 & 케이크 <1+1> \"봄\"", titleOn(style, "커피 & 케이크 <1+1> \"봄\""));
            assertEquals("]]> &amp; <script>", titleOn(style, "]]> &amp; <script>"));
        }
    }

    @Test
    void escapesMarkupInTheTagline() throws Exception {
        for (String style : STYLES) {
            assertEquals("빵 < 떡 & 죽", textOf("tagline", new Poster(style, "봄", "빵 < 떡 & 죽")));
        }
    }

    @Test
    void dropsControlCharactersAndLoneSurrogates() throws Exception {
        for (String style : STYLES) {
            assertEquals("봄맞이 딸기 라떼", titleOn(style, "봄\u0000맞\u001b이\n딸기\t\r 라\ud83d떼\ufffe\u202e"));
        }
    }

    @Test
    void keepsEmojiWhole() throws Exception {
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
        for (String style : STYLES) {
            for (String line : linesOf("title", new Poster(style, family.repeat(80), ""))) {
                assertEquals("", line.replace(family, "").replace("…", ""));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"봄날", "봄맞이 딸기 라떼 1+1", "비 오는 날엔 파전", LONG})
    void printsTheWholeTitleAndKeepsItsWordsWhole(String title) throws Exception {
        for (String style : STYLES) {
            assertEquals(title, titleOn(style, title));
        }
    }

    @Test
    void namesTheEventEvenWithoutATitle() throws Exception {
        for (String style : STYLES) {
            assertEquals("우리 가게 이벤트", titleOn(style, null));
            assertEquals("우리 가게 이벤트", titleOn(style, " \u0007 "));
            assertEquals(List.of(), linesOf("tagline", new Poster(style, "봄", null)));
        }
    }

    @Test
    void endsATitleThatIsFarTooLongInAnEllipsis() throws Exception {
        for (String style : STYLES) {
            List<String> lines = linesOf("title", new Poster(style, "가나다 라마 ".repeat(29), ""));
            assertEquals(4, lines.size());
            assertTrue(lines.get(3).endsWith("…"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"봄", LONG, "WOW MEGA SUMMER COMMUNITY MARKET GRAND OPENING WEEK", "a",
            "20% 30% 40% 50% 60%"})
    void keepsEveryLineInsideTheImage(String text) throws Exception {
        for (String style : STYLES) {
            for (String tagline : List.of("", text, "가".repeat(60), "특별한 하루 ".repeat(9))) {
                assertFits(new Poster(style, text, tagline));
                assertFits(new Poster(style, text.repeat(200 / text.length()), tagline));
                assertFits(new Poster(style, text.replace(" ", ""), tagline));
            }
        }
    }

    @Test
    void drawsThreeStylesThatDiffer() {
        List<String> images = STYLES.stream().map(style -> new Poster(style, LONG, "오세요").svg()).toList();

        assertEquals(3, images.stream().distinct().count());
        assertTrue(images.get(0).contains(">심플<"));
        assertTrue(images.get(1).contains(">화려한<"));
        assertTrue(images.get(2).contains(">트렌디<"));
    }

    @Test
    void drawsAnUnknownStyleAsSimple() {
        String simple = new Poster("simple", LONG, "오세요").svg();

        assertEquals(simple, new Poster("baroque", LONG, "오세요").svg());
        assertEquals(simple, new Poster(null, LONG, "오세요").svg());
    }

    @Test
    void drawsTheSameEventTheSameWayAndOtherEventsDifferently() {
        for (String style : STYLES) {
            assertEquals(new Poster(style, LONG, "").svg(), new Poster(style, LONG, "").svg());
            assertNotEquals(bare(new Poster(style, "가을", "")), bare(new Poster(style, "겨울", "")));
        }
    }

    @Test
    void saysItIsASampleAndLoadsNothing() throws Exception {
        for (String style : STYLES) {
            String svg = new Poster(style, LONG, "오세요").svg();
            assertTrue(svg.contains("개발용 샘플 이미지"));
            assertFalse(svg.contains("<script") || svg.contains("<image") || svg.contains("url(h"));
            assertEquals("0 0 1024 1024", parsed(svg).getDocumentElement().getAttribute("viewBox"));
        }
    }

    /** The image without its words. */
    private static String bare(Poster poster) {
        return poster.svg().replace(poster.title(), "");
    }

    private static void assertFits(Poster poster) throws Exception {
        NodeList texts = parsed(poster.svg()).getElementsByTagName("text");
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
        double left = number(text, "x") - ("simple".equals(style) ? 0 : wide / 2);
        String what = style + ": " + text.getTextContent();
        assertTrue(left >= 90 && left + wide <= 940, what);
        assertTrue(number(text, "y") - size >= 200 && number(text, "y") <= 930, what);
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static String titleOn(String style, String title) throws Exception {
        Poster poster = new Poster(style, title, "오세요");
        assertEquals(poster.title(), parsed(poster.svg()).getElementsByTagName("title").item(0).getTextContent());
        return textOf("title", poster);
    }

    private static String textOf(String role, Poster poster) throws Exception {
        return String.join(" ", linesOf(role, poster));
    }

    private static List<String> linesOf(String role, Poster poster) throws Exception {
        NodeList texts = parsed(poster.svg()).getElementsByTagName("text");
        return IntStream.range(0, texts.getLength()).mapToObj(i -> (Element) texts.item(i))
                .filter(text -> text.getAttribute("class").equals(role))
                .map(Element::getTextContent).collect(Collectors.toList());
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
