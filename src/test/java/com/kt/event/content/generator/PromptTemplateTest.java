package com.kt.event.content.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

class PromptTemplateTest {
    private static final Recommendation LATTE = new Recommendation("봄맞이 딸기 라떼 1+1", "한 잔을 사면 한 잔 더", "20대 직장인",
            "점심 손님 늘리기", Map.of("기간", "4월 1일~7일"));

    @Test
    void fillsInEveryField() {
        assertThat(fill("{eventTitle}|{eventDescription}|{targetAudience}|{eventObjective}|{additionalData}", LATTE))
                .isEqualTo("봄맞이 딸기 라떼 1+1|한 잔을 사면 한 잔 더|20대 직장인|점심 손님 늘리기|기간: 4월 1일~7일");
    }

    @Test
    void fillsInAFieldAsOftenAsItIsNamed() {
        assertThat(fill("{eventTitle}, {eventTitle}", titled("봄"))).isEqualTo("봄, 봄");
    }

    @Test
    void ordersAdditionalDataDeterministically() {
        Recommendation recommendation = new Recommendation("봄", "", "", "", Map.of("다", "3", "가", "1", "나", "2"));

        assertThat(fill("{additionalData}", recommendation)).isEqualTo("가: 1; 나: 2; 다: 3");
    }

    @Test
    void dropsLinesWhoseFieldsAreAllEmpty() {
        String template = "Headline: {eventTitle}\nFor: {targetAudience}{eventObjective}\nLook: calm";

        assertThat(fill(template, titled("봄"))).isEqualTo("Headline: 봄\nLook: calm");
    }

    @Test
    void keepsALineWithOneOfItsFields() {
        assertThat(fill("{eventTitle} {targetAudience}.", titled("봄"))).isEqualTo("봄 .");
    }

    @Test
    void keepsLinesWithoutPlaceholders() {
        assertThat(fill("Look: calm\n\nNo other text.", titled("봄"))).isEqualTo("Look: calm\n\nNo other text.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{eventTitle}", "{eventDescription}", "{unknown}", "$1", "${x}", "$0 할인", "C:\\봄\\1",
            "\\", "\\$", "100%"})
    void doesNotExpandPlaceholdersInAField(String title) {
        Recommendation recommendation = new Recommendation(title, "비밀", "", "", Map.of());

        assertThat(fill("\"{eventTitle}\"", recommendation)).isEqualTo("\"" + title + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"봄\n여름", "봄\r\n여름", "봄\r여름", "봄\t여름", "봄 \n\n 여름", "\n봄 여름\n", "봄\u000b여름", "봄|여름", "봄 | 여름"})
    void replacesLineBreaksInAFieldBySpaces(String title) {
        assertThat(fill("\"{eventTitle}\"", titled(title))).isEqualTo("\"봄 여름\"");
    }

    @Test
    void treatsAFieldOfLineBreaksAsEmpty() {
        Recommendation recommendation = new Recommendation("봄", " \n ", "", "", Map.of());

        assertThat(fill("{eventTitle}\nAbout: {eventDescription}", recommendation)).isEqualTo("봄");
    }

    @Test
    void cutsAFieldAtSixHundredCharacters() {
        assertThat(fill("{eventTitle}!", titled("봄".repeat(600)))).isEqualTo("봄".repeat(600) + "!");
        assertThat(fill("{eventTitle}!", titled("봄".repeat(601)))).isEqualTo("봄".repeat(600) + "!");
    }

    @Test
    void cutsAdditionalDataAsAWhole() {
        Recommendation recommendation = new Recommendation("봄", "", "", "",
                Map.of("가", "봄".repeat(400), "나", "꽃".repeat(400)));

        assertThat(fill("{additionalData}", recommendation)).hasSize(600);
    }

    @Test
    void doesNotSplitAnEmoji() {
        assertThat(fill("{eventTitle}!", titled("봄" + "🌸".repeat(600)))).isEqualTo("봄" + "🌸".repeat(599) + "!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"👨\u200D👩\u200D👧", "🇰🇷", "👍🏽", "❤\uFE0F", "e\u0301"})
    void doesNotSplitALetterOfSeveralCharacters(String letter) {
        assertThat(fill("{eventTitle}!", titled("봄".repeat(599) + letter))).isEqualTo("봄".repeat(599) + "!");
    }

    @Test
    void cutsAnEndlessLetter() {
        assertThat(fill("{eventTitle}", titled("e" + "\u0301".repeat(700)))).hasSize(600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"봄\uD83C여름", "봄\uDF38여름", "봄\u0000여름", "봄\u0085여름", "봄\u2028여름"})
    void replacesUnencodableCharactersBySpaces(String title) {
        assertThat(fill("\"{eventTitle}\"", titled(title))).isEqualTo("\"봄 여름\"");
    }

    @Test
    void rejectsAnUnknownPlaceholderAndNamesTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PromptTemplate.of("{eventTitle}\nat {shopName}"))
                .withMessageContaining("{shopName}")
                .withMessageContainingAll("additionalData", "eventDescription", "eventObjective", "eventTitle",
                        "targetAudience");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{event-title}", "{이벤트}", "{event.title}", "{ eventTitel }"})
    void rejectsAMisspeltPlaceholder(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PromptTemplate.of(text));
    }

    @Test
    void treatsOtherBracesLiterally() {
        assertThat(fill("{} { } {\"a\": 1} {eventTitle}", titled("봄"))).isEqualTo("{} { } {\"a\": 1} 봄");
    }

    @Test
    void hasADefaultPromptOfItsOwnForEachStyle() throws IOException {
        List<String> prompts = Stream.of(defaultPrompt(Style.SIMPLE), defaultPrompt(Style.FANCY),
                defaultPrompt(Style.TRENDY)).map(prompt -> fill(prompt, LATTE)).toList();

        assertThat(prompts).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void quotesTheTitleInTheDefaultPrompts(Style style) throws IOException {
        assertThat(fill(defaultPrompt(style), LATTE)).contains("\"봄맞이 딸기 라떼 1+1\"");
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void usesEveryFieldInTheDefaultPrompts(Style style) throws IOException {
        assertThat(fill(defaultPrompt(style), LATTE))
                .contains("한 잔을 사면 한 잔 더", "20대 직장인", "점심 손님 늘리기", "기간: 4월 1일~7일");
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void hasNoEmptyPhrasesInTheDefaultPromptsForATitleAlone(Style style) throws IOException {
        assertThat(fill(defaultPrompt(style), titled("봄")).lines())
                .hasSize(4)
                .allMatch(line -> line.endsWith(".") || line.endsWith("\"봄\"") || line.equals("Style: " + style.key()));
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void keepsTheDefaultPromptsBelowTheLimitOfTheStrictestModels(Style style) throws IOException {
        assertThat(fill(defaultPrompt(style), maximal("봄"))).hasSizeBetween(3_000, 4_000);
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void countsAnEmojiAsOneCharacterOfTheDefaultPrompts(Style style) throws IOException {
        assertThat(fill(defaultPrompt(style), maximal("🌸")).codePoints().count()).isLessThan(4_000);
    }

    private static String fill(String template, Recommendation recommendation) {
        return PromptTemplate.of(template).fill(recommendation);
    }

    private static Recommendation titled(String title) {
        return new Recommendation(title, "", "", "", Map.of());
    }

    private static Recommendation maximal(String letter) {
        String text = letter.repeat(2_000);
        return new Recommendation(text, text, text, text, Map.of("기간", text, "장소", text));
    }

    /** As the configuration reads it: the one expression in it is the part that all three prompts share. */
    private static String defaultPrompt(Style style) throws IOException {
        Properties properties = new Properties();
        try (Reader source = new InputStreamReader(
                PromptTemplateTest.class.getResourceAsStream("/application.properties"), StandardCharsets.UTF_8)) {
            properties.load(source);
        }
        String prompt = properties.getProperty("content.styles." + style.key() + ".prompt")
                .replace("${prompt.event}", properties.getProperty("prompt.event"));
        assertThat(prompt).doesNotContain("${");
        return prompt;
    }
}
