package com.kt.event.content.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class ProviderSettingsTest {
    @Test
    void callsTheDefaultWhereThereIsNoOther() {
        assertThat(order("")).containsExactly("default");
        assertThat(order("content.providers.main.type=openai")).containsExactly("main");
        assertThat(order("content.providers.main.type=openai content.providers.order=main,default"))
                .containsExactly("main", "default");
        assertThat(order("content.providers.default.model=m")).containsExactly("default");
    }

    @Test
    void tellsWhichProvidersAreNotCalled() {
        assertThat(
                ProviderSettings.notCalled(configured("content.providers.a.type=openai content.providers.b.type=openai"
                        + " content.providers.default.model=m content.providers.order=b", Map.of())))
                .containsExactly("a");
        assertThat(ProviderSettings.notCalled(configured("content.providers.a.type=openai", Map.of()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "content.providers.main.type=openai",
            "content.providers.a.type=openai content.providers.b.type=openai content.providers.order=b,a",
            "content.providers.a.type=openai content.providers.b.type=openai content.providers.order=b",
            "content.providers.\"shop-gpu\".type=openai content.providers.shop-gpu.url=http://gpu",
            "content.providers.default.model=m", "content.providers.order=default"})
    void acceptsProviders(String properties) {
        assertThat(complaints(properties)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "content.providers.order=main                        | content.providers.order | 'main'",
            "content.providers.a.type=openai content.providers.order=a,b | content.providers.order | 'b'",
            "content.providers.a.type=openai content.providers.order=a,a | content.providers.order | twice",
            "content.providers.a.type=openai content.providers.b.type=openai | content.providers.order | a, b",
            "content.providers.main.url=http://x                 | content.providers.main.type | must be set",
            "content.providers.main.type=nowhere                 | content.providers.main.type | must be openai",
            "content.providers.main.modle=m                      | content.providers.main.modle | not a setting",
            "content.providers.main=m                            | content.providers.main | not a setting",
            "content.providers.Main.type=openai                  | content.providers.Main.type | begins with a letter",
            "content.providers.1st.type=openai                   | content.providers.1st.type | begins with a letter",
            "content.providers.a_b.type=openai                   | content.providers.a_b.type | begins with a letter",
            "content.providers.order.type=openai                 | content.providers.order.type | named order",
            "content.providers.moderation-fallback.url=http://x  | content.providers.moderation-fallback.url | named",
            "content.providers.main.url=nowhere                  | content.providers.main.url | must begin with",
            "content.providers.main.size=a×b                     | content.providers.main.size | must hold",
            "content.providers.main.images-per-minute=0          | content.providers.main.images-per-minute | 1 to",
            "content.providers.main.max-concurrent=two           | content.providers.main.max-concurrent | 1 to",
            "content.providers.main.price-currency=usd           | content.providers.main.price-currency | ISO 4217",
            "content.providers.main.price-image=-1               | content.providers.main.price-image | an amount",
            "content.providers.main.pause=2h                     | content.providers.main.pause | duration",
            "content.providers.main.max-picture-size=1K          | content.providers.main.max-picture-size | 64K",
            "content.providers.main.allow-private-addresses=2    | content.providers.main.allow-private | true or",
            "content.providers.main.key=                         | content.providers.main.key | is empty"})
    void namesTheSettingThatIsWrong(String properties, String setting, String why) {
        assertThat(complaints(properties)).singleElement().asString().startsWith(setting).contains(why);
    }

    @Test
    void showsNoKey() {
        assertThat(complaints("content.providers.main.key=s3crét")).singleElement().asString()
                .startsWith("content.providers.main.key").doesNotContain("s3cr");
    }

    @Test
    void readsANameWithADashFromTheEnvironment() {
        Map<String, String> variables = Map.of("CONTENT_PROVIDERS__SHOP_GPU__TYPE", "openai",
                "CONTENT_PROVIDERS__SHOP_GPU__ALLOW_PRIVATE_ADDRESSES", "true");
        SmallRyeConfig config = configured("", variables);

        assertThat(ProviderSettings.complaints(config, variables.keySet())).isEmpty();
        assertThat(ProviderSettings.order(config, variables.keySet())).containsExactly("shop-gpu");
        assertThat(ProviderSettings.value("shop-gpu", "type", config)).hasValue("openai");
        assertThat(ProviderSettings.value("shop-gpu", "allow-private-addresses", config)).hasValue("true");
    }

    @ParameterizedTest
    @CsvSource({"CONTENT_PROVIDERS_MAIN_TYPE, '', main", "CONTENT_PROVIDERS_SHOP_GPU_TYPE, '', shop-gpu",
            "CONTENT_PROVIDERS_A_B_TYPE, 'content.providers.a-b.url=http://x', a-b"})
    void readsSingleUnderscoresWhereOneReadingMakesSense(String variable, String properties, String name) {
        SmallRyeConfig config = configured(properties, Map.of(variable, "openai"));

        assertThat(ProviderSettings.complaints(config, Set.of(variable))).isEmpty();
        assertThat(ProviderSettings.order(config, Set.of(variable))).containsExactly(name);
        assertThat(ProviderSettings.value(name, "type", config)).hasValue("openai");
    }

    @Test
    void refusesAnUnknownMemberInTheEnvironment() {
        assertThat(ProviderSettings.complaints(configured("content.providers.main.type=openai", Map.of()),
                Set.of("CONTENT_PROVIDERS_MAIN_MODLE"))).singleElement().asString()
                .startsWith("content.providers.main.modle (CONTENT_PROVIDERS_MAIN_MODLE) ");
    }

    /** As in a copy of a template that is not filled in. */
    @Test
    void refusesAnEmptyVariable() {
        Map<String, String> variables = Map.of("CONTENT_PROVIDERS__SHOP_GPU__TYPE", "openai",
                "CONTENT_PROVIDERS__SHOP_GPU__URL", "");

        assertThat(ProviderSettings.complaints(configured("", variables), variables.keySet())).singleElement()
                .asString().startsWith("content.providers.shop-gpu.url ").contains("is empty");
    }

    @Test
    void leavesVariablesOfKubernetesAlone() {
        assertThat(ProviderSettings.complaints(configured("", Map.of()),
                Set.of("CONTENT_PROVIDERS_SERVICE_HOST", "CONTENT_PROVIDERS_PORT_80_TCP"))).isEmpty();
    }

    private static List<String> order(String properties) {
        return ProviderSettings.order(configured(properties, Map.of()), Set.of());
    }

    private static List<String> complaints(String properties) {
        return ProviderSettings.complaints(configured(properties, Map.of()), Set.of());
    }

    private static SmallRyeConfig configured(String properties, Map<String, String> variables) {
        Map<String, String> given = Arrays.stream(properties.split(" ")).filter(property -> !property.isEmpty())
                .map(property -> property.split("=", 2)).collect(Collectors.toMap(it -> it[0], it -> it[1]));
        return new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(given, "the test", 500), new EnvConfigSource(variables, 300))
                .addDiscoveredConverters().build();
    }
}
