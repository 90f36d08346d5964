package com.kt.event.content.rendition;

import java.awt.image.WritableRaster;
import java.io.IOException;

import com.kt.event.content.image.BrokenImageException;
import com.kt.event.content.image.ImageSize;
import com.kt.event.content.rendition.WebpChunks.Chunk;

/** The alpha of a lossy WebP, which is compressed without loss: RFC 9649, section 2.7.1.2. */
final class WebpAlpha {
    /** It lacks the head that a lossless image has. */
    private static final int LOSSLESS_HEAD = 5;
    private static final int GREEN = 1;
    private static final int HORIZONTAL = 1;
    private static final int VERTICAL = 2;
    private static final int GRADIENT = 3;

    private WebpAlpha() {
    }

    /** What reading it takes, in bytes. */
    static long memory(SourceStream webp, Chunk chunk, ImageSize size) throws IOException {
        if (chunk == null) {
            return 0;
        }
        webp.seek(chunk.start());
        return ((webp.readUnsignedByte() & 3) == 0 ? 1 : 5) * size.pixels();
    }

    /** An element per pixel, row by row. Null if there is no such chunk. */
    static byte[] read(RenditionSource source, Chunk chunk, ImageSize size) throws IOException {
        if (chunk == null) {
            return null;
        }
        SourceStream webp = new SourceStream(new ChunkSource(source, chunk.end()));
        webp.seek(chunk.start());
        int head = webp.readUnsignedByte();
        byte[] alpha = switch (head & 3) {
            case 0 -> webp.bytes(Math.toIntExact(size.pixels()));
            case 1 -> decompressed(source, chunk, size);
            default -> throw new BrokenImageException("a WebP with an alpha of an unknown kind");
        };
        unfilter(alpha, size.width(), head >> 2 & 3);
        return alpha;
    }

    private static byte[] decompressed(RenditionSource source, Chunk chunk, ImageSize size) throws IOException {
        byte[] alpha = new byte[(int) size.pixels()];
        WritableRaster whole = WebpImage.lossless(source, chunk.start() + 1 - LOSSLESS_HEAD, chunk.end(), size);
        int[] samples = null;
        for (int y = 0, at = 0; y < size.height(); y++) {
            samples = whole.getSamples(0, y, size.width(), 1, GREEN, samples);
            for (int sample : samples) {
                alpha[at++] = (byte) sample;
            }
        }
        return alpha;
    }

    /** Each pixel is the difference to a prediction from those to the left and above. */
    private static void unfilter(byte[] alpha, int width, int filter) {
        for (int at = 1; at < alpha.length && filter != 0; at++) {
            int left = at % width == 0 ? -1 : alpha[at - 1] & 0xff;
            int above = at < width ? -1 : alpha[at - width] & 0xff;
            int predicted;
            if (left < 0 || above < 0) {
                predicted = Math.max(left, above);
            } else {
                predicted = switch (filter) {
                    case HORIZONTAL -> left;
                    case VERTICAL -> above;
                    case GRADIENT -> Math.max(0, Math.min(255, left + above - (alpha[at - width - 1] & 0xff)));
                    default -> 0;
                };
            }
            alpha[at] += (byte) predicted;
        }
    }
}
