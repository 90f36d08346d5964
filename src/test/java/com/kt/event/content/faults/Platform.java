package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import redis.clients.jedis.Jedis;

/**
 * The environment of the service, new for each test: a Redis, a provider, and a store of the images that all
 * instances share. After a test that passed, the service's own checker must find nothing; then every process ends.
 */
final class Platform implements BeforeEachCallback, AfterEachCallback {
    /** The start of image links, as if there were a gateway in front of the instances. */
    private static final String GATEWAY = "http://gateway.test";
    private static final String QUEUE = "content:jobs";
    private static final Duration ACCEPT_LIMIT = Duration.ofSeconds(60);

    /** Short periods, so that tests need not wait. The scheduler ticks once a second at most. */
    static final String[] SHORT_LEASE = {"content.worker.lease", "3s", "content.worker.heartbeat", "1s"};

    private final String[] redisSettings;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private RedisProcess redis;
    private Provider provider;
    private Path logs;
    private Path images;
    private TestStore store;

    /** @param redisSettings lines of redis.conf */
    Platform(String... redisSettings) {
        this.redisSettings = redisSettings;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        String test = (context.getRequiredTestMethod().getName() + "-" + context.getDisplayName())
                .replaceAll("[^A-Za-z0-9.]+", "-");
        logs = ServerProcess.BUILD.resolve("faults").resolve(context.getRequiredTestClass().getSimpleName())
                .resolve(test);
        deleteAll(logs);
        images = Files.createDirectories(logs.resolve("pictures"));
        store = closesAtEnd(TestStore.create(images));
        redis = closesAtEnd(new RedisProcess("redis", logs, redisSettings));
        redis.start();
        provider = closesAtEnd(new Provider());
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        try {
            if (context.getExecutionException().isEmpty()) {
                ServiceProcess.check(settings(redis.uri()));
            }
        } finally {
            while (!running.isEmpty()) {
                running.pop().close();
            }
        }
    }

    RedisProcess redis() {
        return redis;
    }

    Provider provider() {
        return provider;
    }

    /** The directory of the logs of this test's processes. */
    Path logs() {
        return logs;
    }

    /** The directory of the images; empty if they are in a bucket. */
    Path images() {
        return images;
    }

    TestStore store() {
        return store;
    }

    /** For instances that start from now on. */
    TestStore useStoreThatCanFail() throws IOException {
        store = closesAtEnd(TestStore.createToFail(images));
        return store;
    }

    /** Not started yet. The settings alternate names and values; they add to {@link #settings} or replace them. */
    ServiceProcess service(String name, String... settings) {
        return service(name, redis.uri(), settings);
    }

    /** An instance that connects to Redis at another address, such as a proxy's. */
    ServiceProcess service(String name, URI redisUri, String... settings) {
        return closesAtEnd(new ServiceProcess(name, logs, settings(redisUri, settings)));
    }

    /** The same, started and ready. */
    ServiceProcess startService(String name, String... settings) {
        ServiceProcess service = service(name, settings);
        service.start();
        return service.awaitReady();
    }

    /** The settings of every instance; more of them, names and values in turn, take precedence. */
    Map<String, String> settings(URI redisUri, String... more) {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "quarkus.redis.hosts", redisUri.toString(),
                "content.image-api.url", provider.url(),
                "content.image-api.allow-private-addresses", "true",
                "content.public-url", GATEWAY));
        all.putAll(store.settings());
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    /** Names and values in turn. */
    static String[] flat(Map<String, String> settings) {
        return settings.entrySet().stream().flatMap(setting -> Stream.of(setting.getKey(), setting.getValue()))
                .toArray(String[]::new);
    }

    /** A new draft with a recommendation. Its name is the event's title too, by which the provider identifies it. */
    String recommend() {
        String draft = "draft-" + UUID.randomUUID();
        try (Jedis jedis = redis.connect()) {
            jedis.setex("ai:event:" + draft, 3_600L, "{\"eventTitle\": \"" + draft + "\"}");
        }
        return draft;
    }

    /** A job for a draft of its own. */
    AcceptedJob accept(ServiceProcess by) {
        return accept(by, this::recommend);
    }

    /**
     * Retries after a 503, as a client does. Each attempt is for another draft, because a refused request
     * may have been executed, and the provider cannot distinguish two jobs of one draft.
     */
    AcceptedJob accept(ServiceProcess by, Supplier<String> drafts) {
        return await().atMost(ACCEPT_LIMIT).pollDelay(Duration.ZERO)
                .until(() -> acceptOne(by, drafts.get()), Optional::isPresent).orElseThrow();
    }

    private Optional<AcceptedJob> acceptOne(ServiceProcess by, String draft) {
        return by.tryToAccept(draft).map(jobId -> new AcceptedJob(jobId, draft, provider));
    }

    /** Entries leave the queue a moment after their jobs have ended. */
    void awaitEmptyQueue() {
        try (Jedis jedis = redis.connect()) {
            await().untilAsserted(() -> {
                assertThat(jedis.xlen(QUEUE)).as("entries").isZero();
                assertThat(jedis.xinfoGroup(QUEUE)).allSatisfy(group -> assertThat(group.getPending()).isZero());
            });
        }
    }

    /** The connections that subscribe to changes of jobs: an instance has one while a client waits there. */
    long subscribers() {
        try (Jedis jedis = redis.connect()) {
            return Long.parseLong(jedis.pubsubNumSub("content:events").get("content:events"));
        }
    }

    <T extends AutoCloseable> T closesAtEnd(T closeable) {
        running.push(closeable);
        return closeable;
    }

    private static void deleteAll(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }
}
