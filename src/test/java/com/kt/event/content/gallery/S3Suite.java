package com.kt.event.content.gallery;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.image.WholeImages;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.quarkiverse.amazon.s3.runtime.S3Config;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The base of the tests of the store in a bucket: the client as the service makes it from these settings. */
abstract class S3Suite {
    static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    static final Duration TTL = Duration.ofDays(7);
    static Vertx vertx;
    static ScheduledExecutorService timer;
    static EventLoopGroup eventLoops;

    final String image = UUID.randomUUID() + "-simple";

    @BeforeAll
    static void startThreads() {
        vertx = Vertx.vertx();
        timer = Executors.newSingleThreadScheduledExecutor();
        eventLoops = new NioEventLoopGroup(1);
    }

    @AfterAll
    static void stopThreads() {
        vertx.closeAndAwait();
        timer.shutdownNow();
        eventLoops.shutdownGracefully();
    }

    static S3AsyncClient client(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("quarkus.s3.chunked-encoding", "false");
        S3Config config = new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(all, "the test", 500)).withMapping(S3Config.class).build()
                .getConfigMapping(S3Config.class);
        return S3Clients.create(config, eventLoops, timer);
    }

    static S3Files files(Map<String, String> settings) {
        return new S3Files(bucket(settings), Path.of(System.getProperty("java.io.tmpdir")), TTL,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static S3Files files(Map<String, String> settings, String bucket) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("content.store.s3.bucket", bucket);
        return files(all);
    }

    static S3Bucket bucket(Map<String, String> settings) {
        return new S3Bucket(() -> client(settings), settings.get("content.store.s3.bucket"),
                new WholeImages(1_000_000), vertx, timer, Duration.ofSeconds(2));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
