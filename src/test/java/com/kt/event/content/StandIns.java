package com.kt.event.content;

import static java.util.Map.entry;

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
    private static final String CALL = "quarkus.fault-tolerance.\"com.kt.event.content.provider.ImageApi/generate\".";

    private final EmbeddedRedis redis = new EmbeddedRedis();
    private final ImageApiStub imageApi = new ImageApiStub();
    private final Path images = temporaryDirectory();

    @Override
    public Map<String, String> start() {
        URI redisUri = redis.getHosts().iterator().next();
        imageApi.start();
        return Map.ofEntries(
                entry("quarkus.redis.hosts", redisUri.toString()),
                entry("quarkus.http.cors.enabled", "true"),
                entry("quarkus.http.cors.origins", "https://shop.example"),
                entry("content.image-api.url", imageApi.url()),
                entry("content.image-api.key", "test-key"),
                entry("content.public-url", "http://localhost:${quarkus.http.test-port:8081}"),
                entry("content.store.directory", images.toString()),
                entry("content.worker.grace", "0s"),
                // Its requests would be among those that tests expect.
                entry("content.image-api.model-watch", "false"),
                // Provoked failures open the breaker for the tests after them; a short pause keeps these fast.
                entry("content.image-api.pause", "200ms"),
                entry("content.image-api.longest-pause", "1s"),
                entry("content.image-api.second-try", "200ms"),
                entry(CALL + "circuit-breaker.delay", "200"),
                entry(CALL + "circuit-breaker.delay-unit", "millis"));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(redis, new TestInjector.MatchesType(EmbeddedRedis.class));
        injector.injectIntoFields(images, new TestInjector.MatchesType(Path.class));
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
