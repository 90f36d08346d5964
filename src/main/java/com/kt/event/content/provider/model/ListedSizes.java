package com.kt.event.content.provider.model;

import java.util.List;

/** A few sizes in pixels. The ratio decides which of them is the nearest: an image can be scaled, but not widened. */
record ListedSizes(List<String> sizes) implements SizeRule {
    static ListedSizes of(String text) {
        return new ListedSizes(List.of(text.split(" ")));
    }

    @Override
    public String nearest(int width, int height) {
        return new Ratio(width, height).nearest(sizes, Ratio::of);
    }

    @Override
    public boolean takes(String size) {
        return sizes.contains(size);
    }

    @Override
    public String description() {
        return String.join(", ", sizes);
    }
}
