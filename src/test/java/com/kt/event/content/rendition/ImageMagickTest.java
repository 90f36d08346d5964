package com.kt.event.content.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.rendition.RenditionSpec.Fit;

/**
 * Renditions are as ImageMagick makes them, with the same filter and in linear light. The bound is a peak signal-to-noise
 * ratio of 42 dB, a root mean square error of 2 of 255, and a structural similarity of 0.99: ImageMagick rounds, and cuts
 * overshooting values, between the axes. A JPEG adds its own loss, for which 32 dB and 0.95 are usual.
 */
class ImageMagickTest {
    private static final double OF_ROUNDING = 42;
    private static final double OF_JPEG = 32;

    static List<String> names() throws IOException {
        return Images.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void reducesAnImageAsImageMagick(String name) throws IOException {
        BufferedImage expected = Images.expected(name);

        BufferedImage rendition = Images.make(Images.read(name),
                Images.png(expected.getWidth(), expected.getHeight()));

        assertSimilar(rendition, expected, OF_ROUNDING, 0.99);
    }

    @Test
    void enlargesAnImageAsImageMagick() throws IOException {
        BufferedImage expected = Images.expected("enlarged");

        BufferedImage rendition = Images.make(Images.read("rgb.png"),
                Images.png(expected.getWidth(), expected.getHeight()));

        assertSimilar(rendition, expected, OF_ROUNDING, 0.99);
    }

    @Test
    void cropsAnImageAroundItsCentreAsImageMagick() throws IOException {
        BufferedImage expected = Images.expected("cropped");

        BufferedImage rendition = Images.make(Images.read("rgb.png"), Images.spec(expected.getWidth(),
                expected.getHeight(), ImageFormat.PNG, 1_000_000, Fit.COVER));

        assertSimilar(rendition, expected, OF_ROUNDING, 0.99);
    }

    @Test
    void writesAJpegThatLooksTheSame() throws IOException {
        BufferedImage expected = Images.expected("enlarged");

        BufferedImage rendition = Images.make(Images.read("rgb.png"), Images.spec(expected.getWidth(),
                expected.getHeight(), ImageFormat.JPEG, 1_000_000, Fit.CONTAIN));

        assertSimilar(rendition, expected, OF_JPEG, 0.95);
    }

    private static void assertSimilar(BufferedImage rendition, BufferedImage expected, double psnr, double ssim) {
        Similarity similarity = Similarity.of(rendition, expected);
        assertThat(similarity.psnr()).as(similarity.toString()).isGreaterThan(psnr);
        assertThat(similarity.ssim()).as(similarity.toString()).isGreaterThan(ssim);
    }
}
