package com.kt.event.content.generator;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import jakarta.inject.Singleton;

/** Says whether what came is a picture that we take, and all of it: it is kept for days, and shown to everybody. */
@Singleton
class PictureCheck {
    private static final int SVG_END = 1_000;

    private final Set<PictureFormat> formats;
    private final long maxBytes;
    private final long maxPixels;

    PictureCheck(ImageApiConfig config) {
        this.formats = config.formats();
        this.maxBytes = config.maxPictureSize().asLongValue();
        this.maxPixels = config.maxPixels();
    }

    /**
     * Reads all of it, which takes milliseconds for each megabyte: not for event loops.
     *
     * @throws BrokenPictureException if it is none, or not all of one
     * @throws ImageFailure if it is too large
     */
    Picture check(byte[] bytes) throws BrokenPictureException {
        if (bytes.length > maxBytes) {
            throw ImageApiFailures.invalid("the picture has " + bytes.length + " bytes, which is too large");
        }
        PictureFormat format = PictureFormat.of(bytes).filter(formats::contains).orElseThrow(
                () -> new BrokenPictureException("no picture of " + formats));
        try {
            checkSize(format, ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new BrokenPictureException("a picture that ends in the middle");
        }
        return new Picture(format, bytes);
    }

    private void checkSize(PictureFormat format, ByteBuffer bytes) throws BrokenPictureException {
        switch (format) {
            case PNG -> checkSize(PngScan.of(bytes));
            case JPEG -> checkSize(JpegScan.of(bytes));
            case WEBP -> checkSize(WebpScan.of(bytes));
            case SVG -> checkSvg(bytes);
        }
    }

    private void checkSize(PictureSize size) throws BrokenPictureException {
        if (size.width() <= 0 || size.height() <= 0) {
            throw new BrokenPictureException("a picture without a size");
        }
        if (size.pixels() > maxPixels) {
            throw ImageApiFailures.invalid("the picture has " + size.width() + "x" + size.height()
                    + " pixels, which is too large");
        }
    }

    /** It has no size in pixels, and comes from stand-ins only. */
    private static void checkSvg(ByteBuffer bytes) throws BrokenPictureException {
        int from = Math.max(0, bytes.limit() - SVG_END);
        String end = new String(bytes.array(), from, bytes.limit() - from, StandardCharsets.UTF_8).stripTrailing();
        if (!end.endsWith("</svg>") && !end.endsWith("/>")) {
            throw new BrokenPictureException("a picture that ends in the middle");
        }
    }
}
