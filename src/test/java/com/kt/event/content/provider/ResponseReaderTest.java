package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.buffer.Buffer;

class ResponseReaderTest {
    private static final byte[] IMAGE = new byte[3_000_001];
    static {
        new Random(7).nextBytes(IMAGE);
    }

    private final ResponseReader reader = new ResponseReader();

    @Test
    void findsALongTextAnywhere() throws IOException {
        assertImage(base64(), "", "");
        assertImage(base64(), "\ufeff", "");
        assertImage(base64(), " \n\t ", "\"created\": 1, \"봄\": \"소식\", ");
        assertImage(base64(), "", "\"prompt\": \"" + "\\\"봄\\\\".repeat(10_000) + "\", ");
    }

    @Test
    void decodesEveryFormOfBase64() throws IOException {
        assertImage(base64().replace("=", ""), "", "");
        assertImage(base64().replace('+', '-').replace('/', '_'), "", "");
        assertImage(base64().replace("/", "\\/"), "", "");
        assertImage(base64().replace("+", "\\u002b").replace("=", "\\u003D"), "", "");
        assertImage(base64().replaceAll(".{76}", "$0\\\\r\\\\n"), "", "");
        assertImage("data:image/png;base64," + base64(), "", "");
        assertImage(" data:;base64, " + base64() + " ", "", "");
    }

    @Test
    void readsSloppyJson() throws IOException {
        assertImage(base64().replaceAll(".{76}", "$0\r\n"), "", "");
        assertImage(base64(), "", "\"cost\": NaN, \"most\": -Infinity, \"message\": \"two\nlines\", ");
    }

    @Test
    void readsAnImageOutsideOfAList() throws IOException {
        ResponseReader.Read<GenerationResponse> read = read("{\"data\": {\"b64_json\": \"" + base64() + "\"}}");
        String text = read.value().image().orElseThrow().base64();

        assertThat(Base64Text.decode(read.consume(text), read.upperLengthOf(text))).isEqualTo(IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "\"\"", "\"no\"", "false", "0", "1.5", "[null]", "[[]]", "[\"\"]",
            "[\"no\"]", "[1]", "[false]", "{\"b64_json\": {\"x\": [1]}}", "[{\"url\": [\"x\"]}]",
            "{\"b64_json\": [7], \"url\": {}}"})
    void readsTheErrorBesideAnyValueInTheImagesField(String data) throws IOException {
        for (String template : new String[]{"{\"data\": %s, \"error\": {\"code\": \"x\"}, \"z\": 1}",
                "{\"error\": {\"code\": \"x\"}, \"data\": %s, \"z\": 1}"}) {
            GenerationResponse response = read(template.formatted(data)).value();

            assertThat(response.error().orElseThrow().get("code").textValue()).isEqualTo("x");
            assertThat(response.rest()).containsKey("z");
            assertThat(response.image().map(GenerationResponse.Item::base64)).isEmpty();
        }
    }

    @Test
    void findsALongDataUrl() throws IOException {
        ResponseReader.Read<GenerationResponse> read = read(
                "{\"data\": [{\"url\": \"data:image/png;base64," + base64() + "\"}]}");
        String url = read.value().image().orElseThrow().url();

        assertThat(read.isLong(url)).isTrue();
        assertThat(read.isDataUrl(url)).isTrue();
        assertThat(Base64Text.decode(read.consume(url), read.upperLengthOf(url))).isEqualTo(IMAGE);
    }

    @Test
    void keepsOnlyTheOffsetOfOtherLongTexts() throws IOException {
        ResponseReader.Read<GenerationResponse> read = read(
                "{\"data\": [{\"b64_json\": \"AAAA\", \"x\": \"" + base64() + "\"}]}");

        assertThat(read.value().image().orElseThrow().rest().get("x").textValue()).hasSizeLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=AAA", "AA=A", "AAA%", "AAAAA", "A", "A===", "AA*A", "봄", "{}", "data:image/png,AAAA",
            "data:;base64", "%"})
    void rejectsInvalidBase64(String text) {
        assertThatThrownBy(() -> {
            ResponseReader.Read<GenerationResponse> read = read("{\"data\": [{\"b64_json\": \"" + text + "\"}]}");
            String base64 = read.value().image().orElseThrow().base64();
            Base64Text.decode(read.consume(base64), read.upperLengthOf(base64));
        }).isInstanceOf(IOException.class);
    }

    @Test
    void rejectsMorePartsThanAResponseHas() {
        assertUnreadable("{\"data\": [" + "{},".repeat(8_500_000) + "{}]}");
        assertUnreadable("{\"data\": " + "[".repeat(5_000_000));
        assertUnreadable("{\"x\": " + "{\"a\":".repeat(5_000));
        assertUnreadable("{\"" + "n".repeat(5_000_000) + "\": 1}");
        assertUnreadable("{\"x\": " + "9".repeat(5_000_000) + "}");
        assertUnreadable("{\"data\": [{\"b64_json\": [\"" + "a\",\"".repeat(1_000_000) + "\"]}]}");
    }

    @Test
    void rejectsAnUnterminatedText() {
        assertUnreadable("{\"data\": [{\"b64_json\": \"" + base64());
        assertUnreadable("{\"data\": [{\"b64_json\": \"" + base64() + "\\");
    }

    private void assertImage(String base64, String before, String beside) throws IOException {
        ResponseReader.Read<GenerationResponse> read = read(
                before + "{" + beside + "\"data\": [{\"b64_json\": \"" + base64 + "\"}], \"usage\": {}}");
        String text = read.value().image().orElseThrow().base64();
        assertThat(text).hasSizeLessThan(100);
        assertThat(Base64Text.decode(read.consume(text), read.upperLengthOf(text))).isEqualTo(IMAGE);
        assertThat(read.value().rest()).containsKey("usage");
    }

    private void assertUnreadable(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class);
    }

    private ResponseReader.Read<GenerationResponse> read(String json) throws IOException {
        ResponseBody body = new ResponseBody();
        Buffer bytes = Buffer.buffer(json.getBytes(StandardCharsets.UTF_8));
        for (int at = 0; at < bytes.length(); at += 10_007) {
            body.add(bytes.slice(at, Math.min(bytes.length(), at + 10_007)));
        }
        return reader.read(body, GenerationResponse.class);
    }

    private static String base64() {
        return Base64.getEncoder().encodeToString(IMAGE);
    }
}
