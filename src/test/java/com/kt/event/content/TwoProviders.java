package com.kt.event.content;

import static java.util.Map.entry;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Beside {@link StandIns}, whose image API is the provider "main" then, another one, "second". */
public class TwoProviders implements QuarkusTestResourceLifecycleManager {
    private final ImageApiStub stub = new ImageApiStub();

    /** What a test gets. */
    public record Second(ImageApiStub stub) {
    }

    @Override
    public Map<String, String> start() {
        stub.start();
        return Map.ofEntries(
                entry("content.providers.main.type", "openai"),
                entry("content.providers.main.url", "${content.image-api.url}"),
                entry("content.providers.main.key", "key-of-main"),
                entry("content.providers.second.type", "openai"),
                entry("content.providers.second.url", stub.url()),
                entry("content.providers.second.key", "key-of-second"),
                entry("content.providers.second.model", "m-second"),
                entry("content.providers.order", "main,second"));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(new Second(stub), new TestInjector.MatchesType(Second.class));
    }

    @Override
    public void stop() {
        stub.stop();
    }
}
