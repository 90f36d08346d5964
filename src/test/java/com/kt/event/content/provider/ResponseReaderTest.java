package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.image.SpoolTesting;
import com.kt.event.content.provider.dialect.GenerationResponse;

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

    /** Whatever the piece ends in: an escape, a group of four, the beginning of a data URL, the end of the text. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 4_096})
    void decodesPiecesOfAnyLength(int length) throws IOException {
        byte[] image = Arrays.copyOf(IMAGE, 20_001);
        String base64 = "data:image/png;base64," + Base64.getEncoder().encodeToString(image)
                .replaceAll(".{76}", "$0\\\\n").replace("/", "%2f").replace("+", "\\u002b");

        Read read = read("{\"data\": [{\"b64_json\": \"" + base64 + "\"}], \"usage\": {}}", length);

        assertThat(read.decode(read.value().image().orElseThrow().base64())).isEqualTo(image);
        assertThat(read.value().rest()).containsKey("usage");
    }

    @Test
    void rejectsALongTextThatIsNoBase64() throws IOException {
        for (String wrong : new String[]{"*", "=", "봄", "%2", "%zz"}) {
            Read read = read("{\"data\": [{\"b64_json\": \"" + base64().replace("=", "") + wrong + "AAAA\"}]}");

            assertThatThrownBy(() -> read.decode(read.value().image().orElseThrow().base64())).as(wrong)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void leavesLittleToTheParser() throws IOException {
        Read read = read("{\"data\": [{\"b64_json\": \"" + base64() + "\"}]}");

        assertThat(read.body().restLength()).isLessThan(100);
    }

    @Test
    void readsSloppyJson() throws IOException {
        assertImage(base64().replaceAll(".{76}", "$0\r\n"), "", "");
        assertImage(base64(), "", "\"cost\": NaN, \"most\": -Infinity, \"message\": \"two\nlines\", ");
    }

    @Test
    void readsAnImageOutsideOfAList() throws IOException {
        Read read = read("{\"data\": {\"b64_json\": \"" + base64() + "\"}}");
        String text = read.value().image().orElseThrow().base64();

        assertThat(read.decode(text)).isEqualTo(IMAGE);
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
        Read read = read(
                "{\"data\": [{\"url\": \"data:image/png;base64," + base64() + "\"}]}");
        String url = read.value().image().orElseThrow().url();

        assertThat(read.body().isLong(url)).isTrue();
        assertThat(read.decode(url)).isEqualTo(IMAGE);
    }

    @Test
    void keepsOnlyTheOffsetOfOtherLongTexts() throws IOException {
        Read read = read(
                "{\"data\": [{\"b64_json\": \"AAAA\", \"x\": \"" + base64() + "\"}]}");

        assertThat(read.value().image().orElseThrow().rest().get("x").textValue()).hasSizeLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=AAA", "AA=A", "AAA%", "AAAAA", "A", "A===", "AA*A", "봄", "{}", "data:image/png,AAAA",
            "data:;base64", "%"})
    void rejectsInvalidBase64(String text) {
        assertThatThrownBy(() -> {
            Read read = read("{\"data\": [{\"b64_json\": \"" + text + "\"}]}");
            String base64 = read.value().image().orElseThrow().base64();
            read.decode(base64);
        }).isInstanceOf(IOException.class);
    }

    @Test
    void rejectsMorePartsThanAResponseHas() {
        assertUnreadable("{\"data\": [" + "{},".repeat(8_500_000) + "{}]}");
        assertUnreadable("{\"data\": " + "[".repeat(5_000_000));
        assertUnreadable("{\"x\": " + "{\"a\":".repeat(5_000));
        assertUnreadable("{\"" + "n".repeat(5_000_000) + "\": 1}");
        assertUnreadable("{\"x\": " + "9".repeat(5_000_000) + "}");
        assertUnreadable("{\"data\": [\"" + (base64() + "\",\"").repeat(9) + "\"]}");
        assertUnreadable("{\"data\": [{\"b64_json\": [\"" + "a\",\"".repeat(1_000_000) + "\"]}]}");
    }

    @Test
    void rejectsAnUnterminatedText() {
        assertUnreadable("{\"data\": [{\"b64_json\": \"" + base64());
        assertUnreadable("{\"data\": [{\"b64_json\": \"" + base64() + "\\");
    }

    private void assertImage(String base64, String before, String beside) throws IOException {
        Read read = read(
                before + "{" + beside + "\"data\": [{\"b64_json\": \"" + base64 + "\"}], \"usage\": {}}");
        String text = read.value().image().orElseThrow().base64();
        assertThat(text).hasSizeLessThan(100);
        assertThat(read.decode(text)).isEqualTo(IMAGE);
        assertThat(read.value().rest()).containsKey("usage");
    }

    private void assertUnreadable(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class);
    }

    /** In pieces of which some end within an escape or a group of four. */
    private Read read(String json) throws IOException {
        return read(json, 10_007);
    }

    private Read read(String json, int length) throws IOException {
        JsonBody body = new JsonBody(SpoolTesting.spools());
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += length) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + length));
            body.accept(piece, piece.length);
        }
        return new Read(reader.read(body, GenerationResponse.class), body);
    }

    private record Read(GenerationResponse value, JsonBody body) {
        byte[] decode(String text) throws IOException {
            return body.base64(text).end().bytes();
        }
    }

    private static String base64() {
        return Base64.getEncoder().encodeToString(IMAGE);
    }
}
