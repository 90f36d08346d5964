package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;

class ImageStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static Vertx vertx;

    @TempDir
    Path directory;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.closeAndAwait();
    }

    @Test
    void keepsBytesAndLinksToThem() throws IOException {
        URI link = keep("a-simple.png", "bytes");

        assertThat(link).hasToString("https://shop.example/gw/api/content/images/files/a-simple.png");
        assertThat(get(store().find("a-simple.png"))).hasContent("bytes");
        assertThat(Files.list(directory)).hasSize(1);
    }

    @Test
    void neverChangesAFile() {
        URI link = keep("a-simple.png", "first");

        assertThat(keep("a-simple.png", "second")).isEqualTo(link);
        assertThat(get(store().find("a-simple.png"))).hasContent("first");
        assertThat(directory).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    @Test
    void findsWhatWasKeptWhateverItsExtension() {
        URI link = keep("a-simple.webp", "bytes");

        assertThat(get(store().findKept("a-simple"))).contains(link);
        assertThat(get(store().findKept("a-fancy"))).isEmpty();
        assertThat(get(store().findKept("a"))).isEmpty();
    }

    @Test
    void leavesNothingHalfWritten() {
        ImageStore store = store();
        directory.resolve("a-simple.png").toFile().mkdir();
        directory.resolve("a-simple.png").resolve("in the way").toFile().mkdir();

        assertThatThrownBy(() -> get(store.keep("a-simple", "png", Buffer.buffer("bytes"))));

        assertThat(directory).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../a.png", "/etc/passwd", "a", "a.", "a.PNG", "a b.png", "a.png.part",
            "x/a.png", "a.png\0", "한글.png"})
    void knowsNoFileWithSuchAName(String name) {
        assertThatThrownBy(() -> get(store().find(name))).isInstanceOf(NoSuchPictureException.class);
    }

    @Test
    void knowsNoFileThatIsNotThere() {
        assertThatThrownBy(() -> get(store().find("gone.png"))).isInstanceOf(NoSuchPictureException.class);
    }

    @Test
    void deletesWhatHasExpiredAndNothingElse() throws IOException {
        keep("old-simple.png", "old");
        keep("new-simple.png", "new");
        age("old-simple.png", Duration.ofDays(7).plusHours(2));
        age("new-simple.png", Duration.ofDays(7));
        Files.writeString(directory.resolve("crashed.part"), "half");
        age("crashed.part", Duration.ofDays(8));

        store().deleteExpired();

        assertThat(Files.list(directory).map(file -> file.getFileName().toString())).containsExactly("new-simple.png");
    }

    @Test
    void makesItsDirectory() {
        directory = directory.resolve("deep").resolve("down");

        store().prepareDirectory(null, true);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesADirectoryThatItCannotWriteTo() {
        directory = Path.of("/proc/pictures");

        assertThatThrownBy(() -> store().prepareDirectory(null, true)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("content.store.directory").hasMessageContaining("/proc/pictures");
    }

    private URI keep(String name, String bytes) {
        String[] parts = name.split("\\.");
        return get(store().keep(parts[0], parts[1], Buffer.buffer(bytes)));
    }

    private void age(String name, Duration age) throws IOException {
        Files.setLastModifiedTime(directory.resolve(name), FileTime.from(NOW.minus(age)));
    }

    private ImageStore store() {
        return new ImageStore(new Config(directory), vertx, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(5));
    }

    private record Config(Path directory) implements GalleryConfig, GalleryConfig.Store, GalleryConfig.Image {
        @Override
        public URI publicUrl() {
            return URI.create("https://shop.example/gw/");
        }

        @Override
        public Store store() {
            return this;
        }

        @Override
        public Image image() {
            return this;
        }

        @Override
        public Duration ttl() {
            return Duration.ofDays(7);
        }
    }
}
