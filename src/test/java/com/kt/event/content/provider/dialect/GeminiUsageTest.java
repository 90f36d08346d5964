package com.kt.event.content.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.image.ImageSize;
import com.kt.event.content.provider.DialectCalls;
import com.kt.event.content.provider.FakeCall;
import com.kt.event.content.provider.ImageRequest;
import com.kt.event.content.provider.Usage;

/** The tokens of an image cost several times as much as those of thoughts and text. */
class GeminiUsageTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "'candidatesTokenCount': 1120, 'thoughtsTokenCount': 210                                    | 1120 | 210",
            "'candidatesTokenCount': 1120                                                               | 1120 |",
            "'thoughtsTokenCount': 210                                                                  |      | 210",
            "'candidatesTokenCount': 1150, 'candidatesTokensDetails': [{'modality': 'TEXT', 'tokenCount': 30},"
                    + " {'modality': 'IMAGE', 'tokenCount': 1120}], 'thoughtsTokenCount': 210           | 1120 | 240",
            "'candidatesTokenCount': 1150, 'candidatesTokensDetails': [{'modality': 'image', 'tokenCount': 560},"
                    + " {'modality': 'IMAGE', 'tokenCount': 560}, {'modality': 'TEXT', 'tokenCount': 30}] | 1120 | 30",
            "'candidatesTokenCount': 1120, 'candidatesTokensDetails': []                                | 1120 |",
            "'candidatesTokenCount': 1120, 'candidatesTokensDetails': [{'modality': 'IMAGE'}]           | 1120 |",
            "'candidatesTokenCount': 1120, 'candidatesTokensDetails': 'x', 'thoughtsTokenCount': -1     | 1120 |"})
    void countsThoughtsAndTextApartFromTheImage(String tokens, Long image, BigDecimal text) {
        assertThat(usage("'promptTokenCount': 58, " + tokens)).isEqualTo(new Usage(58L, image,
                text == null ? Map.of() : Map.of(Usage.TEXT_OUTPUT_TOKENS, text)));
    }

    private static Usage usage(String tokens) {
        FakeCall call = new FakeCall(DialectCalls.provider("gemini", "http://localhost", "m", Map.of())).responds(200,
                "{'candidates': [{'content': {'parts': [{'inlineData': {'data': 'aW1hZ2U='}}]}}], 'usageMetadata': {"
                        + tokens + "}}");
        return new Gemini().generate(new ImageRequest("봄", new ImageSize(1080, 1080)), call).await().indefinitely()
                .usage();
    }
}
