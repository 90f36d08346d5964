package com.kt.event.content.provider;

import java.nio.ByteBuffer;

/**
 * Scans a JPEG from marker to marker to its end, without decoding it: ITU T.81, annex B. Bytes after the end are ignored;
 * some cameras and editors append more images there.
 */
final class JpegScan {
    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int TEMPORARY = 0x01;

    private JpegScan() {
    }

    /** @throws java.nio.BufferUnderflowException if it is incomplete */
    static ImageSize of(ByteBuffer jpeg) throws BrokenImageException {
        jpeg.position(2);
        ImageSize size = null;
        boolean hasScan = false;
        for (int marker = marker(jpeg); marker != END_OF_IMAGE; marker = hasScan ? nextMarker(jpeg) : marker(jpeg)) {
            if (marker == START_OF_IMAGE || marker == TEMPORARY || isRestart(marker)) {
                continue;
            }
            int segment = jpeg.position();
            int length = jpeg.getShort() & 0xffff;
            if (isFrame(marker)) {
                jpeg.get();
                int height = jpeg.getShort() & 0xffff;
                size = new ImageSize(jpeg.getShort() & 0xffff, height);
            }
            hasScan |= marker == START_OF_SCAN;
            skipTo(jpeg, segment + length);
        }
        if (size == null || !hasScan) {
            throw new BrokenImageException("a JPEG without image data");
        }
        return size;
    }

    private static void skipTo(ByteBuffer jpeg, int position) throws BrokenImageException {
        if (position > jpeg.limit() || position < jpeg.position()) {
            throw new BrokenImageException("an incomplete JPEG");
        }
        jpeg.position(position);
    }

    private static int marker(ByteBuffer jpeg) throws BrokenImageException {
        if ((jpeg.get() & 0xff) != 0xff) {
            throw new BrokenImageException("a damaged JPEG");
        }
        return afterFill(jpeg);
    }

    /** The next marker after the data of a scan, in which a zero follows each 0xff. */
    private static int nextMarker(ByteBuffer jpeg) {
        while (true) {
            while ((jpeg.get() & 0xff) != 0xff) {
                // data of the scan
            }
            int marker = afterFill(jpeg);
            if (marker != 0 && !isRestart(marker)) {
                return marker;
            }
        }
    }

    private static int afterFill(ByteBuffer jpeg) {
        int marker = jpeg.get() & 0xff;
        while (marker == 0xff) {
            marker = jpeg.get() & 0xff;
        }
        return marker;
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xd0 && marker <= 0xd7;
    }

    /** SOF0 to SOF15, without DHT, JPG and DAC, which are in the same range. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }
}
