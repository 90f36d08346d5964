package com.kt.event.content.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A frame of an animated WebP, which has data and is within the image: RFC 9649, section 2.7.1.1. Chunks in it that say
 * nothing of its pixels are removed.
 */
final class WebpFrame {
    private static final String TYPE = "ANMF";
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;
    private static final Set<String> DATA = Set.of("VP8 ", "VP8L");
    private static final String ALPHA = "ALPH";

    private final ByteBuffer webp;
    private final int start;
    private final int end;

    /**
     * @param webp with its position behind the type and the length of the frame
     * @param end where the padding of the frame ends
     */
    WebpFrame(ByteBuffer webp, int end) {
        this.webp = webp.duplicate().order(ByteOrder.LITTLE_ENDIAN).limit(end);
        this.start = webp.position();
        this.end = end;
    }

    /** Adds it to the parts of the image, of which {@code image} is the size if it is known. */
    void add(ImageSize image, ImageParts parts) throws BrokenImageException {
        ImageSize size = WebpSize.ofCanvas(webp, start + 6);
        if (image == null || !size.isWithin(image, 2 * WebpSize.threeBytes(webp, start),
                2 * WebpSize.threeBytes(webp, start + 3))) {
            throw new BrokenImageException("a WebP with a frame outside the image");
        }
        int length = keptLength(size);
        if (length == end - start) {
            parts.keep(end);
        } else {
            parts.replace(start + FRAME_HEADER, header(length));
            addChunks(parts);
        }
    }

    private int keptLength(ImageSize size) throws BrokenImageException {
        int length = FRAME_HEADER;
        boolean hasData = false;
        webp.position(start + FRAME_HEADER);
        while (webp.remaining() >= CHUNK_HEADER) {
            int chunk = webp.position();
            String type = Bytes.text(webp, TYPE.length());
            ByteBuffer data = data();
            if (DATA.contains(type)) {
                hasData = true;
                requireSize(size, type, data);
            }
            length += isKept(type) ? webp.position() - chunk : 0;
        }
        if (!hasData) {
            throw new BrokenImageException("a WebP with a frame without data");
        }
        return length;
    }

    private static void requireSize(ImageSize size, String type, ByteBuffer data) throws BrokenImageException {
        if (!size.equals(WebpSize.of(type, data).orElseThrow())) {
            throw new BrokenImageException("a WebP with a frame of two sizes");
        }
    }

    private void addChunks(ImageParts parts) throws BrokenImageException {
        webp.position(start + FRAME_HEADER);
        while (webp.remaining() >= CHUNK_HEADER) {
            String type = Bytes.text(webp, TYPE.length());
            ByteBuffer data = data();
            if (isKept(type)) {
                parts.keep(webp.position());
            } else {
                parts.removeMetadata(webp.position(), places -> places.in(data));
            }
        }
        ByteBuffer rest = webp.slice();
        parts.removeMetadata(end, places -> places.in(rest));
    }

    /** Leaves the buffer behind the chunk, whose type has been read. */
    private ByteBuffer data() {
        int length = webp.getInt();
        ByteBuffer data = webp.slice(webp.position(), length);
        webp.position(Math.min(end, webp.position() + length + (length & 1)));
        return data;
    }

    private static boolean isKept(String type) {
        return DATA.contains(type) || type.equals(ALPHA);
    }

    private ByteBuffer header(int length) {
        return ByteBuffer.allocate(CHUNK_HEADER + FRAME_HEADER).order(ByteOrder.LITTLE_ENDIAN)
                .put(TYPE.getBytes(StandardCharsets.ISO_8859_1)).putInt(length).put(webp.slice(start, FRAME_HEADER))
                .flip();
    }
}
