package com.kt.event.content.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.image.ImageSize;
import com.kt.event.content.image.SpoolTesting;
import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.DialectCalls;
import com.kt.event.content.provider.FakeCall;
import com.kt.event.content.provider.HttpAddress;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageRequest;
import com.kt.event.content.provider.ProviderConfig;
import com.kt.event.content.provider.ResponseImage;
import com.kt.event.content.provider.Usage;

class OpenAiTest {
    private static final ImageRequest REQUEST = new ImageRequest("봄", new ImageSize(1080, 1080));
    private static final byte[] IMAGE = new byte[100_000];

    @ParameterizedTest
    @CsvSource({"main, https://api.openai.com, /v1/images/generations",
            "main, https://api.openai.com/v1/, /v1/images/generations",
            "main, https://gateway.example/openai, /openai/v1/images/generations",
            "main, https://gateway.example/api/v3?tenant=1, /api/v3/images/generations?tenant=1",
            "default, https://gateway.example/openai, /openai/v1/images/generations",
            "default, https://gateway.example, /v1/images/generations"})
    void takesTheAddressWithOrWithoutItsVersion(String name, String url, String expected) {
        FakeCall call = call(name, url).responds(200, "{'data': [{'url': '/a.png'}]}");

        generate(call);

        assertThat(call.events().get(0)).contains(expected + " ");
    }

    @ParameterizedTest
    @CsvSource({"https://gateway.example/openai, /openai", "https://gateway.example/v1, /v1", "https://a.example, ''"})
    void takesAnAddressThatIsCompleteAsItIs(String url, String path) {
        Map<String, String> background = Map.of("mode", "background", "text-model", "m-text");
        FakeCall images = new FakeCall(complete(url, Map.of())).responds(200, "{'data': [{'url': '/a.png'}]}");
        FakeCall responses = new FakeCall(complete(url, background)).responds(200, "{'id': 'resp_1'}")
                .responds(200, "{'status': 'failed'}");

        generate(images);
        catchThrowableOfType(ImageFailure.class, () -> generate(responses));

        assertThat(images.events().get(0)).contains("443" + path + "/images/generations ");
        assertThat(responses.events().get(0)).contains("443" + path + "/responses ");
        assertThat(responses.events()).last().asString().contains("443" + path + "/responses/resp_1 ");
    }

    private static ProviderConfig complete(String url, Map<String, String> options) {
        return new ProviderConfig("default", "openai", HttpAddress.of(url), Optional.empty(), "m", "1024x1024",
                Optional.empty(), options, false, true);
    }

    @Test
    void sendsWhatIsConfigured() {
        FakeCall call = call("main", "https://api.openai.com").responds(200, "{'data': [{'url': 'https://a/b.png'}]}");

        assertThat(generate(call).address()).isEqualTo(HttpAddress.of("https://a/b.png"));
        assertThat(call.events()).singleElement().asString().startsWith("POST https://api.openai.com:443/")
                .contains("Bearer sk-1").contains("\"prompt\":\"봄\"").contains("\"model\":\"m\"").contains("\"n\":1");
    }

    @Test
    void asksForAFormatOnlyIfOneIsConfigured() {
        FakeCall usual = call("main", "http://localhost").responds(200, "{'data': [{'url': '/a.png'}]}");
        FakeCall webp = new FakeCall(DialectCalls.provider("openai", "http://localhost", "m", Map.of("format", "webp")))
                .responds(200, "{'data': [{'url': '/a.webp'}]}");

        generate(usual);
        generate(webp);

        assertThat(usual.events().get(0)).doesNotContain("output_format");
        assertThat(webp.events().get(0)).contains("\"output_format\":\"webp\"");
    }

    @Test
    void readsImageModelAndUsage() throws Exception {
        String body = "{'model': 'm-2026', 'data': [{'b64_json': '" + Base64.getEncoder().encodeToString(IMAGE)
                + "'}], 'usage': {'input_tokens': 57, 'output_tokens': 1834}}";

        ResponseImage image = generate(call("main", "http://localhost").responds(200, body));

        assertThat(SpoolTesting.bytes(image.bytes())).isEqualTo(IMAGE);
        assertThat(image.model()).isEqualTo("m-2026");
        assertThat(image.usage()).isEqualTo(new Usage(57L, 1834L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "400 | {'error': {'code': 'moderation_blocked'}}              | REFUSED",
            "429 | {'error': {'code': 'rate_limit_exceeded'}}             | BUSY",
            "429 | {'error': {'code': 'insufficient_quota'}}              | OPERATOR",
            "400 | {'error': {'code': 'invalid_value', 'param': 'size'}}  | BAD_REQUEST",
            "500 | {'error': {'type': 'server_error'}}                    | UNKNOWN",
            "200 | {'created': 1}                                         | UNKNOWN",
            "200 | not JSON                                               | UNKNOWN"})
    void tellsTheSixOutcomesApart(int status, String body, CallOutcome outcome) {
        FakeCall call = call("main", "http://localhost").responds(status, body);

        assertThat(catchThrowableOfType(ImageFailure.class, () -> generate(call)).outcome()).isEqualTo(outcome);
    }

    private static ResponseImage generate(FakeCall call) {
        return new OpenAi().generate(REQUEST, call).await().indefinitely();
    }

    private static FakeCall call(String name, String url) {
        return new FakeCall(new ProviderConfig(name, "openai", HttpAddress.of(url), Optional.of("sk-1"), "m",
                "1024x1024", Optional.empty(), Map.of(), false));
    }
}
