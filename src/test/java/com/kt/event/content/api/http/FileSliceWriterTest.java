package com.kt.event.content.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import com.kt.event.content.gallery.ImageGoneException;
import com.kt.event.content.gallery.NoSuchImageException;

import io.vertx.core.http.HttpClosedException;

class FileSliceWriterTest {
    @Test
    void tellsThatAnImageIsGoneThatWasDeletedSinceItWasFound() {
        assertThat(FileSliceWriter.described(new NoSuchImageException("deleted")))
                .isInstanceOf(ImageGoneException.class);
    }

    @Test
    void logsNothingOfAClientThatHasGone() {
        assertThat(FileSliceWriter.described(new HttpClosedException("closed")))
                .isInstanceOf(NoSuchImageException.class);
    }
}
