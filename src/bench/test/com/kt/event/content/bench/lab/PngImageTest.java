package com.kt.event.content.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngImageTest {
    @ParameterizedTest
    @ValueSource(ints = {200, 2_000_000})
    void hasTheSizeAndCanBeRead(int size) throws IOException {
        byte[] png = PngImage.ofSize(size);

        assertThat(png).hasSize(size);
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(16);
    }

    @Test
    void isNeverTooSmallToBeAnImage() throws IOException {
        assertThat(ImageIO.read(new ByteArrayInputStream(PngImage.ofSize(0))).getHeight()).isEqualTo(16);
    }

    @Test
    void canBeAsLargeAndAsHardToCompressAsAPhotograph() throws IOException {
        byte[] png = PngImage.photograph(256);

        assertThat(png).hasSizeBetween(50_000, 200_000);
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getHeight()).isEqualTo(256);
    }
}
