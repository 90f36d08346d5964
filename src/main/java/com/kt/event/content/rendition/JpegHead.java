package com.kt.event.content.rendition;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import com.kt.event.content.image.BrokenImageException;
import com.kt.event.content.image.Exif;
import com.kt.event.content.image.ImageSize;

/** What is read of a JPEG before its pixels: ITU T.81, annex B, and the application segments of EXIF and ICC. */
final class JpegHead {
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int DHT = 0xc4;
    private static final int JPG = 0xc8;
    private static final int DAC = 0xcc;
    private static final int SOF = 0xc0;
    private static final int SOF_LAST = 0xcf;
    /** Huffman and arithmetic coding. */
    private static final Set<Integer> PROGRESSIVE = Set.of(0xc2, 0xca);
    private static final int APP0 = 0xe0;
    private static final int EXIF = 0xe1;
    private static final int ICC = 0xe2;
    private static final int ADOBE = 0xee;
    private static final int APP_LAST = 0xef;
    private static final String ICC_NAME = "ICC_PROFILE\0";
    private static final String RGB = "RGB";
    private static final int SAMPLE_OF_COEFFICIENT = Short.BYTES;

    ImageSize size;
    int components;
    /** What the decoder keeps until the last scan, in bytes: nothing if the first scan is all of the image. */
    long coefficients;
    int orientation = 1;
    /** Without the profile and other segments that are no part of the pixels. */
    private final Excerpt pixels;
    /** Where the first scan begins. */
    long firstScan;

    private final SourceStream jpeg;
    private boolean namesColours;
    private boolean isProgressive;
    private final Map<Integer, byte[]> profileParts = new TreeMap<>();
    private long profileLength;

    JpegHead(RenditionSource source) throws IOException {
        this.jpeg = new SourceStream(source);
        this.pixels = new Excerpt(source);
        long start = 0;
        for (int marker = marker(); marker != SOS; marker = marker()) {
            if (marker != SOI) {
                segment(marker);
            }
            long end = jpeg.getStreamPosition();
            if (marker < APP0 || marker > APP_LAST || marker == APP0 || marker == ADOBE) {
                pixels.keep(start, end);
            }
            start = end;
        }
        firstScan = jpeg.getStreamPosition() - 2;
        pixels.keep(start, source.length());
        if (size == null) {
            throw new BrokenImageException("a JPEG without a frame");
        }
        if (!isProgressive && componentsOfScan() == components) {
            coefficients = 0;
        }
    }

    private int componentsOfScan() throws IOException {
        jpeg.readUnsignedShort();
        return jpeg.readUnsignedByte();
    }

    private int marker() throws IOException {
        if (jpeg.readUnsignedByte() != 0xff) {
            throw new BrokenImageException("a damaged JPEG");
        }
        int marker = 0xff;
        while (marker == 0xff) {
            marker = jpeg.readUnsignedByte();
        }
        if (marker == EOI) {
            throw new BrokenImageException("a JPEG without pixels");
        }
        return marker;
    }

    private void segment(int marker) throws IOException {
        int length = jpeg.readUnsignedShort() - Short.BYTES;
        ByteBuffer data = ByteBuffer.wrap(jpeg.bytes(length));
        if (marker >= SOF && marker <= SOF_LAST && marker != DHT && marker != JPG && marker != DAC) {
            isProgressive = PROGRESSIVE.contains(marker);
            readFrame(data);
        } else if (marker == APP0 && startsWith(data, "JFIF\0") || marker == ADOBE && startsWith(data, "Adobe")) {
            namesColours = true;
        } else if (marker == EXIF && startsWith(data, "Exif\0")) {
            orientation = Exif.of(data).orientation();
        } else if (marker == ICC && startsWith(data, ICC_NAME) && data.limit() > ICC_NAME.length() + 2) {
            addToProfile(data);
        }
    }

    private void addToProfile(ByteBuffer part) {
        profileLength += part.limit() - ICC_NAME.length() - 2;
        if (profileLength <= ColourProfile.LONGEST) {
            profileParts.put(part.get(ICC_NAME.length()) & 0xff, part.array());
        } else {
            profileParts.clear();
        }
    }

    private static boolean startsWith(ByteBuffer data, String text) {
        byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
        return data.limit() >= expected.length && data.slice(0, expected.length).equals(ByteBuffer.wrap(expected));
    }

    private void readFrame(ByteBuffer data) throws IOException {
        if (size != null || data.limit() < 6 || data.limit() < 6 + 3 * data.get(5)) {
            throw new BrokenImageException("a damaged JPEG");
        }
        size = new ImageSize(data.getShort(3) & 0xffff, data.getShort(1) & 0xffff);
        components = data.get(5);
        namesColours |= components == RGB.length() && hasComponents(data, RGB);
        int most = 1;
        int sum = 0;
        for (int component = 0; component < components; component++) {
            int sampling = data.get(7 + 3 * component);
            int blocks = (sampling >> 4) * (sampling & 0xf);
            most = Math.max(most, blocks);
            sum += blocks;
        }
        coefficients = size.pixels() * SAMPLE_OF_COEFFICIENT * sum / most;
    }

    private static boolean hasComponents(ByteBuffer frame, String names) {
        return IntStream.range(0, names.length()).allMatch(i -> frame.get(6 + 3 * i) == names.charAt(i));
    }

    /** The pixels as they have to be read: without a segment or names that say otherwise, colours are YCbCr. */
    RenditionSource pixels() {
        return components == RGB.length() && !namesColours ? new JfifSource(pixels) : pixels;
    }

    /** The profile, from its numbered parts. Null without one, or if it is too long. */
    byte[] profile() {
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        profileParts.values().forEach(
                part -> profile.write(part, ICC_NAME.length() + 2, part.length - ICC_NAME.length() - 2));
        return profileParts.isEmpty() ? null : profile.toByteArray();
    }

    /** How many scans there are. Each one passes over all coefficients. */
    int scans() throws IOException {
        jpeg.seek(firstScan);
        byte[] bytes = new byte[16 * 1024];
        int scans = 0;
        int last = 0;
        for (int count = jpeg.read(bytes, 0, bytes.length); count > 0; count = jpeg.read(bytes, 0, bytes.length)) {
            for (int i = 0; i < count; i++) {
                int next = bytes[i] & 0xff;
                scans += last == 0xff && next == SOS ? 1 : 0;
                last = next;
            }
        }
        return scans;
    }
}
