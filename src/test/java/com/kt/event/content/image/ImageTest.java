package com.kt.event.content.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.ObjectMapper;

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

    /** EXIF's orientations from 5 on. */
    @ParameterizedTest
    @CsvSource({"1,", "4,", "5,true", "6,true", "8,true"})
    void saysWhetherItsSidesAreSwappedWhenItIsDisplayed(int orientation, Boolean isTurned) throws IOException {
        byte[] exif = PngChunks.chunk("eXIf", Tiff.turned(orientation));
        byte[] png = insert(encoded("png"), 33, exif);
        byte[] withManifest = insert(png, 33, PngChunks.chunk("caBX", bytes("jumb c2pa")));

        for (byte[] one : new byte[][]{png, withManifest}) {
            assertThat(image(ImageFormat.PNG, one).details().turned()).isEqualTo(isTurned);
            assertThat(image(ImageFormat.PNG, one).details().width()).isEqualTo(40);
            assertThat(ImageDetails.of(one)).map(ImageDetails::turned).isEqualTo(Optional.ofNullable(isTurned));
        }
    }

    @Test
    void isReadFromRecordsOfOlderVersions() throws IOException {
        ObjectMapper json = new ObjectMapper();
        ImageDetails old = new ImageDetails("image/png", 4, 3, 9, "00");

        String text = json.writeValueAsString(old);

        assertThat(text)
                .isEqualTo("{\"mediaType\":\"image/png\",\"width\":4,\"height\":3,\"bytes\":9,\"sha256\":\"00\"}");
        assertThat(json.readValue(text, ImageDetails.class)).isEqualTo(old);
        ImageDetails turned = new ImageDetails("image/png", 4, 3, 9, "00", true);
        assertThat(json.readValue(json.writeValueAsString(turned), ImageDetails.class)).isEqualTo(turned);
    }

    @Test
    void hashesTheBytes() throws IOException {
        byte[] svg = "<svg />".getBytes(StandardCharsets.UTF_8);

        assertThat(image(ImageFormat.SVG, svg).details()).isEqualTo(
                new ImageDetails("image/svg+xml", null, null, 7,
                        "f68e724d27d8f77658c3fefb57fba1f236c3f0592e66bfbaac3547ffdcdadc8b"));
    }
}
