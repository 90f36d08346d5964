package com.kt.event.content.gallery;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a rendition is. Its JSON is the rendition's field in {@code content:renditions:{image}}.
 *
 * @param width in pixels
 * @param height in pixels
 * @param bytes the number of bytes
 */
@RegisterForReflection
public record RenditionDetails(int width, int height, long bytes) {
}
