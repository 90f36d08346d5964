package com.kt.event.content.image;

import java.nio.ByteBuffer;

/** The frames of an animated PNG: W3C PNG, third edition, section 11.3.6. Each has data and is within the image. */
final class PngFrames {
    private static final int SEQUENCE_NUMBER = Integer.BYTES;

    /** Of the frame that has begun. */
    private boolean isEmpty;

    /** To be called for each chunk, in their order. */
    void check(String type, ByteBuffer data, ImageSize image) throws BrokenImageException {
        switch (type) {
            case "fcTL" -> begin(data, image);
            case "IDAT" -> isEmpty &= !data.hasRemaining();
            case "fdAT" -> isEmpty &= data.remaining() <= SEQUENCE_NUMBER;
            case "IEND" -> requireData();
            default -> {
                // not a part of a frame
            }
        }
    }

    private void begin(ByteBuffer data, ImageSize image) throws BrokenImageException {
        requireData();
        isEmpty = true;
        ImageSize frame = new ImageSize(data.getInt(4), data.getInt(8));
        if (!frame.isWithin(image, data.getInt(12), data.getInt(16))) {
            throw new BrokenImageException("a PNG with a frame outside the image");
        }
    }

    private void requireData() throws BrokenImageException {
        if (isEmpty) {
            throw new BrokenImageException("a PNG with a frame without data");
        }
    }
}
