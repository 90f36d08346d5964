package com.kt.event.content.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Scans a WebP from chunk to chunk to its end, without decoding it: RFC 9649, sections 2.3 to 2.7. */
final class WebpScan {
    private static final int TYPE = 4;
    /** A type and a length: of the file, and of each chunk. */
    private static final int CHUNK_HEADER = 8;
    private static final int FILE_HEADER = CHUNK_HEADER + TYPE;
    private static final String EXTENDED = "VP8X";
    private static final int FLAGS = FILE_HEADER + CHUNK_HEADER;
    private static final int EXTENDED_END = FLAGS + 10;
    private static final int XMP_FLAG = 0x04;
    private static final int EXIF_FLAG = 0x08;

    private static final String PROFILE = "ICCP";
    private static final Set<String> DATA = Set.of("VP8 ", "VP8L");
    private static final Set<String> KEPT = Set.of(EXTENDED, "VP8 ", "VP8L", "ALPH", "ANIM", PROFILE);

    private final ByteBuffer webp;
    private final ImageParts parts;
    private ImageSize size;
    private boolean hasData;
    private boolean hasProfile;

    private WebpScan(ByteBuffer webp, Places places) {
        this.webp = webp.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.parts = new ImageParts(webp, places);
    }

    /** @throws BufferUnderflowException if it is incomplete */
    static CleanImage of(ByteBuffer webp) throws BrokenImageException {
        WebpScan scan = new WebpScan(webp, null);
        scan.toEnd();
        if (scan.parts.needsPlaces()) {
            scan = new WebpScan(webp, new Places());
            scan.toEnd();
        }
        if (scan.size == null || !scan.hasData) {
            throw new BrokenImageException("a WebP without image data");
        }
        return new CleanImage(ImageFormat.WEBP, Optional.of(scan.size), scan.parts.isTransposed(), scan.kept());
    }

    private void toEnd() throws BrokenImageException {
        long end = CHUNK_HEADER + (webp.getInt(TYPE) & 0xffffffffL);
        if (end > webp.limit() || end < FILE_HEADER) {
            throw new BufferUnderflowException();
        }
        webp.limit((int) end).position(FILE_HEADER);
        parts.keep(webp.position());
        while (webp.remaining() >= CHUNK_HEADER) {
            String type = Bytes.text(webp, TYPE);
            long length = webp.getInt() & 0xffffffffL;
            if (length > webp.remaining()) {
                throw new BufferUnderflowException();
            }
            chunk(type, (int) length);
        }
        parts.end();
    }

    /** Leaves the buffer behind the chunk, whose header has been read. */
    private void chunk(String type, int length) throws BrokenImageException {
        int next = Math.min(webp.limit(), webp.position() + length + (length & 1));
        ByteBuffer data = webp.slice(webp.position(), length);
        readSize(type, data);
        hasData |= DATA.contains(type) || type.equals("ANMF");
        switch (type) {
            case "ANMF" -> new WebpFrame(webp, next).add(size, parts);
            case "EXIF" -> parts.replaceExif(next, data, WebpScan::chunkOf);
            // C2PA specification, A.3.5
            case "C2PA" -> parts.removeManifest(next, data);
            default -> {
                if (KEPT.contains(type) && !(type.equals(PROFILE) && hasProfile)) {
                    hasProfile |= type.equals(PROFILE);
                    parts.keep(next);
                } else {
                    parts.removeMetadata(next, places -> places.in(data));
                }
            }
        }
        webp.position(next);
    }

    /** A frame that is larger than its header says may be more than a viewer can display. */
    private void readSize(String type, ByteBuffer data) throws BrokenImageException {
        Optional<ImageSize> stated = WebpSize.of(type, data);
        if (size != null && stated.isPresent() && !stated.get().equals(size)) {
            throw new BrokenImageException("a WebP of two sizes");
        }
        size = size == null ? stated.orElse(null) : size;
    }

    /** Two headers say what the image consists of: that of the file its length, and that of the extended format the kinds. */
    private List<ByteBuffer> kept() throws BrokenImageException {
        if (parts.isWhole()) {
            return parts.kept();
        }
        List<ByteBuffer> kept = new ArrayList<>(parts.kept());
        ByteBuffer first = kept.get(0);
        boolean isExtended = Bytes.isAt(first, FILE_HEADER, EXTENDED);
        byte[] head = new byte[isExtended ? EXTENDED_END : FILE_HEADER];
        first.get(0, head);
        int length = kept.stream().mapToInt(ByteBuffer::remaining).sum();
        ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).putInt(TYPE, length - CHUNK_HEADER);
        if (isExtended) {
            head[FLAGS] &= ~(parts.isTurned() ? XMP_FLAG : XMP_FLAG | EXIF_FLAG);
        }
        kept.set(0, ByteBuffer.wrap(head));
        kept.add(1, first.slice(head.length, first.limit() - head.length));
        return kept;
    }

    private static ByteBuffer chunkOf(byte[] exif) {
        return ByteBuffer.allocate(CHUNK_HEADER + exif.length).order(ByteOrder.LITTLE_ENDIAN)
                .put("EXIF".getBytes(StandardCharsets.ISO_8859_1)).putInt(exif.length).put(exif).flip();
    }
}
