package com.kt.event.content.rendition;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import com.kt.event.content.image.BrokenImageException;
import com.kt.event.content.image.Exif;
import com.kt.event.content.image.ImageSize;
import com.kt.event.content.rendition.WebpChunks.Chunk;
import com.kt.event.content.rendition.vp8.Vp8Decoder;
import com.twelvemonkeys.imageio.plugins.webp.lossless.VP8LDecoder;

/** A WebP, or the first frame of an animated one: RFC 9649. */
final class WebpImage implements SourceImage {
    private static final int SIDE_BITS = 14;
    private static final int RGBA = 4;

    private final RenditionSource source;
    private final SourceStream webp;
    private final WebpChunks chunks;
    private final Chunk lossless;
    private final ImageSize size;
    private final boolean hasAlpha;
    private final int orientation;
    private final long memory;

    WebpImage(RenditionSource source) throws IOException {
        this.source = source;
        this.webp = new SourceStream(source);
        this.webp.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        this.chunks = new WebpChunks(webp);
        this.lossless = chunks.get("VP8L");
        Chunk pixels = lossless == null ? chunks.get("VP8 ") : lossless;
        if (pixels == null) {
            throw new BrokenImageException("a WebP without pixels");
        }
        webp.seek(pixels.start());
        ByteBuffer head = ByteBuffer.wrap(webp.bytes(10)).order(ByteOrder.LITTLE_ENDIAN);
        int sides = head.getInt(1);
        int mask = (1 << SIDE_BITS) - 1;
        this.size = lossless == null
                ? new ImageSize(head.getShort(6) & mask, head.getShort(8) & mask)
                : new ImageSize(1 + (sides & mask), 1 + (sides >>> SIDE_BITS & mask));
        this.hasAlpha = lossless != null && (sides >>> 2 * SIDE_BITS & 1) == 1;
        this.memory = lossless == null
                ? pixels.length() + WebpAlpha.memory(webp, chunks.get("ALPH"), size)
                : size.pixels() * RGBA;
        byte[] exif = chunks.data(webp, "EXIF");
        this.orientation = exif == null ? 1 : Exif.of(ByteBuffer.wrap(exif)).orientation();
    }

    @Override
    public ImageSize size() {
        return size;
    }

    @Override
    public int orientation() {
        return orientation;
    }

    @Override
    public long memory() {
        return memory;
    }

    @Override
    public void decode(RowSink sink) throws IOException {
        RowSink target = ColourProfile.toSrgb(profile(), false, size.width(), sink);
        if (lossless == null) {
            decodeLossy(target);
        } else {
            decodeLossless(target);
        }
    }

    private byte[] profile() throws IOException {
        Chunk profile = chunks.get("ICCP");
        return profile == null || profile.length() > ColourProfile.LONGEST ? null : chunks.data(webp, "ICCP");
    }

    private void decodeLossy(RowSink sink) throws IOException {
        byte[] alpha = WebpAlpha.read(source, chunks.get("ALPH"), size);
        int[] argb = new int[size.width()];
        new Vp8Decoder(chunks.data(webp, "VP8 ")).decode((y, rgb) -> {
            for (int x = 0; x < argb.length; x++) {
                argb[x] = (alpha == null ? 0xff : alpha[y * argb.length + x]) << 24 | rgb[x];
            }
            sink.row(y, argb);
        });
    }

    private void decodeLossless(RowSink sink) throws IOException {
        WritableRaster whole = lossless(source, lossless.start(), lossless.end(), size);
        int[] argb = new int[size.width()];
        int[] samples = null;
        for (int y = 0; y < size.height(); y++) {
            samples = whole.getPixels(0, y, argb.length, 1, samples);
            for (int x = 0, at = 0; x < argb.length; x++, at += RGBA) {
                argb[x] = (hasAlpha ? samples[at + 3] : 0xff) << 24
                        | samples[at] << 16 | samples[at + 1] << 8 | samples[at + 2];
            }
            sink.row(y, argb);
        }
    }

    /**
     * @param start of the data, whose first five bytes are its head
     * @param end of the data
     */
    static WritableRaster lossless(RenditionSource source, long start, long end, ImageSize size) throws IOException {
        SourceStream webp = new SourceStream(new ChunkSource(source, end));
        webp.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        WritableRaster whole = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, size.width(), size.height(), RGBA,
                null);
        webp.seek(start);
        try {
            new VP8LDecoder(webp, false).readVP8Lossless(whole, true, null, size.width(), size.height());
        } catch (AssertionError e) {
            throw new BrokenImageException("a damaged WebP: " + e.getMessage());
        }
        return whole;
    }
}
