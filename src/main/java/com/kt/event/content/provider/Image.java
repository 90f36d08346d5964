package com.kt.event.content.provider;

/** An image that the image API made, checked to be one. */
public record Image(ImageFormat format, byte[] bytes) {
}
