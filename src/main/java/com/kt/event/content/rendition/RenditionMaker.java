package com.kt.event.content.rendition;

import java.io.IOException;

import jakarta.inject.Singleton;

/** Makes renditions. Its calls do not share state. */
@Singleton
public class RenditionMaker {
    /**
     * Reads the head of the source, which must stay open.
     *
     * @throws IOException if the source cannot be read
     * @throws UndecodableImageException if it is no image that can be decoded
     */
    public RenditionWork open(RenditionSource source, RenditionSpec spec) throws IOException {
        return new RenditionWork(RenditionWork.decoding(() -> SourceImage.open(source)), spec);
    }
}
