package com.kt.event.content.rendition;

/**
 * An image file that a channel accepts.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record Rendition(byte[] bytes, int width, int height) {
}
