package com.kt.event.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.kt.event.content.embedded.EmbeddedRedis;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Starts a real Redis and a scriptable image API beside the service under test, be it on the JVM or native. */
public class StandIns implements QuarkusTestResourceLifecycleManager {
    private static final String CALL = "quarkus.fault-tolerance.\"com.kt.event.content.generator.ImageApi/generate\".";

    private final EmbeddedRedis redis = new EmbeddedRedis();
    private final ImageApiStub imageApi = new ImageApiStub();

    @Override
    public Map<String, String> start() {
        URI redisUri = redis.getHosts().iterator().next();
        imageApi.start();
        return Map.of(
                "quarkus.redis.hosts", redisUri.toString(),
                "content.image-api.url", imageApi.url(),
                "content.image-api.key", "test-key",
                "content.public-url", "http://localhost:8081",
                "content.store.directory", temporaryDirectory().toString(),
                "content.worker.grace", "0s",
                // Provoked failures open the breaker for the tests after them; a short pause keeps these fast.
                "content.image-api.pause", "200ms",
                "content.image-api.longest-pause", "1s",
                CALL + "circuit-breaker.delay", "200",
                CALL + "circuit-breaker.delay-unit", "millis");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(redis, new TestInjector.MatchesType(EmbeddedRedis.class));
        injector.injectIntoFields(imageApi, new TestInjector.MatchesType(ImageApiStub.class));
    }

    @Override
    public void stop() {
        imageApi.stop();
        redis.stop();
    }

    private static Path temporaryDirectory() {
        try {
            Path directory = Files.createTempDirectory("pictures");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
