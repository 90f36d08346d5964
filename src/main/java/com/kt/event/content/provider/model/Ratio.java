package com.kt.event.content.provider.model;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The ratio of a width to a height. */
record Ratio(int width, int height) {
    /** @param text {@code 4:5} or {@code 1024x1024} */
    static Ratio of(String text) {
        String[] edges = text.split("[:x]");
        return new Ratio(Integer.parseInt(edges[0]), Integer.parseInt(edges[1]));
    }

    /**
     * The one of which the least is cut off for this ratio. If two are equally near, the first.
     *
     * @param ratio of a candidate
     */
    <T> T nearest(List<T> candidates, Function<T, Ratio> ratio) {
        return candidates.stream().min(Comparator.comparingDouble(it -> distance(ratio.apply(it)))).orElseThrow();
    }

    /** Too wide and too high by the same factor are equally far. */
    private double distance(Ratio other) {
        return Math.abs(Math.log((double) width * other.height / ((double) height * other.width)));
    }
}
