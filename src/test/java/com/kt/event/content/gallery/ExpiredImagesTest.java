package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleting images, and nothing else. */
class ExpiredImagesTest extends ImageStoreSuite {
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

        get(cleanUp().run());

        assertThat(names()).containsExactlyInAnyOrder(ID + "-trendy.png", OTHER + ".part");
    }

    /** A link ends with the image's life, the file an hour later; a day after the first everything is forgotten. */
    @Test
    void remembersWhatHasExpiredUntilADayAfterItsLinkEnded() throws IOException {
        for (String style : List.of("simple", "fancy", "trendy")) {
            keep(ID + "-" + style + ".png", "bytes");
        }
        age(ID + "-simple.png", Duration.ofDays(7).plusHours(3));
        age(ID + "-fancy.png", Duration.ofDays(8).plusMinutes(1));
        age(ID + "-trendy.png", Duration.ofDays(7));

        get(cleanUp().run());

        assertThat(names()).containsExactly(ID + "-trendy.png");
        assertThat(goneImages.left).containsEntry(ID + "-simple.png", Duration.ofHours(21))
                .doesNotContainKey(ID + "-trendy.png");
        assertThat(goneImages.left.getOrDefault(ID + "-fancy.png", Duration.ZERO)).isLessThanOrEqualTo(Duration.ZERO);
        for (String style : List.of("simple", "trendy")) {
            assertThatThrownBy(() -> get(store().find(ID + "-" + style + ".png")))
                    .isInstanceOf(ImageGoneException.class);
        }
    }

    @Test
    void servesAnImageUntilTheEndOfItsLifeAndKnowsThatItIsGoneAfterwards() throws IOException {
        keep(ID + "-simple.png", "bytes");
        age(ID + "-simple.png", Duration.ofDays(7).minusMillis(1));
        assertThat(store().expiresAt(get(store().find(ID + "-simple.png")))).isEqualTo(NOW.plusMillis(1));

        age(ID + "-simple.png", Duration.ofDays(7));
        assertThatThrownBy(() -> get(store().find(ID + "-simple.png"))).isInstanceOf(ImageGoneException.class);
    }

    @Test
    void remembersADeletedImageForADay() {
        URI link = keep(ID + "-simple.png", "bytes");

        get(store().delete(link));

        assertThat(goneImages.left).containsExactly(entry(ID + "-simple.png", Duration.ofDays(1)));
        assertThatThrownBy(() -> get(store().find(ID + "-simple.png"))).isInstanceOf(ImageGoneException.class);
        assertThatThrownBy(() -> get(store().find(ID + "-fancy.png"))).isInstanceOf(NoSuchImageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes.txt", "family.png", "backup.tar.gz", "a-simple.png", ".part", "crashed.part",
            ID + ".png", ID + ".txt", ID + "-simple.txt", ID + "-simple.png.bak", ID + "-simple.part",
            ID + "-other.png",
            "x" + ID + "-simple.png", ID + "-simple.PNG", "00000000-0000-0000-0000-000000000000-simple.png",
            "A1B2C3D4-0000-4000-8000-00000000000F-simple.png", ID + ".part.png", "check123.part"})
    void leavesFilesOfOthersAlone(String name) throws IOException {
        Files.writeString(directory.resolve(name), "somebody else's");
        age(name, Duration.ofDays(30));

        get(cleanUp().run());
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

        get(cleanUp().run());
        get(store().delete(URI.create("https://shop.example/" + ID + "-simple.png")));
        get(store().delete(URI.create("https://shop.example/" + ID + "-fancy.png")));

        assertThat(link).isSymbolicLink();
        assertThat(elsewhere).hasContent("somebody else's");
        assertThat(folder).isDirectory();
        assertThat(below).hasContent("deep");
    }

    @Test
    void deletesTheFileOfALinkAndMayBeAskedTwice() {
        URI link = keep(ID + "-simple.png", "bytes");

        get(store().delete(link));
        get(store().delete(link));

        assertThat(directory).isEmptyDirectory();
    }
}
