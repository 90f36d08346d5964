package com.kt.event.content.rendition;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;

import com.kt.event.content.image.BrokenImageException;
import com.kt.event.content.image.Exif;
import com.kt.event.content.image.ImageSize;

/**
 * What is read of a PNG before its pixels: W3C PNG, section 11. All chunks are checked; a damaged one fails, unless it is
 * ancillary, which is ignored then.
 */
final class PngHead {
    private static final int SIGNATURE = 8;
    private static final int TYPE = 4;
    private static final int CRC = 4;
    private static final int SLICE = 16 * 1024;
    private static final int LONGEST_ANCILLARY = 4_000_000;
    private static final Set<String> DECODED = Set.of("IHDR", "PLTE", "IDAT", "IEND");

    ImageSize size;
    int depth;
    int colourType;
    boolean isInterlaced;
    byte[] palette = new byte[0];
    /** Of the palette's colours, or the one colour that is transparent. */
    byte[] transparency = new byte[0];
    /** Null without one. */
    byte[] profile;
    int orientation = 1;
    /** The chunks that hold pixels. */
    final Excerpt pixels;

    private final SourceStream png;
    private boolean isSrgb;
    private boolean hasProfile;

    PngHead(RenditionSource source) throws IOException {
        this.png = new SourceStream(source);
        this.pixels = new Excerpt(source);
        pixels.keep(0, SIGNATURE);
        png.seek(SIGNATURE);
        for (String type = ""; !type.equals("IEND");) {
            type = chunk();
        }
        if (size == null || colourType == PngImage.PALETTE && palette.length == 0) {
            throw new BrokenImageException("a PNG without a header or a palette");
        }
        profile = isSrgb ? null : profile;
    }

    private String chunk() throws IOException {
        long start = png.getStreamPosition();
        byte[] head = png.bytes(Integer.BYTES + TYPE);
        int length = ByteBuffer.wrap(head).getInt();
        String type = new String(head, Integer.BYTES, TYPE, StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(head, Integer.BYTES, TYPE);
        boolean isDecoded = DECODED.contains(type);
        byte[] data = type.equals("IDAT") || length > LONGEST_ANCILLARY ? skip(length, crc) : png.bytes(length);
        crc.update(data);
        boolean isSound = png.readInt() == (int) crc.getValue();
        if (isSound) {
            read(type, ByteBuffer.wrap(data));
        } else if (isDecoded) {
            throw new BrokenImageException("a damaged PNG");
        }
        if (isDecoded) {
            pixels.keep(start, png.getStreamPosition());
        }
        return type;
    }

    private byte[] skip(int length, CRC32 crc) throws IOException {
        if (length < 0) {
            throw new BrokenImageException("a damaged PNG");
        }
        for (int left = length; left > 0; left -= SLICE) {
            crc.update(png.bytes(Math.min(SLICE, left)));
        }
        return new byte[0];
    }

    private void read(String type, ByteBuffer data) throws IOException {
        switch (type) {
            case "IHDR" -> readHeader(data);
            case "PLTE" -> palette = data.array();
            case "tRNS" -> transparency = data.array();
            case "sRGB" -> isSrgb = true;
            case "iCCP" -> readProfile(data);
            case "eXIf" -> orientation = Exif.of(data).orientation();
            default -> {
            }
        }
    }

    private void readHeader(ByteBuffer data) throws BrokenImageException {
        if (size != null || data.remaining() < 13) {
            throw new BrokenImageException("a damaged PNG");
        }
        size = new ImageSize(data.getInt(), data.getInt());
        depth = data.get();
        colourType = data.get();
        isInterlaced = data.get(data.position() + 2) != 0;
    }

    /** A further one is ignored. */
    private void readProfile(ByteBuffer data) {
        profile = hasProfile ? profile : inflated(data);
        hasProfile = true;
    }

    /** A name, a zero, the kind of compression, and the profile. Null if it is damaged or too long. */
    private static byte[] inflated(ByteBuffer data) {
        int name = 0;
        while (name < data.limit() && data.get(name) != 0) {
            name++;
        }
        int start = Math.min(name + 2, data.limit());
        try (InflaterInputStream profile = new InflaterInputStream(
                new ByteArrayInputStream(data.array(), start, data.limit() - start))) {
            byte[] inflated = profile.readNBytes(ColourProfile.LONGEST + 1);
            return inflated.length > ColourProfile.LONGEST ? null : inflated;
        } catch (IOException e) {
            return null;
        }
    }
}
