package com.kt.event.content.rendition;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Converts the rows of an image from the colours of its ICC profile to sRGB: of any RGB or gray profile, with a matrix or with
 * tables, with its own rendering intent. A profile that is damaged, for other images or too long
 * is ignored.
 */
final class ColourProfile implements RowSink {
    /** Not "linear sRGB", "esRGB" or "scRGB". */
    private static final Pattern SRGB = Pattern.compile("(?<![A-Za-z-]|inear )sRGB(?!.*inear)");

    /** In bytes; one with tables has a megabyte. It is in memory as a whole, beside what is reserved for the pixels. */
    static final int LONGEST = 4_000_000;

    private final RowSink sink;
    private final ColorConvertOp conversion;
    private final byte[] from;
    private final byte[] to;
    private final WritableRaster source;
    private final WritableRaster target;

    private ColourProfile(ICC_Profile profile, boolean isGray, int width, RowSink sink) {
        this.sink = sink;
        this.conversion = new ColorConvertOp(
                new ICC_Profile[]{profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null);
        this.from = new byte[isGray ? width : 3 * width];
        this.to = new byte[3 * width];
        this.source = raster(from, width);
        this.target = raster(to, width);
        conversion.filter(source, target);
    }

    private static WritableRaster raster(byte[] bytes, int width) {
        int bands = bytes.length / width;
        return Raster.createInterleavedRaster(new DataBufferByte(bytes, bytes.length), width, 1, bytes.length, bands,
                bands == 1 ? new int[]{0} : new int[]{0, 1, 2}, null);
    }

    /**
     * A sink for rows in the colours of the profile.
     *
     * @param profile null without one: then the colours are sRGB
     */
    static RowSink toSrgb(byte[] profile, boolean isGray, int width, RowSink sink) {
        if (profile == null) {
            return sink;
        }
        try {
            ICC_Profile icc = ICC_Profile.getInstance(profile);
            boolean isMatching = icc.getColorSpaceType() == (isGray ? ColorSpace.TYPE_GRAY : ColorSpace.TYPE_RGB);
            return isMatching && !isSrgb(icc) ? new ColourProfile(icc, isGray, width, sink) : sink;
        } catch (IllegalArgumentException | CMMException e) {
            return sink;
        }
    }

    /** Whether an image of cyan, magenta, yellow and black can be converted by this profile. */
    static boolean isForCmyk(byte[] profile) {
        try {
            ICC_Profile icc = ICC_Profile.getInstance(profile);
            if (icc.getColorSpaceType() != ColorSpace.TYPE_CMYK) {
                return false;
            }
            new ColorConvertOp(new ICC_ColorSpace(icc), ColorSpace.getInstance(ColorSpace.CS_sRGB), null).filter(
                    Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 1, 1, 4, null),
                    raster(new byte[3], 1));
            return true;
        } catch (IllegalArgumentException | CMMException e) {
            return false;
        }
    }

    /** By its description, which is ASCII or UTF-16. */
    private static boolean isSrgb(ICC_Profile profile) {
        byte[] description = profile.getData(ICC_Profile.icSigProfileDescriptionTag);
        String text = description == null
                ? ""
                : new String(description, StandardCharsets.ISO_8859_1).replace("\0", "");
        return SRGB.matcher(text).find();
    }

    @Override
    public void row(int y, int[] argb) {
        int bands = from.length / argb.length;
        for (int x = 0, at = 0; x < argb.length; x++) {
            if (bands > 1) {
                from[at++] = (byte) (argb[x] >> 16);
                from[at++] = (byte) (argb[x] >> 8);
            }
            from[at++] = (byte) argb[x];
        }
        conversion.filter(source, target);
        for (int x = 0, at = 0; x < argb.length; x++) {
            argb[x] = argb[x] & 0xff000000 | (to[at++] & 0xff) << 16 | (to[at++] & 0xff) << 8 | to[at++] & 0xff;
        }
        sink.row(y, argb);
    }
}
