package com.kt.event.content.provider.dialect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A provider of each kind, all played by one stub, beside the service under test. */
public class DialectStandIns implements QuarkusTestResourceLifecycleManager {
    /** In the order in which they are called. */
    static final List<DialectFixture> DIALECTS = List.of(new GeminiFixture(), AzureOpenAiFixture.v1(),
            new ReplicateFixture(), new StabilityFixture(), new StableDiffusionWebUiFixture(),
            new OpenAiBackgroundFixture(), new OpenAiFixture(true));

    private final DialectStub stub = new DialectStub();

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < DIALECTS.size(); i++) {
            DialectFixture dialect = DIALECTS.get(i);
            String prefix = "content.providers." + name(i) + ".";
            settings.putAll(Map.of(prefix + "type", dialect.type(), prefix + "url", stub.url(), prefix + "key",
                    "user:secret", prefix + "model", dialect.model(), prefix + "size", "auto"));
            dialect.options().forEach((member, value) -> settings.put(prefix + member, value));
        }
        settings.put("content.providers.order", String.join(",", names()));
        settings.put("content.image-api.allow-private-addresses", "true");
        return settings;
    }

    private static List<String> names() {
        return IntStream.range(0, DIALECTS.size()).mapToObj(DialectStandIns::name).toList();
    }

    static String name(int index) {
        return (char) ('a' + index) + "-" + DIALECTS.get(index).type();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(stub, new TestInjector.MatchesType(DialectStub.class));
    }

    @Override
    public void stop() {
        stub.close();
    }
}
