package com.kt.event.content.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.image.ImageSize;
import com.kt.event.content.rendition.RenditionSpec.Background;
import com.kt.event.content.rendition.RenditionSpec.Fit;

class LayoutTest {
    private static final int RED = 0xff0000;
    private static final int BLUE = 0x0000ff;
    private static final int GREEN = 0x00ff00;

    @ParameterizedTest
    @CsvSource({
            // Image, canvas, safe area, drawn at.
            "1024, 1024, 1080, 1350, 0, 1080, 1080, 0, 135", "1024, 1536, 1080, 1350, 0, 900, 1350, 90, 0",
            "1024, 1024, 1080, 1920, 250, 1080, 1080, 0, 420", "1024, 1536, 1080, 1920, 250, 947, 1420, 66, 250",
            "100, 100, 800, 400, 0, 400, 400, 200, 0", "1, 4000, 800, 400, 0, 1, 400, 399, 0"})
    void containsTheImageBetweenTheSafeAreas(int width, int height, int canvasWidth, int canvasHeight, int safe,
            int drawnWidth, int drawnHeight, int x, int y) {
        RenditionSpec spec = spec(canvasWidth, canvasHeight, false, Fit.CONTAIN, Background.EDGE, safe);

        Layout layout = Layout.of(spec, new ImageSize(width, height), 1);

        assertThat(layout.canvas()).isEqualTo(new ImageSize(canvasWidth, canvasHeight));
        assertThat(layout.image()).isEqualTo(new ImageSize(drawnWidth, drawnHeight));
        assertThat(layout.x()).isEqualTo(x);
        assertThat(layout.y()).isEqualTo(y);
    }

    @ParameterizedTest
    @CsvSource({"1024, 1024, 720, 720", "2000, 1000, 1280, 640", "300, 200, 300, 200"})
    void isNotLargerThanTheImageIfTheSizeIsAMaximum(int width, int height, int expectedWidth, int expectedHeight) {
        RenditionSpec spec = spec(1280, 720, true, Fit.CONTAIN, Background.EDGE, 0);

        Layout layout = Layout.of(spec, new ImageSize(width, height), 1);

        assertThat(layout.canvas()).isEqualTo(new ImageSize(expectedWidth, expectedHeight));
        assertThat(layout.isCovered()).isTrue();
    }

    @Test
    void coversTheCanvasWithTheCentreOfTheImage() {
        RenditionSpec spec = spec(800, 400, false, Fit.COVER, Background.EDGE, 0);

        Layout layout = Layout.of(spec, new ImageSize(1000, 1000), 1);

        assertThat(layout.isCovered()).isTrue();
        assertThat(layout.part()).isEqualTo(new Scaler.Part(0, 250, 1000, 500));
    }

    @Test
    void showsTheColourOfTheEdgeThatIsBesideIt() throws IOException {
        BufferedImage rendition = make(image(), spec(100, 300, false, Fit.CONTAIN, Background.EDGE, 0));

        assertThat(rendition.getRGB(50, 5) & 0xffffff).isEqualTo(RED);
        assertThat(rendition.getRGB(50, 150) & 0xffffff).isEqualTo(GREEN);
        assertThat(rendition.getRGB(50, 295) & 0xffffff).isEqualTo(BLUE);
    }

    @Test
    void showsABlurredCopyBesideIt() throws IOException {
        BufferedImage rendition = make(image(), spec(300, 100, false, Fit.CONTAIN, Background.BLUR, 0));

        int left = rendition.getRGB(10, 50);
        assertThat(left >> 8 & 0xff).as("green").isGreaterThan(100);
        assertThat(rendition.getRGB(150, 3) & 0xffffff).isEqualTo(RED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void turnsAsExifSays(int orientation) {
        // As a viewer shows it, 1 is in the upper left corner. Where the corners are stored: EXIF 2.32, section 4.6.4.
        int[][] stored = {{1, 2, 3, 4}, {2, 1, 4, 3}, {4, 3, 2, 1}, {3, 4, 1, 2}, {1, 3, 2, 4}, {2, 4, 1, 3},
                {4, 2, 3, 1}, {3, 1, 4, 2}};

        Pixels turned = new Pixels(2, 2, stored[orientation - 1]).turned(orientation);

        assertThat(turned.rgb()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void refusesWhatNoChannelCanMean() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec(100, 100, false, Fit.CONTAIN, Background.EDGE, 50));
        assertThatIllegalArgumentException().isThrownBy(() -> spec(0, 100, false, Fit.CONTAIN, Background.EDGE, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Images.spec(10, 10, ImageFormat.WEBP, 100, Fit.COVER));
    }

    private static RenditionSpec spec(int width, int height, boolean isMaximum, Fit fit, Background background,
            int safe) {
        return new RenditionSpec(width, height, isMaximum, ImageFormat.PNG, 1_000_000, fit, background, safe, safe);
    }

    private static BufferedImage make(Pixels image, RenditionSpec spec) throws IOException {
        return Images.make(Encoder.encode(image, ImageFormat.PNG, 0), spec);
    }

    /** Green, with a red upper and a blue lower edge. */
    private static Pixels image() {
        Pixels image = new Pixels(100, 100);
        for (int i = 0; i < image.rgb().length; i++) {
            image.rgb()[i] = i < 1_000 ? RED : i >= 9_000 ? BLUE : GREEN;
        }
        return image;
    }
}
