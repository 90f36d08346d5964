package com.kt.event.content.image;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What an image is, read from its bytes. Its JSON is stored with the record of a published image.
 *
 * @param width in pixels; null for a format without a size
 * @param height in pixels; null for a format without a size
 * @param bytes the number of bytes
 * @param sha256 of the bytes, in lower-case hexadecimal digits
 * @param turned whether the width is the height when it is displayed, by EXIF; null if not, or if an older version wrote it
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageDetails(String mediaType, Integer width, Integer height, long bytes, String sha256,
        Boolean turned) {
    /** Of an image that is displayed as it is stored. */
    public ImageDetails(String mediaType, Integer width, Integer height, long bytes, String sha256) {
        this(mediaType, width, height, bytes, sha256, null);
    }

    static ImageDetails of(CleanImage image) {
        return new ImageDetails(image.format().mediaType(), image.size().map(ImageSize::width).orElse(null),
                image.size().map(ImageSize::height).orElse(null), image.length(), sha256(image.parts()),
                image.isTurned() ? true : null);
    }

    /** Of a stored image, which is read to its end; empty if it is none. Not for event loops. */
    public static Optional<ImageDetails> of(byte[] stored) {
        return ImageFormat.of(stored).flatMap(format -> {
            try {
                CleanImage image = CleanImage.of(format, ByteBuffer.wrap(stored));
                return Optional.of(of(new CleanImage(format, image.size(), image.isTurned(),
                        List.of(ByteBuffer.wrap(stored)))));
            } catch (BrokenImageException e) {
                return Optional.empty();
            }
        });
    }

    private static String sha256(List<ByteBuffer> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.forEach(part -> digest.update(part.duplicate()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
