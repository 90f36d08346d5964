package com.kt.event.content.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Scans a JPEG from marker to marker to its end, without decoding it: ITU T.81, annex B. Some cameras and editors append more
 * images after the end, with metadata of their own.
 */
final class JpegScan {
    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int TEMPORARY = 0x01;
    private static final int APP0 = 0xe0;
    private static final String JFIF = "JFIF\0";
    /** Without the thumbnail, whose width and height are the last two bytes: JFIF 1.02. */
    private static final int JFIF_LENGTH = 14;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP11 = 0xeb;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;

    private final ByteBuffer jpeg;
    private final ImageParts parts;
    private ImageSize size;
    private boolean hasScan;

    private JpegScan(ByteBuffer jpeg, Places places) {
        this.jpeg = jpeg.duplicate();
        this.parts = new ImageParts(jpeg, places);
    }

    /** @throws java.nio.BufferUnderflowException if it is incomplete */
    static CleanImage of(ByteBuffer jpeg) throws BrokenImageException {
        JpegScan scan = new JpegScan(jpeg, null);
        scan.toEnd();
        if (scan.parts.needsPlaces()) {
            scan = new JpegScan(jpeg, new Places());
            scan.toEnd();
        }
        if (scan.size == null || !scan.hasScan) {
            throw new BrokenImageException("a JPEG without image data");
        }
        return new CleanImage(ImageFormat.JPEG, Optional.of(scan.size), scan.parts.isTransposed(), scan.parts.kept());
    }

    private void toEnd() throws BrokenImageException {
        jpeg.position(2);
        parts.keep(2);
        for (int marker = marker(); marker != END_OF_IMAGE; marker = hasScan ? nextMarker() : marker()) {
            if (marker != START_OF_IMAGE && marker != TEMPORARY && !isRestart(marker)) {
                segment(marker);
            } else {
                parts.keep(jpeg.position());
            }
        }
        parts.keep(jpeg.position());
        parts.end();
    }

    /** Leaves the buffer behind the segment, whose marker has been read. */
    private void segment(int marker) throws BrokenImageException {
        int start = jpeg.position();
        int end = start + (jpeg.getShort() & 0xffff);
        if (isFrame(marker)) {
            readSize();
        }
        hasScan |= marker == START_OF_SCAN;
        if (end > jpeg.limit() || end < jpeg.position()) {
            throw new BrokenImageException("an incomplete JPEG");
        }
        add(marker, jpeg.slice(start + Short.BYTES, end - start - Short.BYTES), end);
        jpeg.position(end);
    }

    /** A second frame may be larger than the one that is displayed. Hierarchical JPEGs have several; no browser knows them. */
    private void readSize() throws BrokenImageException {
        if (size != null) {
            throw new BrokenImageException("a JPEG with two frames");
        }
        jpeg.get();
        int height = jpeg.getShort() & 0xffff;
        size = new ImageSize(jpeg.getShort() & 0xffff, height);
    }

    private void add(int marker, ByteBuffer content, int end) throws BrokenImageException {
        if (marker == APP0 && Bytes.startsWith(content, JFIF) && hasThumbnail(content)) {
            parts.removeMetadata(end, places -> places.in(content));
            parts.replace(end, withoutThumbnail(content));
        } else if (isKept(marker, content)) {
            parts.keep(end);
        } else if (marker == APP1 && Bytes.startsWith(content, Exif.PREFIX)) {
            parts.replaceExif(end, content, JpegScan::segmentOf);
        } else if (marker == APP11 && Bytes.startsWith(content, "JP") && Bytes.contain(content, "c2pa")) {
            parts.removeManifest(end, content);
        } else {
            parts.removeMetadata(end, places -> places.in(content));
        }
    }

    /** Decoders need all but application data and comments, and of those the colours (JFIF, ICC.1 annex B, Adobe). */
    private static boolean isKept(int marker, ByteBuffer content) {
        return switch (marker) {
            case APP0 -> Bytes.startsWith(content, JFIF);
            case APP2 -> Bytes.startsWith(content, "ICC_PROFILE\0");
            case APP14 -> Bytes.startsWith(content, "Adobe");
            default -> marker != COMMENT && (marker < APP0 || marker > APP15);
        };
    }

    /** Or anything else behind what is known. */
    private static boolean hasThumbnail(ByteBuffer jfif) {
        return jfif.limit() > JFIF_LENGTH || jfif.limit() == JFIF_LENGTH && jfif.getShort(JFIF_LENGTH - 2) != 0;
    }

    private static ByteBuffer withoutThumbnail(ByteBuffer jfif) {
        return ByteBuffer.allocate(4 + JFIF_LENGTH).put((byte) 0xff).put((byte) APP0)
                .putShort((short) (2 + JFIF_LENGTH)).put(jfif.slice(0, JFIF_LENGTH - 2)).putShort((short) 0).flip();
    }

    private static ByteBuffer segmentOf(byte[] exif) {
        byte[] prefix = (Exif.PREFIX + "\0").getBytes(StandardCharsets.ISO_8859_1);
        int length = Short.BYTES + prefix.length + exif.length;
        return ByteBuffer.allocate(2 + length).put((byte) 0xff).put((byte) APP1).putShort((short) length)
                .put(prefix).put(exif).flip();
    }

    private int marker() throws BrokenImageException {
        if ((jpeg.get() & 0xff) != 0xff) {
            throw new BrokenImageException("a damaged JPEG");
        }
        return afterFill();
    }

    /** The next marker after the data of a scan, in which a zero follows each 0xff. */
    private int nextMarker() throws BrokenImageException {
        while (true) {
            while ((jpeg.get() & 0xff) != 0xff) {
                // data of the scan
            }
            int start = jpeg.position() - 1;
            int marker = afterFill();
            if (marker != 0 && !isRestart(marker)) {
                parts.keep(start);
                return marker;
            }
        }
    }

    private int afterFill() {
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
