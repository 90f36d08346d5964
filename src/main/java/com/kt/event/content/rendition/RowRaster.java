package com.kt.event.content.rendition;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * Stands in for the pixels of a whole image: a decoder writes row after row into it, and each goes on at once. Its rows share
 * the memory of one (the scanline stride is 0).
 */
final class RowRaster extends WritableRaster {
    private final Rows rows;
    private final int bands;
    private final int[] samples;
    private byte[] bytes = new byte[0];

    /** Receives the samples of a row, pixel by pixel. They are only valid during the call. */
    interface Rows {
        void row(int y, int[] samples);
    }

    private RowRaster(int type, int width, int height, int bands, Rows rows) {
        super(new ComponentSampleModel(type, width, height, bands, 0, offsets(bands)),
                type == DataBuffer.TYPE_BYTE ? new DataBufferByte(width * bands) : new DataBufferUShort(width * bands),
                new Point());
        this.rows = rows;
        this.bands = bands;
        this.samples = new int[width * bands];
    }

    private static int[] offsets(int bands) {
        int[] offsets = new int[bands];
        for (int band = 0; band < bands; band++) {
            offsets[band] = band;
        }
        return offsets;
    }

    /**
     * An image with such a raster.
     *
     * @param type of {@link DataBuffer}
     * @param bands 1 for gray, 2 with alpha; 3 for colours, 4 with alpha
     */
    static BufferedImage image(int type, int width, int height, int bands, Rows rows) {
        return new BufferedImage(colours(type, bands), new RowRaster(type, width, height, bands, rows), false, null);
    }

    static ComponentColorModel colours(int type, int bands) {
        boolean hasAlpha = bands == 2 || bands == 4;
        return new ComponentColorModel(ColorSpace.getInstance(bands < 3 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
                hasAlpha, false, hasAlpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE, type);
    }

    /** As the PNG reader writes: from left to right. */
    @Override
    public void setPixel(int x, int y, int[] pixel) {
        System.arraycopy(pixel, 0, samples, x * bands, bands);
        if (x == getWidth() - 1) {
            rows.row(y, samples);
        }
    }

    /** As the JPEG reader writes: a row at a time. */
    @Override
    public void setRect(int x, int y, Raster row) {
        bytes = (byte[]) row.getDataElements(0, 0, row.getWidth(), 1, bytes.length == 0 ? null : bytes);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes[i] & 0xff;
        }
        rows.row(y, samples);
    }
}
