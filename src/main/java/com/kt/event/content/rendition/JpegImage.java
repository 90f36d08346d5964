package com.kt.event.content.rendition;

import java.awt.image.DataBuffer;
import java.io.IOException;
import java.util.regex.Pattern;

import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

import com.kt.event.content.image.BrokenImageException;
import com.kt.event.content.image.ImageSize;

/** A JPEG of a gray or colour image. */
final class JpegImage implements SourceImage {
    /** Encoders make a dozen. */
    private static final int MOST_SCANS = 100;
    /** What libjpeg says when it goes on after damage, with gray. Bytes beside the pixels do no harm. */
    private static final Pattern DAMAGE = Pattern
            .compile("Corrupt JPEG data(?!.*extraneous bytes)|Premature end|Truncated");

    private final JpegHead head;
    private final int scans;

    private JpegImage(JpegHead head, int scans) {
        this.head = head;
        this.scans = scans;
    }

    static SourceImage open(RenditionSource source) throws IOException {
        JpegHead head = new JpegHead(source);
        int scans = head.scans();
        if (scans > MOST_SCANS) {
            throw new UndecodableImageException("has more than " + MOST_SCANS + " scans");
        }
        return switch (head.components) {
            case 1, 3 -> new JpegImage(head, scans);
            case 4 -> new CmykImage(source, head);
            default -> throw new BrokenImageException("a JPEG of " + head.components + " components");
        };
    }

    @Override
    public ImageSize size() {
        return head.size;
    }

    @Override
    public int orientation() {
        return head.orientation;
    }

    @Override
    public long memory() {
        return head.coefficients;
    }

    @Override
    public void decode(RowSink sink) throws IOException {
        SourceImage.makeRoom(head.coefficients);
        int bands = head.components;
        int[] argb = new int[head.size.width()];
        RowSink target = ColourProfile.toSrgb(head.profile(), bands == 1, argb.length, sink);
        RowRaster.Rows rows = (y, samples) -> {
            pack(samples, argb);
            target.row(y, argb);
        };
        if (read(rows, scans) < scans) {
            read(rows, 1);
        }
    }

    /**
     * The reader returns the whole image after each scan, although the image is complete after the last one only. Returns how
     * often it did.
     *
     * @param first what it returns before this time is ignored
     */
    private int read(RowRaster.Rows rows, int first) throws IOException {
        int[] pass = new int[1];
        ImageReader reader = JdkCodecs.reader("jpeg");
        try {
            reader.setInput(new SourceStream(head.pixels()), true, true);
            reader.addIIOReadWarningListener((origin, warning) -> requireHarmless(warning));
            ImageReadParam param = reader.getDefaultReadParam();
            param.setDestination(RowRaster.image(DataBuffer.TYPE_BYTE, head.size.width(), head.size.height(),
                    head.components, (y, samples) -> {
                        pass[0] += y == 0 ? 1 : 0;
                        if (pass[0] >= first) {
                            rows.row(y, samples);
                        }
                    }));
            reader.read(0, param);
            return pass[0];
        } finally {
            reader.dispose();
        }
    }

    static void requireHarmless(String warning) {
        if (DAMAGE.matcher(warning).find()) {
            throw new UndecodableImageException("damaged: " + warning);
        }
    }

    private static void pack(int[] samples, int[] argb) {
        boolean isGray = samples.length == argb.length;
        for (int x = 0, at = 0; x < argb.length; x++) {
            argb[x] = 0xff000000 | (isGray
                    ? samples[at++] * 0x010101
                    : samples[at++] << 16 | samples[at++] << 8 | samples[at++]);
        }
    }
}
