package com.kt.event.content.image;

/** An image as it is stored and sent. Its spool is closed by the one that requested the image. */
public record Image(ImageFormat format, ImageDetails details, Spool content) {
    /**
     * Hashes the bytes: not for event loops.
     *
     * @param spool of the image with its metadata, which it leaves out from now on
     * @param whole its bytes, of which {@code clean} was made
     */
    public static Image of(CleanImage clean, Spool spool, byte[] whole) {
        spool.keepOnly(clean.parts(), whole);
        return new Image(clean.format(), ImageDetails.of(clean), spool);
    }
}
