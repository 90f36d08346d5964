package com.kt.event.content.rendition;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;

import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

import com.kt.event.content.image.BrokenImageException;
import com.kt.event.content.image.ImageSize;

/** A PNG. The JDK's reader decompresses it; what its samples mean is decided here. */
final class PngImage implements SourceImage {
    static final int PALETTE = 3;
    private static final int COLOUR = 2;
    private static final int ALPHA = 4;
    private static final int OPAQUE = 0xff000000;

    private final PngHead head;
    private final int bands;
    /** The largest sample, as the reader returns it. */
    private final int largest;
    private final int[] palette;
    /** The samples of the colour that is transparent; empty without one. */
    private final int[] transparent;

    PngImage(RenditionSource source) throws IOException {
        this.head = new PngHead(source);
        this.bands = switch (head.colourType) {
            case 0, PALETTE -> 1;
            case COLOUR -> 3;
            case ALPHA -> 2;
            case COLOUR | ALPHA -> 4;
            default -> throw new BrokenImageException("a PNG of an unknown colour type");
        };
        this.largest = head.depth == 16 && !head.isInterlaced ? 0xffff : 0xff;
        this.palette = palette();
        this.transparent = transparent();
    }

    /** An element per index, with alpha; damaged indices are black. */
    private int[] palette() {
        int[] colours = new int[256];
        for (int i = 0; i < colours.length; i++) {
            int alpha = i < head.transparency.length ? head.transparency[i] & 0xff : 0xff;
            colours[i] = alpha << 24 | (3 * i + 2 < head.palette.length
                    ? (head.palette[3 * i] & 0xff) << 16 | (head.palette[3 * i + 1] & 0xff) << 8
                            | head.palette[3 * i + 2] & 0xff
                    : 0);
        }
        return colours;
    }

    private int[] transparent() {
        boolean hasOne = (head.colourType == 0 || head.colourType == COLOUR)
                && head.transparency.length == bands * Short.BYTES;
        int[] samples = new int[hasOne ? bands : 0];
        int most = (1 << head.depth) - 1;
        for (int band = 0; band < samples.length; band++) {
            int sample = ByteBuffer.wrap(head.transparency).getShort(band * Short.BYTES) & most;
            samples[band] = (sample * largest + most / 2) / most;
        }
        return samples;
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
        return head.isInterlaced ? head.size.pixels() * bands : 0;
    }

    @Override
    public void decode(RowSink sink) throws IOException {
        int[] argb = new int[head.size.width()];
        RowSink target = ColourProfile.toSrgb(head.profile, head.colourType != PALETTE && bands < 3, argb.length, sink);
        RowRaster.Rows rows = (y, samples) -> {
            interpret(samples, argb);
            target.row(y, argb);
        };
        ImageReader reader = JdkCodecs.reader("png");
        try {
            reader.setInput(new SourceStream(head.pixels), true, true);
            decode(reader, rows);
        } finally {
            reader.dispose();
        }
    }

    private void decode(ImageReader reader, RowRaster.Rows rows) throws IOException {
        int width = head.size.width();
        int height = head.size.height();
        int type = largest == 0xff ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT;
        ImageReadParam param = reader.getDefaultReadParam();
        if (!head.isInterlaced) {
            param.setDestination(RowRaster.image(type, width, height, bands, rows));
            reader.read(0, param);
            return;
        }
        BufferedImage whole = new BufferedImage(RowRaster.colours(type, bands),
                Raster.createInterleavedRaster(type, width, height, bands, null), false, null);
        param.setDestination(whole);
        reader.read(0, param);
        int[] samples = null;
        for (int y = 0; y < height; y++) {
            samples = whole.getRaster().getPixels(0, y, width, 1, samples);
            rows.row(y, samples);
        }
    }

    private void interpret(int[] samples, int[] argb) {
        int largestIndex = (1 << head.depth) - 1;
        for (int x = 0, at = 0; x < argb.length; x++, at += bands) {
            argb[x] = switch (head.colourType) {
                case PALETTE -> palette[samples[at] * largestIndex / largest];
                case 0 -> (isTransparent(samples, at) ? 0 : OPAQUE) | value(samples[at]) * 0x010101;
                case ALPHA -> value(samples[at + 1]) << 24 | value(samples[at]) * 0x010101;
                case COLOUR -> (isTransparent(samples, at) ? 0 : OPAQUE) | colour(samples, at);
                default -> value(samples[at + 3]) << 24 | colour(samples, at);
            };
        }
    }

    private int colour(int[] samples, int at) {
        return value(samples[at]) << 16 | value(samples[at + 1]) << 8 | value(samples[at + 2]);
    }

    /** From 0 to 255. */
    private int value(int sample) {
        return largest == 0xff ? sample : (sample * 255 + 0x7fff) / 0xffff;
    }

    private boolean isTransparent(int[] samples, int at) {
        if (transparent.length == 0) {
            return false;
        }
        for (int band = 0; band < transparent.length; band++) {
            if (samples[at + band] != transparent[band]) {
                return false;
            }
        }
        return true;
    }
}
