package com.kt.event.content.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.channel.ShippedChannels;
import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.rendition.RenditionSpec.Fit;

/** What channels demand is read back from the bytes, of a rendition of the image that is the hardest to compress: noise. */
class ChannelLimitsTest {
    private static final Map<String, byte[]> NOISE = new HashMap<>();

    static Map<String, RenditionSpec> channels() {
        return ShippedChannels.all();
    }

    static Stream<Arguments> sources() {
        return channels().keySet().stream().flatMap(channel -> Stream.of("small", "large", "fine", "wide", "high")
                .map(source -> arguments(channel, source)));
    }

    /** Noise of pixels that is scaled down becomes gray; that of squares stays. */
    @BeforeAll
    static void makeNoise() {
        NOISE.put("small", Images.noise(1024, 1024));
        NOISE.put("large", Images.noiseJpeg(4096, 4096, 6));
        NOISE.put("fine", Images.noiseJpeg(4096, 4096, 1));
        NOISE.put("wide", Images.noise(1200, 400));
        NOISE.put("high", Images.noise(400, 1200));
    }

    @AfterAll
    static void forgetNoise() {
        NOISE.clear();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void areKeptForNoise(String channel, String source) throws IOException {
        RenditionSpec spec = channels().get(channel);

        Rendition rendition = Images.rendition(RenditionSource.of(NOISE.get(source)), spec);

        assertThat(rendition.bytes()).hasSizeLessThanOrEqualTo((int) spec.maxBytes());
        JpegFile jpeg = JpegFile.of(rendition.bytes());
        assertThat(List.of(jpeg.width(), jpeg.height())).containsExactly(rendition.width(), rendition.height());
        jpeg.assertAcceptedBy(spec);
    }

    @ParameterizedTest
    @ValueSource(ints = {300_000, 60_000})
    void areKeptByAPng(int maxBytes) throws IOException {
        RenditionSpec spec = Images.spec(300, 200, ImageFormat.PNG, maxBytes, Fit.CONTAIN);

        byte[] png = Images.rendition(RenditionSource.of(Images.read("alpha.png")), spec).bytes();

        assertThat(png).hasSizeLessThanOrEqualTo(maxBytes).startsWith(0x89, 'P', 'N', 'G');
        assertThat(Images.chunks(png)).containsOnly("IHDR", "IDAT", "IEND");
        assertThat(png[25]).as("the type of colours without alpha").isEqualTo((byte) 2);
    }

    @Test
    void lowerTheQualityNoFurtherThanNeeded() throws IOException {
        byte[] noise = Images.noise(512, 512);
        int best = make(noise, 10_000_000).bytes().length;

        Rendition rendition = make(noise, best - 1);

        assertThat(rendition.bytes().length).isBetween(best * 9 / 10, best - 1);
    }

    @Test
    void aSmallerImageInTheSameCanvasKeepsWhatTheLowestQualityDoesNot() throws IOException {
        byte[] noise = Images.noise(512, 512);

        Rendition rendition = make(noise, 40_000);

        BufferedImage image = Images.decoded(rendition.bytes());
        assertThat(rendition.bytes()).hasSizeLessThanOrEqualTo(40_000);
        assertThat(image.getWidth()).isEqualTo(512);
        assertThat(deviation(image, 2, 2)).isLessThan(10);
        assertThat(deviation(image, 252, 252)).isGreaterThan(20);
    }

    @Test
    void aPngIsDrawnSmallerAtOnce() throws IOException {
        RenditionSpec spec = Images.spec(300, 200, ImageFormat.PNG, 100_000, Fit.CONTAIN);

        Rendition rendition = Images.rendition(RenditionSource.of(Images.noise(300, 200)), spec);

        assertThat(rendition.bytes()).startsWith(0x89, 'P', 'N', 'G').hasSizeLessThanOrEqualTo(100_000);
        assertThat(Images.decoded(rendition.bytes()).getWidth()).isEqualTo(300);
    }

    @Test
    void thatCannotBeKeptAreAProblem() throws IOException {
        byte[] noise = Images.noise(512, 512);

        assertThatThrownBy(() -> make(noise, 2_000)).isInstanceOf(RenditionTooLargeException.class)
                .hasMessageContaining("2000 bytes");
    }

    private static Rendition make(byte[] source, int maxBytes) throws IOException {
        return Images.rendition(RenditionSource.of(source),
                Images.spec(512, 512, ImageFormat.JPEG, maxBytes, Fit.CONTAIN));
    }

    /** How far the red of eight pixels in a row differs. */
    private static int deviation(BufferedImage image, int x, int y) {
        int least = 255;
        int most = 0;
        for (int i = 0; i < 8; i++) {
            int red = image.getRGB(x + i, y) >> 16 & 0xff;
            least = Math.min(least, red);
            most = Math.max(most, red);
        }
        return most - least;
    }
}
