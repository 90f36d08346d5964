package com.kt.event.content.rendition;

import java.io.IOException;

import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.image.ImageSize;

/** An image whose head has been read. */
interface SourceImage {
    /** More would take seconds to decode. */
    long MOST_PIXELS = 100_000_000;
    /** What WebP allows and more than any other image has; a row must fit into memory. */
    int LONGEST_SIDE = 16_383;
    /**
     * For an image that arrives in several passes, in bytes: it is decoded as a whole. The others are decoded row by row.
     */
    long MOST_MEMORY = 90_000_000;

    /** As it is stored. */
    ImageSize size();

    /** As in {@link Pixels#turned}. */
    int orientation();

    /** What decoding it takes, in bytes, besides a few rows. */
    long memory();

    /** Decodes it. May be called once. */
    void decode(RowSink sink) throws IOException;

    /** Fails with {@link UndecodableImageException}, and with {@link IOException} if the head is damaged. */
    static SourceImage open(RenditionSource source) throws IOException {
        SourceStream stream = new SourceStream(source);
        byte[] start = stream.bytes((int) Math.min(16, stream.length()));
        SourceImage image = switch (ImageFormat.of(start).orElse(ImageFormat.SVG)) {
            case PNG -> new PngImage(source);
            case JPEG -> JpegImage.open(source);
            case WEBP -> new WebpImage(source);
            case SVG -> throw new UndecodableImageException("of no format that can be decoded");
        };
        ImageSize size = image.size();
        if (size.width() < 1 || size.height() < 1) {
            throw new UndecodableImageException("has no pixels");
        }
        if (size.pixels() > MOST_PIXELS || Math.max(size.width(), size.height()) > LONGEST_SIDE) {
            throw new UndecodableImageException(
                    "has %d × %d pixels, which is too many".formatted(size.width(), size.height()));
        }
        requireMemory(image.memory());
        return image;
    }

    /** Fails with {@link UndecodableImageException} if an image cannot be decoded as a whole: half of the heap is others'. */
    private static void requireMemory(long bytes) {
        if (bytes > Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / 2)) {
            throw new UndecodableImageException("takes %d bytes to decode, which is too much".formatted(bytes));
        }
    }

    /**
     * Collects garbage where memory that is not of the heap would exceed the heap's limit together with the heap: the collector
     * does not know that memory, and would let the heap grow beside it.
     *
     * @param bytes of that memory; nothing is done if there is none
     */
    static void makeRoom(long bytes) {
        Runtime runtime = Runtime.getRuntime();
        if (bytes > 0 && runtime.totalMemory() + bytes > runtime.maxMemory()) {
            runtime.gc();
        }
    }
}
