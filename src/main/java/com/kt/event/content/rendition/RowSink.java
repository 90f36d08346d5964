package com.kt.event.content.rendition;

/** Receives the rows of an image, from the top. An image may begin again, when more of its details have arrived. */
@FunctionalInterface
interface RowSink {
    /** @param argb a pixel per element, in sRGB and with alpha; it is only valid during the call */
    void row(int y, int[] argb);
}
