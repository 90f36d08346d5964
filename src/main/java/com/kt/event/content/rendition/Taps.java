package com.kt.event.content.rendition;

/**
 * Which pixels of the source, along one axis, contribute how much to each pixel of the target.
 *
 * @param first for each pixel of the target, the first pixel of the source that contributes
 * @param weights for each pixel of the target, of the first one and those that follow; their sum is 1
 */
record Taps(int[] first, float[][] weights) {
    /** The part of the source, from a position and of a length in pixels, that becomes this many pixels. */
    static Taps of(Kernel kernel, int source, double from, double length, int target) {
        Taps taps = new Taps(new int[target], new float[target][]);
        double scale = length / target;
        double stretch = Math.max(1, scale);
        for (int i = 0; i < target; i++) {
            double centre = from + (i + 0.5) * scale;
            int begin = (int) Math.max(0, Math.ceil(centre - kernel.radius * stretch - 0.5));
            int end = (int) Math.min(source - 1, Math.floor(centre + kernel.radius * stretch - 0.5));
            taps.first[i] = begin;
            taps.weights[i] = weights(kernel, begin, Math.max(begin, end), centre, stretch);
        }
        return taps;
    }

    private static float[] weights(Kernel kernel, int begin, int end, double centre, double stretch) {
        double[] exact = new double[end - begin + 1];
        double sum = 0;
        for (int i = 0; i < exact.length; i++) {
            exact[i] = kernel.weight(Math.min(kernel.radius, Math.abs(begin + i + 0.5 - centre) / stretch));
            sum += exact[i];
        }
        float[] weights = new float[exact.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (exact[i] / sum);
        }
        return weights;
    }

    int last(int target) {
        return first[target] + weights[target].length - 1;
    }

    int most() {
        int most = 0;
        for (float[] each : weights) {
            most = Math.max(most, each.length);
        }
        return most;
    }
}
