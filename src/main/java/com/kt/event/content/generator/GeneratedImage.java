package com.kt.event.content.generator;

/**
 * An image to be stored.
 *
 * @param extension of its file's name, without the dot
 */
public record GeneratedImage(String extension, byte[] bytes) {
}
