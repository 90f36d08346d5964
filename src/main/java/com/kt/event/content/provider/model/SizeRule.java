package com.kt.event.content.provider.model;

/** The sizes that a model takes, in the notation of its API. */
interface SizeRule {
    /** The size nearest to the wish, in pixels. */
    String nearest(int width, int height);

    boolean takes(String size);

    /** The sizes as the end of a sentence: "must be …". */
    String description();

    /** @param text a column of {@code image-models.txt} */
    static SizeRule of(String text) {
        if (text.contains("=")) {
            return FreeSizes.of(text);
        }
        return text.contains(":") ? RatioSizes.of(text) : ListedSizes.of(text);
    }
}
