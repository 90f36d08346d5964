package com.kt.event.content.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import com.kt.event.content.image.ImageFormat;

/**
 * What a JPEG says of itself.
 *
 * @param frame its marker, which names the kind of compression
 * @param extras the markers of its application segments and comments
 */
public record JpegFile(int width, int height, int components, int frame, List<Integer> extras) {
    private static final int SOS = 0xda;
    private static final int BASELINE = 0xc0;
    private static final int JFIF = 0xe0;
    private static final int COMMENT = 0xfe;

    public static JpegFile of(byte[] bytes) {
        ByteBuffer jpeg = ByteBuffer.wrap(bytes).position(2);
        JpegFile file = new JpegFile(0, 0, 0, 0, new ArrayList<>());
        for (int marker = 0; marker != SOS;) {
            marker = jpeg.getShort() & 0xff;
            int start = jpeg.position();
            int length = jpeg.getShort() & 0xffff;
            if (marker >= 0xc0 && marker <= 0xc2) {
                file = new JpegFile(jpeg.getShort(start + 5), jpeg.getShort(start + 3), jpeg.get(start + 7), marker,
                        file.extras);
            } else if (marker >= 0xe0 && marker <= COMMENT) {
                file.extras.add(marker);
            }
            jpeg.position(start + length);
        }
        return file;
    }

    /** Its size, and what all JPEGs for channels have in common: baseline, colours without alpha, and no metadata. */
    public void assertAcceptedBy(RenditionSpec spec) {
        assertThat(spec.format()).isEqualTo(ImageFormat.JPEG);
        assertThat(width).isBetween(spec.isMaximum() ? 1 : spec.width(), spec.width());
        assertThat(height).isBetween(spec.isMaximum() ? 1 : spec.height(), spec.height());
        assertThat(frame).isEqualTo(BASELINE);
        assertThat(components).isEqualTo(3);
        assertThat(extras).containsExactly(JFIF);
    }
}
