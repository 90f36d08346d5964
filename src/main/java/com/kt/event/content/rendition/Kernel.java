package com.kt.event.content.rendition;

/** How much a pixel contributes to another one, by their distance. */
enum Kernel {
    /** Keeps edges and small text sharp. */
    LANCZOS(3) {
        @Override
        double weight(double distance) {
            return distance == 0 ? 1 : sinc(distance) * sinc(distance / radius);
        }

        private double sinc(double x) {
            return Math.sin(Math.PI * x) / (Math.PI * x);
        }
    },
    /** The cubic B-spline: close to a Gaussian blur. */
    SPLINE(2) {
        @Override
        double weight(double distance) {
            return distance < 1 ? (4 + distance * distance * (3 * distance - 6)) / 6 : Math.pow(2 - distance, 3) / 6;
        }
    };

    /** In pixels; further pixels contribute nothing. */
    final int radius;

    Kernel(int radius) {
        this.radius = radius;
    }

    /** @param distance from 0 to the radius */
    abstract double weight(double distance);
}
