package com.kt.event.content.command;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.provider.dialect.DialectStub;

import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

/** The accounts of two providers. Redis is not needed. */
@QuarkusMainTest
class CheckProvidersCommandTest {
    private static final String KEY = "a-key-that-nobody-may-see";

    private final DialectStub stub = new DialectStub();
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void configure() {
        settings.put("quarkus.redis.hosts", "redis://localhost:1");
        settings.put("content.providers.order", "main,second");
        configure("main", "openai", "gpt-image-2");
        configure("second", "gemini", "gemini-3-pro-image");
        settings.forEach(System::setProperty);
    }

    private void configure(String name, String type, String model) {
        String prefix = "content.providers." + name + ".";
        settings.putAll(Map.of(prefix + "type", type, prefix + "model", model, prefix + "key", KEY, prefix + "url",
                stub.url()));
    }

    /** The command sets system properties for a process that ends with it. */
    @AfterEach
    void cleanUp() {
        stub.close();
        settings.keySet().forEach(System::clearProperty);
        Main.WHILE_CHECKING.keySet().forEach(System::clearProperty);
    }

    @Test
    void printsALineForEachProvider(QuarkusMainLauncher launcher) {
        stub.answers(get(urlEqualTo("/v1/models/gpt-image-2")),
                okJson("{\"shutdown_date\": \"2027-04-21\"}").withHeader("x-ratelimit-limit-images", "20")
                        .withHeader("x-ratelimit-remaining-images", "17"));
        stub.answers(get(urlEqualTo("/v1beta/models/gemini-3-pro-image")), okJson("{}"));

        LaunchResult result = launcher.launch("check", "providers");

        assertThat(lines(result)).containsExactly("main (openai, model gpt-image-2): ok: key accepted, model"
                + " known, which is shut down on 2027-04-21, rate limits: images 17 of 20 left",
                "second (gemini, model gemini-3-pro-image): ok: key accepted, model known, no rate limits seen");
        assertThat(result.getErrorOutput()).isBlank();
        assertThat(result.exitCode()).isZero();
        assertThat(stub.posts()).isEmpty();
    }

    @Test
    void saysWhatCouldNotBeAsked(QuarkusMainLauncher launcher) {
        System.setProperty("content.providers.main.type", "azure-openai");
        System.setProperty("content.providers.second.type", "stability");
        System.setProperty("content.providers.second.model", "core");
        stub.answers(get(urlEqualTo("/openai/v1/models?api-version=preview")), okJson("{\"data\": []}"));
        stub.answers(get(urlEqualTo("/v1/user/balance")), okJson("{\"credits\": 12.5}"));

        LaunchResult result = launcher.launch("check", "providers");

        assertThat(lines(result)).containsExactly(
                "main (azure-openai, model gpt-image-2): ok: key accepted, model not checked, a key cannot ask for"
                        + " deployments, no rate limits seen",
                "second (stability, model core): ok: key accepted, model not checked, its models cannot be asked for,"
                        + " 12.5 credits left, no rate limits seen");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void saysWhatIsWrongAndShowsNoKey(QuarkusMainLauncher launcher) {
        stub.answers(get(urlEqualTo("/v1/models/gpt-image-2")), unauthorized().withBody(KEY));
        stub.answers(get(urlEqualTo("/v1beta/models/gemini-3-pro-image")), notFound());

        LaunchResult result = launcher.launch("check", "providers");

        assertThat(lines(result)).containsExactly(
                "main (openai, model gpt-image-2): FAILED: key not accepted (the image API returned status 401)",
                "second (gemini, model gemini-3-pro-image): FAILED: no API of this type at the address"
                        + " (the image API returned status 404)");
        assertThat(result.getErrorOutput()).isBlank();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getOutput()).doesNotContain(KEY);
    }

    @Test
    void doesNotTakeAWrongSettingForAFailure(QuarkusMainLauncher launcher) {
        System.setProperty("content.job.ttl", "1m");
        try {
            assertThat(launcher.launch("check", "providers").exitCode()).isEqualTo(CheckCommand.UNKNOWN);
        } finally {
            System.clearProperty("content.job.ttl");
        }
    }

    /** The stub writes to the same stream. */
    private static List<String> lines(LaunchResult result) {
        return result.getOutputStream().stream().filter(line -> line.matches("(main|second) .*")).toList();
    }
}
