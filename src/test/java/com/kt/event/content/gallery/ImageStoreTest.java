package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.image.ImageDetails;
import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.image.SpoolTesting;
import com.kt.event.content.recommendation.Style;

import io.quarkus.runtime.configuration.ConfigurationException;

/** Keeping and finding images. */
class ImageStoreTest extends ImageStoreSuite {
    @Test
    void keepsBytesAndLinksToThem() throws IOException {
        String name = ID + "-simple.png";

        URI link = keep(name, "bytes");

        assertThat(link).hasToString("https://shop.example/gw/api/content/images/files/" + name);
        assertThat(get(store().find(name)).size()).isEqualTo("bytes".length());
        assertThat(directory.resolve(name)).hasContent("bytes");
        assertThat(Files.list(directory)).hasSize(1);
    }

    @Test
    void neverChangesAFile() {
        URI link = keep("a-simple.png", "first");

        assertThat(keep("a-simple.png", "second")).isEqualTo(link);
        assertThat(directory.resolve("a-simple.png")).hasContent("first");
        assertThat(directory).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    @Test
    void findsAnImageWhateverItsExtension() {
        URI link = keep("a-simple.webp", "bytes");

        assertThat(get(store().findKept("a-simple")).map(KeptImage::link)).contains(link);
        assertThat(get(store().findKept("a-fancy"))).isEmpty();
        assertThat(get(store().findKept("a"))).isEmpty();
    }

    @Test
    void describesAnImageByItsBytes() throws IOException {
        byte[] png = ImageApiStub.png(Style.FANCY);
        Files.write(directory.resolve("a-simple.png"), png);
        age("a-simple.png", Duration.ofHours(1).plusNanos(999));
        ImageDetails details = ImageDetails.of(png).orElseThrow();

        KeptImage found = get(store().findKept("a-simple")).orElseThrow();

        assertThat(found.details()).isEqualTo(details);
        assertThat(found.keptAt()).isEqualTo(NOW.minus(Duration.ofHours(1)).minusMillis(1));
        assertThat(get(store().keep("a-simple", ImageStores.image(new byte[9]))).details())
                .as("another worker was faster").isEqualTo(details);
    }

    @Test
    void describesTheImageOfTheFasterWorkerIfBothHaveTheSameLength() throws IOException {
        byte[] png = ImageApiStub.png(Style.FANCY);
        Files.write(directory.resolve("a-simple.png"), png);

        assertThat(get(store().keep("a-simple", ImageStores.image(new byte[png.length]))).details())
                .isEqualTo(ImageDetails.of(png).orElseThrow());
    }

    @Test
    void findsAnImageOfAnOlderVersionThatItWouldNotAccept() throws IOException {
        Files.write(directory.resolve("a-simple.png"), new byte[9]);

        assertThat(get(store().findKept("a-simple")).orElseThrow().details()).isNull();
    }

    @Test
    void leavesNothingHalfWritten() {
        ImageStore store = store();
        directory.resolve("a-simple.png").toFile().mkdir();
        directory.resolve("a-simple.png").resolve("in the way").toFile().mkdir();

        assertThatThrownBy(() -> get(store.keep("a-simple", ImageStores.image("bytes".getBytes()))));

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
        assertThatThrownBy(() -> get(store().find(ID + "-simple.png"))).isInstanceOf(NoSuchImageException.class);
    }

    /** Of several concurrent writers of the same image one wins, and the file behind its link never changes. */
    @Test
    void keepsTheFirstOfManyThatAreWrittenAtTheSameTime() throws IOException {
        for (int round = 0; round < 50; round++) {
            String name = "round" + round;
            List<CompletableFuture<KeptImage>> all = IntStream.range(0, 8).mapToObj(writer -> store()
                    .keep(name, ImageStores.image(Integer.toString(writer).repeat(20_000).getBytes()))
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
    void keepsTheImageOfAFasterConcurrentWriter() throws IOException {
        ImageDirectory slow = new ImageDirectory(directory, (name, file) -> {
            Files.writeString(name, "first");
            Files.createLink(name, file);
        });

        slow.write("a-simple.png", SpoolTesting.spool("second".getBytes()));

        assertThat(directory.resolve("a-simple.png")).hasContent("first");
        assertThat(names()).containsExactly("a-simple.png");
    }

    @Test
    void keepsImagesWhereAFileCannotHaveTwoNames() throws IOException {
        ImageDirectory without = new ImageDirectory(directory, (name, file) -> {
            throw new FileSystemException(name.toString(), file.toString(), "Operation not permitted");
        });

        without.write("a-simple.png", SpoolTesting.spool("first".getBytes()));
        without.write("a-simple.png", SpoolTesting.spool("second".getBytes()));

        assertThat(names()).containsExactly("a-simple.png");
        assertThat(directory.resolve("a-simple.png")).hasContent("first");
    }

    // --- what is served

    @Test
    void servesNoDirectoryAndNothingFromElsewhere() throws IOException {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "secret");
        Files.createDirectory(directory.resolve(ID + "-simple.png"));
        Files.createSymbolicLink(directory.resolve(ID + "-fancy.png"), elsewhere);
        Files.createSymbolicLink(directory.resolve(ID + "-trendy.png"), directory.resolve("nowhere"));

        for (String name : List.of(ID + "-simple.png", ID + "-fancy.png", ID + "-trendy.png")) {
            assertThatThrownBy(() -> get(store().find(name))).as(name).isInstanceOf(NoSuchImageException.class);
        }
    }

    @Test
    void doesNotBlockOnAPipe() throws IOException {
        String name = ID + "-simple.png";
        assumeTrue(run("mkfifo", directory.resolve(name).toString()) == 0, "there is mkfifo");

        assertThatThrownBy(() -> get(store().find(name))).isInstanceOf(NoSuchImageException.class);
    }

    @Test
    void reportsThatAnImageCannotBeRead() throws IOException {
        Files.delete(directory);
        Files.writeString(directory, "a file in the directory's place");

        assertThatThrownBy(() -> get(store().find(ID + "-simple.png"))).isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("-simple.png");
        assertThatThrownBy(() -> get(store().delete(URI.create("https://a/" + ID + "-simple.png"))))
                .isInstanceOf(StoreUnavailableException.class);
        Files.delete(directory);
    }

    // --- the directory

    @Test
    void knowsTheFileOfEveryFormatThereIs() {
        assertThat(Stream.of(ImageFormat.values()).map(ImageFormat::extension))
                .containsExactlyInAnyOrderElementsOf(ImageNames.EXTENSIONS);
    }

    @Test
    void makesItsDirectory() {
        directory = directory.resolve("deep").resolve("down");

        store().prepare(null, true);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesADirectoryThatItCannotWriteTo() {
        directory = Path.of("/proc/images");

        assertThatThrownBy(() -> store().prepare(null, true)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("content.store.directory").hasMessageContaining("/proc/images");
    }
}
