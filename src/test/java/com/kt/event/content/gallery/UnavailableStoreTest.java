package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that is full or gone. */
class UnavailableStoreTest extends ImageStoreSuite {
    @Test
    void keepsAnImageWhenItsDirectoryIsBack() throws IOException {
        Path aside = directory.resolveSibling("aside");
        Files.move(directory, aside);

        CompletableFuture<KeptImage> image = waits();
        get(store().probe());
        assertThat(image).isNotDone();

        Files.move(aside, directory);
        get(store().probe());
        await().until(image::isDone);
        assertThat(directory.resolve("a-simple.png")).hasContent("bytes");
        assertThat(health.isWritable()).isTrue();
    }

    @Test
    void keepsAnImageWhenNoFileIsInItsDirectorysPlaceAnyMore() throws IOException {
        Path aside = directory.resolveSibling("aside");
        Files.move(directory, aside);
        Files.writeString(directory, "in the way");

        CompletableFuture<KeptImage> image = waits();

        Files.delete(directory);
        Files.move(aside, directory);
        get(store().probe());
        await().until(image::isDone);
        assertThat(directory.resolve("a-simple.png")).hasContent("bytes");
    }

    @Test
    void findsOutThatItsDirectoryIsGoneBeforeAnImageIsPaidFor() throws IOException {
        Files.delete(directory);

        get(store().probe());
        assertThat(health.isWritable()).isFalse();

        Files.createDirectory(directory);
        get(store().probe());
        assertThat(health.isWritable()).isTrue();
        assertThat(directory).isEmptyDirectory();
    }

    private CompletableFuture<KeptImage> waits() {
        CompletableFuture<KeptImage> image = store().keep("a-simple", ImageStores.image("bytes".getBytes()))
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
            CompletableFuture<KeptImage> image = store().keep(ID + "-simple", ImageStores.image(large))
                    .subscribeAsCompletionStage();
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
    void keepsAnImageWhenItsDiskCanBeWrittenToAgain(String breaks, String heals) {
        assumeTrue(mount(directory), "mounts need root");
        try {
            assertThat(run("mount", "-o", breaks, directory.toString())).isZero();
            CompletableFuture<KeptImage> image = waits();
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
    void startsAsNotWritableOnAFullDisk() throws IOException {
        assumeTrue(mount(directory), "mounts need root");
        try {
            fill(directory.resolve("full"));

            store().prepare(null, true);

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
}
