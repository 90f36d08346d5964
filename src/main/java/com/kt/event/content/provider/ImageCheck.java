package com.kt.event.content.provider;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import jakarta.inject.Singleton;

/** Checks that an image is complete and in an accepted format, because it is stored for days and shown to anybody. */
@Singleton
class ImageCheck {
    private static final int SVG_END = 1_000;

    private final Set<ImageFormat> formats;
    private final long maxBytes;
    private final long maxPixels;

    ImageCheck(ImageApiConfig config) {
        this.formats = config.formats();
        this.maxBytes = config.maxPictureSize().asLongValue();
        this.maxPixels = config.maxPixels();
    }

    /**
     * Reads the whole image, which takes milliseconds per megabyte: not for event loops.
     *
     * @throws BrokenImageException if it is not an image, or incomplete
     * @throws ImageFailure if it is too large
     */
    Image check(byte[] bytes) throws BrokenImageException {
        if (bytes.length > maxBytes) {
            throw ImageApiFailures.invalid("the image has " + bytes.length + " bytes, which is too large");
        }
        ImageFormat format = ImageFormat.of(bytes).filter(formats::contains).orElseThrow(
                () -> new BrokenImageException("none of the formats " + formats));
        try {
            checkSize(format, ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new BrokenImageException("incomplete");
        }
        return new Image(format, bytes);
    }

    private void checkSize(ImageFormat format, ByteBuffer bytes) throws BrokenImageException {
        switch (format) {
            case PNG -> checkSize(PngScan.of(bytes));
            case JPEG -> checkSize(JpegScan.of(bytes));
            case WEBP -> checkSize(WebpScan.of(bytes));
            case SVG -> checkSvg(bytes);
        }
    }

    private void checkSize(ImageSize size) throws BrokenImageException {
        if (size.width() <= 0 || size.height() <= 0) {
            throw new BrokenImageException("without a size");
        }
        if (size.pixels() > maxPixels) {
            throw ImageApiFailures.invalid("the image has " + size.width() + "x" + size.height()
                    + " pixels, which is too large");
        }
    }

    /** An SVG has no size in pixels, and comes from stand-ins only. */
    private static void checkSvg(ByteBuffer bytes) throws BrokenImageException {
        int from = Math.max(0, bytes.limit() - SVG_END);
        String end = new String(bytes.array(), from, bytes.limit() - from, StandardCharsets.UTF_8).stripTrailing();
        if (!end.endsWith("</svg>") && !end.endsWith("/>")) {
            throw new BrokenImageException("incomplete");
        }
    }
}
