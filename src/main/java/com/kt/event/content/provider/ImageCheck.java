package com.kt.event.content.provider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

import com.kt.event.content.image.BrokenImageException;
import com.kt.event.content.image.CleanImage;
import com.kt.event.content.image.Image;
import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.image.ImageSize;
import com.kt.event.content.image.Spool;

/**
 * Checks that an image is complete and in an accepted format, and removes its metadata, because it is stored for days and
 * shown to anybody.
 */
class ImageCheck {
    private final Set<ImageFormat> formats;
    private final long maxBytes;
    private final long maxPixels;

    ImageCheck(Set<ImageFormat> formats, long maxBytes, long maxPixels) {
        this.formats = formats;
        this.maxBytes = maxBytes;
        this.maxPixels = maxPixels;
    }

    long maxBytes() {
        return maxBytes;
    }

    /** @param name as in {@link ImageFormat}, in any case */
    boolean accepts(String name) {
        return formats.stream().anyMatch(format -> format.name().equalsIgnoreCase(name));
    }

    /**
     * Reads the whole image, which takes milliseconds per megabyte, and as much memory meanwhile: not for event loops.
     *
     * @throws IOException if the image cannot be read
     * @throws BrokenImageException if it is not an image, or incomplete
     * @throws ImageFailure if it is too large
     */
    Image check(Spool image) throws IOException {
        if (image.length() > maxBytes) {
            throw ImageFailure.invalid("the image has " + image.length() + " bytes, which is too large");
        }
        byte[] bytes = image.bytes();
        ImageFormat format = ImageFormat.of(bytes).filter(formats::contains).orElseThrow(
                () -> new BrokenImageException("none of the formats " + formats));
        CleanImage clean = CleanImage.of(format, ByteBuffer.wrap(bytes));
        if (clean.size().isPresent()) {
            checkSize(clean.size().get());
        }
        return Image.of(clean, image, bytes);
    }

    private void checkSize(ImageSize size) throws BrokenImageException {
        if (size.width() <= 0 || size.height() <= 0) {
            throw new BrokenImageException("without a size");
        }
        if (size.pixels() > maxPixels) {
            throw ImageFailure.invalid("the image has " + size.width() + "x" + size.height()
                    + " pixels, which is too large");
        }
    }
}
