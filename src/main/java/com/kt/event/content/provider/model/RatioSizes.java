package com.kt.event.content.provider.model;

import java.util.Comparator;
import java.util.List;

/**
 * Ratios, and resolutions if the model has several. A size is written {@code 4:5}, {@code 2K} or {@code 4:5@2K}.
 *
 * @param resolutions 512 or a number with a K, of which each has four times the pixels of the one before; may be empty
 */
record RatioSizes(List<String> ratios, List<String> resolutions) implements SizeRule {
    static RatioSizes of(String text) {
        String[] parts = text.split(" ?@ ?");
        return new RatioSizes(List.of(parts[0].split(" ")),
                parts.length == 1 ? List.of() : List.of(parts[1].split(" ")));
    }

    @Override
    public String nearest(int width, int height) {
        String ratio = new Ratio(width, height).nearest(ratios, Ratio::of);
        return resolutions.isEmpty() ? ratio : ratio + "@" + resolution((double) width * height);
    }

    private String resolution(double pixels) {
        return resolutions.stream().min(Comparator.comparingDouble(it -> Math.abs(Math.log(pixels(it) / pixels))))
                .orElseThrow();
    }

    /** A square of 1024 for 1K. Other ratios have nearly as many pixels. */
    private static double pixels(String resolution) {
        double edge = resolution.endsWith("K")
                ? 1024 * Integer.parseInt(resolution.replace("K", ""))
                : Integer.parseInt(resolution);
        return edge * edge;
    }

    @Override
    public boolean takes(String size) {
        String[] parts = size.split("@", -1);
        return parts.length == 1
                ? ratios.contains(size) || resolutions.contains(size)
                : parts.length == 2 && ratios.contains(parts[0]) && resolutions.contains(parts[1]);
    }

    @Override
    public String description() {
        String list = "one of " + String.join(", ", ratios);
        return resolutions.isEmpty() ? list : list + ", with @ and one of " + String.join(", ", resolutions);
    }
}
