package com.kt.event.content.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.provider.DialectCalls;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** A format is asked for if one is configured, as the kind of image API writes it. */
@QuarkusTest
@WithTestResource(StandIns.class)
class FormatTest extends DialectSuite {
    @ParameterizedTest
    @CsvSource({"openai, jpeg", "openai in the background, jpeg", "azure-openai, jpeg", "replicate, jpg",
            "stability, jpeg"})
    void asksForTheConfiguredFormat(String name, String sent) {
        DialectFixture dialect = dialect(name);
        dialect.draws(stub, Shapes.png());
        Map<String, String> options = new TreeMap<>(dialect.options());
        options.put("format", "jpeg");

        calls.to(DialectCalls.provider(dialect.type(), stub.url(), dialect.model(), options)).generate(PROMPT);

        assertThat(paid().getBodyAsString().replaceAll("\\s", ""))
                .containsPattern("\"output_format\"(:\")?" + sent + "\\W");
    }

    private static DialectFixture dialect(String name) {
        return switch (name) {
            case "openai" -> new OpenAiFixture(false);
            case "azure-openai" -> AzureOpenAiFixture.v1();
            case "replicate" -> new ReplicateFixture();
            case "stability" -> new StabilityFixture();
            default -> new OpenAiBackgroundFixture();
        };
    }
}
