package com.kt.event.content.gallery;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.image.Image;
import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.image.SpoolTesting;
import com.kt.event.content.image.WholeImages;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

/** The base of the tests of the store: a temporary directory, and a clock that stands still. */
abstract class ImageStoreSuite {
    static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    static final String ID = "a1b2c3d4-0000-4000-8000-00000000000f";
    static final String OTHER = "a1b2c3d4-0000-4000-9000-000000000000";
    static Vertx vertx;
    static ScheduledExecutorService timer;

    @TempDir
    Path directory;

    final StoreHealth health = new StoreHealth(timer);
    final RememberedImages goneImages = new RememberedImages();

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
        timer = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterAll
    static void stopVertx() {
        vertx.closeAndAwait();
        timer.shutdownNow();
    }

    static int run(String... command) {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    URI keep(String name, String bytes) {
        String[] parts = name.split("\\.");
        ImageFormat format = Stream.of(ImageFormat.values()).filter(one -> one.extension().equals(parts[1])).findFirst()
                .orElseThrow();
        return get(store().keep(parts[0],
                new Image(format, ImageStores.details(bytes.getBytes()), SpoolTesting.spool(bytes.getBytes()))))
                .link();
    }

    void age(String name, Duration age) throws IOException {
        Files.setLastModifiedTime(directory.resolve(name), FileTime.from(NOW.minus(age)));
    }

    ImageStore store() {
        return new ImageStore(StoreConfig.inDirectory(directory), new DirectoryFiles(directory, vertx),
                new StoredDetails(new WholeImages(1_000_000), vertx),
                goneImages,
                Clock.fixed(NOW, ZoneOffset.UTC), health);
    }

    ImageCleanUp cleanUp() {
        return new ImageCleanUp(new DirectoryFiles(directory, vertx), goneImages, StoreConfig.inDirectory(directory),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
