package com.kt.event.content.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Scans a PNG from chunk to chunk to its end, without decompressing it: W3C PNG, section 5. Like decoders it tolerates
 * damage in ancillary chunks, which are removed then, except those of an animation, and bytes after the end.
 */
final class PngScan {
    private static final int SIGNATURE = 8;
    private static final int HEADER = 13;
    private static final int TYPE = 4;

    private static final String HEADER_TYPE = "IHDR";
    private static final String DATA = "IDAT";
    private static final String END = "IEND";
    /** A decoder must refuse an image with one that it does not know. */
    private static final Set<String> CRITICAL = Set.of(HEADER_TYPE, "PLTE", DATA, END);
    private static final Set<String> ANIMATION = Set.of("acTL", "fcTL", "fdAT");

    private static final String PROFILE = "iCCP";
    /** Ancillary chunks without texts, see the W3C's and the PNG group's lists. Of any other it is unknown what it tells. */
    private static final Set<String> WITHOUT_TEXT = Set.of("cHRM", "gAMA", PROFILE, "sBIT", "sRGB", "cICP", "mDCV",
            "cLLI", "mDCv", "cLLi", "bKGD", "hIST", "tRNS", "pHYs", "oFFs", "sTER", "tIME");
    /** Display needs none of these, and each has a name. */
    private static final Set<String> NAMED = Set.of("sPLT", "pCAL", "sCAL");
    private static final Set<String> TEXTS = Set.of("tEXt", "zTXt", "iTXt");
    private static final String EXIF = "eXIf";
    /** C2PA specification, A.3.2. */
    private static final String MANIFEST = "caBX";

    private final ByteBuffer png;
    private final ImageParts parts;
    private final PngFrames frames = new PngFrames();
    private ImageSize size;
    private boolean hasData;
    private boolean hasProfile;

    private PngScan(ByteBuffer png, Places places) {
        this.png = png.duplicate();
        this.parts = new ImageParts(png, places);
    }

    /** @throws java.nio.BufferUnderflowException if it is incomplete */
    static CleanImage of(ByteBuffer png) throws BrokenImageException {
        PngScan scan = new PngScan(png, null);
        scan.toEnd();
        if (scan.parts.needsPlaces()) {
            scan = new PngScan(png, new Places());
            scan.toEnd();
        }
        return new CleanImage(ImageFormat.PNG, Optional.of(scan.size), scan.parts.isTransposed(), scan.parts.kept());
    }

    private void toEnd() throws BrokenImageException {
        png.position(SIGNATURE);
        parts.keep(SIGNATURE);
        for (String type = ""; !type.equals(END);) {
            int length = png.getInt();
            type = Bytes.text(png, TYPE);
            if (length < 0 || length > png.remaining() - Integer.BYTES) {
                throw new BrokenImageException("an incomplete PNG");
            }
            readSize(type, length);
            chunk(type, length);
            hasData |= type.equals(DATA) && length > 0;
        }
        if (!hasData) {
            throw new BrokenImageException("a PNG without image data");
        }
        parts.end();
    }

    /** Some decoders take the size from a second header. */
    private void readSize(String type, int length) throws BrokenImageException {
        if (size == null) {
            size = size(type, length);
        } else if (type.equals(HEADER_TYPE)) {
            throw new BrokenImageException("a PNG with two headers");
        }
    }

    private ImageSize size(String type, int length) throws BrokenImageException {
        if (!type.equals(HEADER_TYPE) || length != HEADER) {
            throw new BrokenImageException("a PNG without a header");
        }
        return new ImageSize(png.getInt(png.position()), png.getInt(png.position() + Integer.BYTES));
    }

    /** Leaves the buffer behind the chunk, whose type has been read. */
    private void chunk(String type, int length) throws BrokenImageException {
        int start = png.position();
        int end = start + length + Integer.BYTES;
        CRC32 crc = new CRC32();
        crc.update(png.slice(start - TYPE, TYPE + length));
        boolean isSound = (int) crc.getValue() == png.getInt(end - Integer.BYTES);
        ByteBuffer data = png.slice(start, length);
        check(type, isSound);
        frames.check(type, data, size);
        add(type, isSound, data, end);
        png.position(end);
    }

    /** Damage in a type makes it an unknown one. */
    private static void check(String type, boolean isSound) throws BrokenImageException {
        if (!isSound && !isRemovable(type)) {
            throw new BrokenImageException("a damaged PNG");
        }
        if (isCritical(type) && !CRITICAL.contains(type)) {
            throw new BrokenImageException("a PNG with an unknown critical chunk");
        }
    }

    private void add(String type, boolean isSound, ByteBuffer data, int end) throws BrokenImageException {
        if (type.equals(END) && data.hasRemaining()) {
            parts.removeMetadata(end, places -> places.in(data));
            parts.replace(end, ByteBuffer.wrap(chunk(END, new byte[0])));
        } else if (isSound && isKept(type) && !(type.equals(PROFILE) && hasProfile)) {
            hasProfile |= type.equals(PROFILE);
            parts.keep(end);
        } else if (isSound && type.equals(EXIF)) {
            parts.replaceExif(end, data, exif -> ByteBuffer.wrap(chunk(EXIF, exif)));
        } else if (isSound && type.equals(MANIFEST)) {
            parts.removeManifest(end, data);
        } else {
            parts.removeMetadata(end,
                    places -> TEXTS.contains(type) ? PngText.hasPlace(type, data, places) : places.in(data));
        }
    }

    /** The first letter of an ancillary chunk's type is a lower-case one. */
    private static boolean isCritical(String type) {
        return (type.charAt(0) & 0x20) == 0;
    }

    private static boolean isKept(String type) {
        return CRITICAL.contains(type) || ANIMATION.contains(type) || WITHOUT_TEXT.contains(type);
    }

    /** Whether it is known that an image is displayed without such chunks. */
    private static boolean isRemovable(String type) {
        return WITHOUT_TEXT.contains(type) || NAMED.contains(type) || TEXTS.contains(type) || type.equals(EXIF)
                || type.equals(MANIFEST);
    }

    private static byte[] chunk(String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(2 * Integer.BYTES + TYPE + data.length).putInt(data.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), Integer.BYTES, TYPE + data.length);
        return chunk.putInt((int) crc.getValue()).array();
    }
}
