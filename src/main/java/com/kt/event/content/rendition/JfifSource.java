package com.kt.event.content.rendition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A JPEG with the segment of JFIF, which says that its components are luminance and chrominance. Without it the JDK's reader
 * takes components that have unusual numbers for red, green and blue if they are of the same resolution. Browsers and libjpeg
 * do not.
 */
final class JfifSource implements RenditionSource {
    private static final int SOI = 2;

    private final RenditionSource jpeg;
    /** The start of the image, and the segment: version 1.01, no density, no thumbnail. */
    private final byte[] head = HexFormat.of().parseHex("ffd8ffe000104a46494600010100000100010000");

    JfifSource(RenditionSource jpeg) {
        this.jpeg = jpeg;
    }

    @Override
    public long length() throws IOException {
        return jpeg.length() + head.length - SOI;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        if (position >= head.length) {
            return jpeg.read(target, position - head.length + SOI);
        }
        int count = (int) Math.min(target.remaining(), head.length - position);
        target.put(head, (int) position, count);
        return count;
    }
}
