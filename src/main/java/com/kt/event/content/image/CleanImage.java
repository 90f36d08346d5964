package com.kt.event.content.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A complete image without its metadata, see {@link ImageParts}.
 *
 * @param size empty for a format without one
 * @param isTurned whether the width is the height when it is displayed
 * @param parts its bytes, in order; they share the memory of the image that was scanned
 */
public record CleanImage(ImageFormat format, Optional<ImageSize> size, boolean isTurned, List<ByteBuffer> parts) {
    /**
     * Reads the whole image, from 0 to the buffer's limit, without decoding it. That takes milliseconds per megabyte: not for
     * event loops.
     *
     * @throws BrokenImageException if it is incomplete or damaged
     */
    public static CleanImage of(ImageFormat format, ByteBuffer image) throws BrokenImageException {
        try {
            return switch (format) {
                case PNG -> PngScan.of(image);
                case JPEG -> JpegScan.of(image);
                case WEBP -> WebpScan.of(image);
                case SVG -> SvgScan.of(image);
            };
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new BrokenImageException("incomplete");
        }
    }

    /** The number of bytes. */
    public long length() {
        return parts.stream().mapToLong(ByteBuffer::remaining).sum();
    }
}
