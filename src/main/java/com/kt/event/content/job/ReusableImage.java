package com.kt.event.content.job;

/**
 * An existing image that satisfies a request without a paid call.
 *
 * @param provider which made it; null if that is not known, as is the model
 */
public record ReusableImage(String imageUrl, String provider, String model) {
}
