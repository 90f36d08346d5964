package com.kt.event.content.generator;

/** A picture that the image API made, checked to be one. */
public record Picture(PictureFormat format, byte[] bytes) {
}
