package com.kt.event.content.gallery;

import java.util.Optional;

/**
 * The name of the file of a rendition.
 *
 * @param image the name of its image, without the extension
 * @param channel the channel that accepts it
 * @param extension jpg or png
 */
public record RenditionName(String image, String channel, String extension) {
    /** The form of a channel's name, which is a part of file names and of settings. */
    public static final String CHANNEL = "[a-z0-9]+(-[a-z0-9]+)*";

    private static final String DOT = ".";

    /** Empty if this is not the name of a rendition. */
    public static Optional<RenditionName> of(String fileName) {
        return ImageNames.rendition(fileName);
    }

    /** What a client seems to mean by a name, although there can be no such channel or no such rendition for it. */
    public static Optional<RenditionName> meantBy(String fileName) {
        return ImageNames.likeARendition(fileName);
    }

    public String fileName() {
        return image + DOT + field();
    }

    /** What distinguishes it from other renditions of the image. */
    String field() {
        return channel + DOT + extension;
    }
}
