package com.kt.event.content.provider;

import com.kt.event.content.image.ImageSize;

/**
 * What is asked of a provider.
 *
 * @param wish the size that suits best where the configured size is {@code auto}
 */
public record ImageRequest(String prompt, ImageSize wish) {
}
