package com.kt.event.content.rendition;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A JPEG needs no segment that says what its components are. */
class JpegColoursTest {
    /** Of an image that ImageMagick has written: the start of the image, then JFIF. */
    private static final int JFIF_END = 20;
    private static final int FRAME = 0xffc0;
    private static final int SCAN = 0xffda;

    @ParameterizedTest
    @CsvSource({"full-chroma.jpg,0", "full-chroma.jpg,1", "full-chroma.jpg,33", "colour.jpg,0", "colour.jpg,1"})
    void areLuminanceAndChrominanceIfNothingSaysOtherwise(String name, int firstComponent) throws IOException {
        byte[] jpeg = Images.read(name);

        byte[] unmarked = withComponents(withoutJfif(jpeg), firstComponent);

        RenditionSpec spec = Images.png(160, 120);
        assertThat(Images.rendition(RenditionSource.of(unmarked), spec).bytes())
                .isEqualTo(Images.rendition(RenditionSource.of(jpeg), spec).bytes());
    }

    /** ICC.1, section 7: the kind of colours is at 16, and the table of the tags at 128. */
    @ParameterizedTest
    @CsvSource({"0,4", "16,GRAY", "16,none", "36,none", "128,many", "200,damaged"})
    void ofFourInksAreConvertedWithoutAProfileThatCannotBeUsed(int position, String damage) throws IOException {
        byte[] jpeg = Images.read("cmyk-profile.jpg");
        int profile = new String(jpeg, ISO_8859_1).indexOf("ICC_PROFILE") + 14;
        System.arraycopy(damage.getBytes(ISO_8859_1), 0, jpeg, profile + position, damage.length());

        RenditionSpec spec = Images.png(160, 120);
        Rendition rendition = Images.rendition(RenditionSource.of(jpeg), spec);

        assertThat(rendition.bytes())
                .isEqualTo(Images.rendition(RenditionSource.of(Images.read("cmyk-plain.jpg")), spec).bytes());
    }

    private static byte[] withoutJfif(byte[] jpeg) {
        byte[] without = Arrays.copyOfRange(jpeg, JFIF_END - 2, jpeg.length);
        System.arraycopy(jpeg, 0, without, 0, 2);
        return without;
    }

    /** Numbers them from the first one on. */
    private static byte[] withComponents(byte[] jpeg, int first) {
        ByteBuffer segments = ByteBuffer.wrap(jpeg.clone()).position(2);
        for (int marker = 0; marker != SCAN;) {
            marker = segments.getShort() & 0xffff;
            int start = segments.position();
            for (int component = 0; component < 3; component++) {
                if (marker == FRAME) {
                    segments.put(start + 8 + 3 * component, (byte) (first + component));
                } else if (marker == SCAN) {
                    segments.put(start + 3 + 2 * component, (byte) (first + component));
                }
            }
            segments.position(start + (segments.getShort(start) & 0xffff));
        }
        return segments.array();
    }
}
