package com.kt.event.content.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.channel.ShippedChannels;
import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.rendition.RenditionSpec.Background;
import com.kt.event.content.rendition.RenditionSpec.Fit;

/** Sources of few pixels, or much wider than high, are drawn into each channel in each way. */
class ExtremeSourcesTest {
    private static final int BLUE = 0x2040c0;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4096", "4096, 1", "2, 3", "16383, 1", "1, 16383", "16383, 7"})
    void areDrawnForEachChannel(int width, int height) throws IOException {
        Pixels image = new Pixels(width, height);
        Arrays.fill(image.rgb(), BLUE);
        byte[] png = Encoder.encode(image, ImageFormat.PNG, 0);
        for (RenditionSpec channel : ShippedChannels.all().values()) {
            for (Fit fit : Fit.values()) {
                for (Background background : Background.values()) {
                    RenditionSpec spec = new RenditionSpec(channel.width(), channel.height(), channel.isMaximum(),
                            channel.format(), channel.maxBytes(), fit, background, channel.safeTop(),
                            channel.safeBottom());

                    byte[] jpeg = Images.rendition(RenditionSource.of(png), spec).bytes();

                    JpegFile.of(jpeg).assertAcceptedBy(spec);
                    assertIsBlue(Images.decoded(jpeg).getRGB(0, 0));
                }
            }
        }
    }

    @Test
    void areRefusedIfARowIsTooLong() {
        byte[] png = Encoder.encode(new Pixels(16_384, 1), ImageFormat.PNG, 0);

        assertThatThrownBy(() -> Images.rendition(RenditionSource.of(png), Images.png(10, 10)))
                .isInstanceOf(UndecodableImageException.class).hasMessageContaining("too many");
    }

    private static void assertIsBlue(int rgb) {
        for (int shift = 0; shift < 24; shift += 8) {
            assertThat(rgb >> shift & 0xff).isBetween((BLUE >> shift & 0xff) - 5, (BLUE >> shift & 0xff) + 5);
        }
    }
}
