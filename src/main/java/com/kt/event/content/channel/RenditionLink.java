package com.kt.event.content.channel;

import java.net.URI;

/**
 * A rendition of an image, which is made with the first request for it.
 *
 * @param width in pixels; null if it depends on the size of the image, and that is unknown
 * @param height in pixels; null as the width
 * @param bytes the number of bytes; null until it is made
 */
public record RenditionLink(URI url, Integer width, Integer height, String mediaType, Long bytes) {
}
