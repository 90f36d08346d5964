package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.provider.ImageFormat;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

class ImageStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final String ID = "a1b2c3d4-0000-4000-8000-00000000000f";
    private static final String OTHER = "a1b2c3d4-0000-4000-9000-000000000000";
    private static Vertx vertx;

    private static ScheduledExecutorService timer;

    @TempDir
    Path directory;

    private final StoreHealth health = new StoreHealth(timer);

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

    @Test
    void keepsBytesAndLinksToThem() throws IOException {
        URI link = keep("a-simple.png", "bytes");

        assertThat(link).hasToString("https://shop.example/gw/api/content/images/files/a-simple.png");
        assertThat(get(store().find("a-simple.png")).file()).hasContent("bytes");
        assertThat(Files.list(directory)).hasSize(1);
    }

    @Test
    void neverChangesAFile() {
        URI link = keep("a-simple.png", "first");

        assertThat(keep("a-simple.png", "second")).isEqualTo(link);
        assertThat(get(store().find("a-simple.png")).file()).hasContent("first");
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

        assertThatThrownBy(() -> get(store.keep("a-simple", "png", "bytes".getBytes())));

        assertThat(directory).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../a.png", "/etc/passwd", "a", "a.", "a.PNG", "a b.png", "a.png.part",
            "x/a.png", "a.png\0", "한글.png"})
    void knowsNoFileWithSuchAName(String name) {
        assertThatThrownBy(() -> get(store().find(name))).isInstanceOf(NoSuchImageException.class);
    }

    @Test
    void knowsNoFileThatIsNotThere() {
        assertThatThrownBy(() -> get(store().find("gone.png"))).isInstanceOf(NoSuchImageException.class);
    }

    @Test
    void deletesWhatHasExpired() throws IOException {
        keep(ID + "-simple.png", "old");
        keep(ID + "-fancy.jpg", "old");
        keep(ID + "-trendy.png", "new");
        age(ID + "-simple.png", Duration.ofDays(7).plusHours(2));
        age(ID + "-fancy.jpg", Duration.ofDays(7).plusHours(2));
        age(ID + "-trendy.png", Duration.ofDays(7));
        Files.writeString(directory.resolve(ID + ".part"), "left by a crash");
        age(ID + ".part", Duration.ofHours(2));
        Files.writeString(directory.resolve(OTHER + ".part"), "perhaps still being written");
        age(OTHER + ".part", Duration.ofMinutes(30));

        store().deleteExpired();

        assertThat(names()).containsExactlyInAnyOrder(ID + "-trendy.png", OTHER + ".part");
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes.txt", "family.png", "backup.tar.gz", "a-simple.png", ".part", "crashed.part",
            ID + ".png", ID + ".txt", ID + "-simple.txt", ID + "-simple.png.bak", ID + "-simple.part",
            ID + "-other.png",
            "x" + ID + "-simple.png", ID + "-simple.PNG", "00000000-0000-0000-0000-000000000000-simple.png",
            "A1B2C3D4-0000-4000-8000-00000000000F-simple.png", ID + ".part.png", "check123.part"})
    void leavesAloneWhatItDidNotMake(String name) throws IOException {
        Files.writeString(directory.resolve(name), "somebody else's");
        age(name, Duration.ofDays(30));

        store().deleteExpired();
        get(store().delete(URI.create("https://shop.example/" + name)));

        assertThat(directory.resolve(name)).hasContent("somebody else's");
    }

    @Test
    void deletesNeitherDirectoriesNorLinksNorWhatTheyLeadTo() throws IOException {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "somebody else's");
        Path link = Files.createSymbolicLink(directory.resolve(ID + "-simple.png"), elsewhere);
        Path folder = Files.createDirectory(directory.resolve(ID + "-fancy.png"));
        Files.setLastModifiedTime(elsewhere, FileTime.from(NOW.minus(Duration.ofDays(30))));
        age(ID + "-fancy.png", Duration.ofDays(30));
        Path below = Files.createDirectory(directory.resolve("below")).resolve(OTHER + "-simple.png");
        Files.setLastModifiedTime(Files.writeString(below, "deep"), FileTime.from(NOW.minus(Duration.ofDays(30))));

        store().deleteExpired();
        get(store().delete(URI.create("https://shop.example/" + ID + "-simple.png")));
        get(store().delete(URI.create("https://shop.example/" + ID + "-fancy.png")));

        assertThat(link).isSymbolicLink();
        assertThat(elsewhere).hasContent("somebody else's");
        assertThat(folder).isDirectory();
        assertThat(below).hasContent("deep");
    }

    @Test
    void deletesWhatALinkShowsAndMayBeToldSoTwice() {
        URI link = keep(ID + "-simple.png", "bytes");

        get(store().delete(link));
        get(store().delete(link));

        assertThat(directory).isEmptyDirectory();
    }

    /** Of those who write the same image at the same time one wins, and what its link shows never changes. */
    @Test
    void keepsTheFirstOfManyThatAreWrittenAtTheSameTime() throws IOException {
        for (int round = 0; round < 50; round++) {
            String name = "round" + round;
            List<CompletableFuture<URI>> all = IntStream.range(0, 8).mapToObj(writer -> store()
                    .keep(name, "png", Integer.toString(writer).repeat(20_000).getBytes())
                    .subscribeAsCompletionStage().toCompletableFuture()).toList();
            CompletableFuture.anyOf(all.toArray(CompletableFuture[]::new)).join();
            String first = Files.readString(directory.resolve(name + ".png"));
            all.forEach(CompletableFuture::join);

            assertThat(first).hasSize(20_000).isEqualTo(first.substring(0, 1).repeat(20_000));
            assertThat(directory.resolve(name + ".png")).hasContent(first);
        }
        assertThat(directory).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    @Test
    void keepsTheImageOfAWriterThatWasFasterAfterTheLook() throws IOException {
        ImageDirectory slow = new ImageDirectory(directory, (name, file) -> {
            Files.writeString(name, "first");
            Files.createLink(name, file);
        });

        slow.write("a-simple.png", "second".getBytes());

        assertThat(directory.resolve("a-simple.png")).hasContent("first");
        assertThat(names()).containsExactly("a-simple.png");
    }

    @Test
    void keepsImagesWhereAFileCannotHaveTwoNames() throws IOException {
        ImageDirectory without = new ImageDirectory(directory, (name, file) -> {
            throw new FileSystemException(name.toString(), file.toString(), "Operation not permitted");
        });

        without.write("a-simple.png", "first".getBytes());
        without.write("a-simple.png", "second".getBytes());

        assertThat(names()).containsExactly("a-simple.png");
        assertThat(directory.resolve("a-simple.png")).hasContent("first");
    }

    // --- a store that is full, or gone

    @Test
    void keepsAImageWhenItsDirectoryIsBack() throws IOException {
        Path aside = directory.resolveSibling("aside");
        Files.move(directory, aside);

        CompletableFuture<URI> image = waits();
        get(store().probe());
        assertThat(image).isNotDone();

        Files.move(aside, directory);
        get(store().probe());
        await().until(image::isDone);
        assertThat(directory.resolve("a-simple.png")).hasContent("bytes");
        assertThat(health.isWritable()).isTrue();
    }

    @Test
    void keepsAImageWhenNoFileIsInItsDirectorysPlaceAnyMore() throws IOException {
        Path aside = directory.resolveSibling("aside");
        Files.move(directory, aside);
        Files.writeString(directory, "in the way");

        CompletableFuture<URI> image = waits();

        Files.delete(directory);
        Files.move(aside, directory);
        get(store().probe());
        await().until(image::isDone);
        assertThat(directory.resolve("a-simple.png")).hasContent("bytes");
    }

    @Test
    void findsOutThatItsDirectoryIsGoneBeforeAImageIsPaidFor() throws IOException {
        Files.delete(directory);

        get(store().probe());
        assertThat(health.isWritable()).isFalse();

        Files.createDirectory(directory);
        get(store().probe());
        assertThat(health.isWritable()).isTrue();
        assertThat(directory).isEmptyDirectory();
    }

    private CompletableFuture<URI> waits() {
        CompletableFuture<URI> image = store().keep("a-simple", "png", "bytes".getBytes())
                .subscribeAsCompletionStage();
        await().until(() -> health.unkept() == 1);
        assertThat(health.isWritable()).isFalse();
        return image;
    }

    @Test
    void leavesNothingHalfWrittenOnAFullDisk() throws IOException {
        assumeTrue(mount(directory), "mounts need root");
        try {
            byte[] large = new byte[3 << 20];
            CompletableFuture<URI> image = store().keep(ID + "-simple", "png", large).subscribeAsCompletionStage();
            await().until(() -> health.unkept() == 1);

            assertThat(directory).as("the part is gone").isEmptyDirectory();
            get(store().probe());
            assertThat(health.isWritable()).as("room for a probe is none for an image").isFalse();
            await().untilAsserted(() -> assertThat(directory).isEmptyDirectory());

            run("mount", "-o", "remount,size=8m", directory.toString());
            await().until(() -> {
                get(store().probe());
                return image.isDone();
            });
            assertThat(directory.resolve(ID + "-simple.png")).hasSize(large.length);
            assertThat(health.isWritable()).isTrue();
        } finally {
            run("umount", directory.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"'remount,ro', 'remount,rw'", "'remount,nr_inodes=1', 'remount,nr_inodes=1k'"})
    void keepsAImageWhenItsDiskCanBeWrittenToAgain(String breaks, String heals) {
        assumeTrue(mount(directory), "mounts need root");
        try {
            assertThat(run("mount", "-o", breaks, directory.toString())).isZero();
            CompletableFuture<URI> image = waits();
            get(store().probe());
            assertThat(image).isNotDone();

            assertThat(run("mount", "-o", heals, directory.toString())).isZero();
            get(store().probe());
            await().until(image::isDone);
            assertThat(directory.resolve("a-simple.png")).hasContent("bytes");
        } finally {
            run("umount", directory.toString());
        }
    }

    @Test
    void startsWithItsGateClosedOnAFullDisk() throws IOException {
        assumeTrue(mount(directory), "mounts need root");
        try {
            fill(directory.resolve("full"));

            store().prepareDirectory(null, true);

            assertThat(health.trouble()).hasValueSatisfying(why -> assertThat(why).contains("No space left"));
            Files.delete(directory.resolve("full"));
            get(store().probe());
            assertThat(health.isWritable()).isTrue();
        } finally {
            run("umount", directory.toString());
        }
    }

    private static boolean mount(Path directory) {
        return run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", directory.toString()) == 0;
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // --- what is served

    @Test
    void servesNoDirectoryAndNothingFromElsewhere() throws IOException {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "secret");
        Files.createDirectory(directory.resolve("folder.png"));
        Files.createSymbolicLink(directory.resolve("link.png"), elsewhere);
        Files.createSymbolicLink(directory.resolve("dangling.png"), directory.resolve("nowhere"));

        for (String name : List.of("folder.png", "link.png", "dangling.png")) {
            assertThatThrownBy(() -> get(store().find(name))).as(name).isInstanceOf(NoSuchImageException.class);
        }
    }

    @Test
    void doesNotWaitAtAPipe() throws IOException {
        assumeTrue(run("mkfifo", directory.resolve("pipe.png").toString()) == 0, "there is mkfifo");

        assertThatThrownBy(() -> get(store().find("pipe.png"))).isInstanceOf(NoSuchImageException.class);
    }

    @Test
    void saysSoWhereAImageIsThereAndCannotBeLookedAt() throws IOException {
        Files.delete(directory);
        Files.writeString(directory, "a file in the directory's place");

        assertThatThrownBy(() -> get(store().find("a.png"))).isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("a.png");
        assertThatThrownBy(() -> get(store().delete(URI.create("https://a/" + ID + "-simple.png"))))
                .isInstanceOf(StoreUnavailableException.class);
        Files.delete(directory);
    }

    @Test
    void knowsTheFileOfEveryFormatThereIs() {
        assertThat(Stream.of(ImageFormat.values()).map(ImageFormat::extension))
                .containsExactlyInAnyOrderElementsOf(ImageDirectory.EXTENSIONS);
    }

    @Test
    void makesItsDirectory() {
        directory = directory.resolve("deep").resolve("down");

        store().prepareDirectory(null, true);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesADirectoryThatItCannotWriteTo() {
        directory = Path.of("/proc/images");

        assertThatThrownBy(() -> store().prepareDirectory(null, true)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("content.store.directory").hasMessageContaining("/proc/images");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    private URI keep(String name, String bytes) {
        String[] parts = name.split("\\.");
        return get(store().keep(parts[0], parts[1], bytes.getBytes()));
    }

    private void age(String name, Duration age) throws IOException {
        Files.setLastModifiedTime(directory.resolve(name), FileTime.from(NOW.minus(age)));
    }

    private ImageStore store() {
        return new ImageStore(new Config(directory), vertx, Clock.fixed(NOW, ZoneOffset.UTC), health);
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
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
