package com.kt.event.content.provider.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Any size in pixels within limits.
 *
 * @param multiple of which both edges must be one
 * @param minPixels of width times height
 * @param maxPixels of width times height
 * @param maxEdge of the longer edge
 * @param maxRatio of the longer edge to the shorter one
 * @param small the least longer edge that a wish with too few pixels is enlarged to
 */
record FreeSizes(int multiple, long minPixels, long maxPixels, int maxEdge, int maxRatio, int small)
        implements
            SizeRule {
    private static final Pattern PIXELS = Pattern.compile("([1-9]\\d{0,5})x([1-9]\\d{0,5})");

    private record Edges(int width, int height) {
        int longer() {
            return Math.max(width, height);
        }

        int shorter() {
            return Math.min(width, height);
        }

        @Override
        public String toString() {
            return width + "x" + height;
        }
    }

    static FreeSizes of(String text) {
        Map<String, String> limits = Arrays.stream(text.split(" ")).map(limit -> limit.split("="))
                .collect(Collectors.toMap(limit -> limit[0], limit -> limit[1]));
        String[] pixels = limits.getOrDefault("pixels", "1.." + Long.MAX_VALUE).split("\\.\\.");
        return new FreeSizes(Integer.parseInt(limits.get("multiple")), Long.parseLong(pixels[0]),
                Long.parseLong(pixels[1]), number(limits, "edge"), number(limits, "ratio"),
                Integer.parseInt(limits.getOrDefault("small", "1")));
    }

    private static int number(Map<String, String> limits, String name) {
        return limits.containsKey(name) ? Integer.parseInt(limits.get(name)) : Integer.MAX_VALUE;
    }

    /** An image that is a little too large can be scaled down; one that is too small would be blurred. */
    @Override
    public String nearest(int width, int height) {
        double w = Math.max(width, (double) height / maxRatio);
        double h = Math.max(height, (double) width / maxRatio);
        double factor = factor(w, h);
        return legal(w * factor, h * factor).toString();
    }

    private double factor(double width, double height) {
        double pixels = width * height;
        double longer = Math.max(width, height);
        if (pixels < minPixels) {
            return Math.max(Math.max(1, small / longer), Math.sqrt(minPixels / pixels));
        }
        return Math.min(Math.min(1, maxEdge / longer), Math.sqrt(maxPixels / pixels));
    }

    /** Rounded up, unless that breaks a limit. */
    private Edges legal(double width, double height) {
        int up = up(Math.max(width, height));
        int down = Math.max(multiple, up - multiple);
        int shortUp = up(Math.min(width, height));
        int shortDown = Math.max(multiple, shortUp - multiple);
        return List.of(new Edges(up, shortUp), new Edges(down, shortUp), new Edges(down, shortDown),
                new Edges(up, shortUp + multiple)).stream().filter(this::isLegal)
                .map(edges -> width < height ? new Edges(edges.height, edges.width) : edges)
                .findFirst().orElseThrow();
    }

    /** The result of a multiplication may be a little more than the whole number that is meant. */
    private int up(double edge) {
        return (int) Math.ceil(edge / multiple - 1e-9) * multiple;
    }

    private boolean isLegal(Edges edges) {
        long pixels = (long) edges.width * edges.height;
        return edges.width % multiple == 0 && edges.height % multiple == 0 && edges.longer() <= maxEdge
                && edges.longer() <= (long) edges.shorter() * maxRatio && pixels >= minPixels && pixels <= maxPixels;
    }

    @Override
    public boolean takes(String size) {
        return PIXELS.matcher(size).results()
                .filter(match -> match.group().equals(size))
                .anyMatch(match -> isLegal(
                        new Edges(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)))));
    }

    @Override
    public String description() {
        return "WIDTHxHEIGHT, both a multiple of " + multiple + " and at most " + maxEdge + ", neither more than "
                + maxRatio + " times the other, and with " + minPixels + " to " + maxPixels + " pixels";
    }
}
