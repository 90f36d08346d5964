package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.kt.event.content.PatientAwaitility;

import io.vertx.core.Vertx;

/** A file that was found and cannot be opened any more. */
class OpenedFileTest {
    private final Vertx vertx = Vertx.vertx();
    @TempDir
    Path directory;

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void isNoImageAnyMoreOnceItIsDeleted() {
        assertThat(failure(directory.resolve("a.png"))).isInstanceOf(NoSuchImageException.class);
    }

    @Test
    void isUnavailableIfItCannotBeOpened() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "a file in the directory's place");

        assertThat(failure(other.resolve("a.png"))).isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("a.png");
    }

    private Throwable failure(Path file) {
        var sent = new OpenedFile(vertx, file).sendTo(null, 0, 1).toCompletionStage().toCompletableFuture();
        return assertThat(sent).failsWithin(PatientAwaitility.LIMIT).withThrowableOfType(Exception.class).actual()
                .getCause();
    }
}
