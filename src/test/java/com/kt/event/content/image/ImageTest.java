package com.kt.event.content.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

/** What an image is, read from its bytes. */
class ImageTest extends Cleaning {
    @Test
    void describesTheBytesThatAreLeft() throws IOException {
        byte[] png = encoded("png");
        byte[] image = insert(png, 33, PngChunks.chunk("tEXt", bytes("Author\0Kim")));

        Image one = image(ImageFormat.PNG, png);
        Image other = image(ImageFormat.PNG, image);

        assertThat(other.content().bytes()).isEqualTo(png);
        assertThat(other.details()).isEqualTo(one.details());
        assertThat(other.details().mediaType()).isEqualTo("image/png");
        assertThat(other.details().width()).isEqualTo(40);
        assertThat(other.details().height()).isEqualTo(30);
        assertThat(other.details().bytes()).isEqualTo(png.length);
    }

    @Test
    void hashesTheBytes() throws IOException {
        byte[] svg = "<svg />".getBytes(StandardCharsets.UTF_8);

        assertThat(image(ImageFormat.SVG, svg).details()).isEqualTo(
                new ImageDetails("image/svg+xml", null, null, 7,
                        "f68e724d27d8f77658c3fefb57fba1f236c3f0592e66bfbaac3547ffdcdadc8b"));
    }
}
