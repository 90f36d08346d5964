package com.kt.event.content.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;

/**
 * How similar two images of the same size are: the peak signal-to-noise ratio in decibels, infinite for equal images, and the
 * structural similarity of their luma, 1 for equal images (Wang et al. 2004, with squares of eight pixels).
 */
record Similarity(double psnr, double ssim) {
    private static final int PEAK = 255;
    private static final int SQUARE = 8;
    private static final double C1 = Math.pow(0.01 * PEAK, 2);
    private static final double C2 = Math.pow(0.03 * PEAK, 2);

    static Similarity of(BufferedImage one, BufferedImage other) {
        assertThat(one.getWidth()).isEqualTo(other.getWidth());
        assertThat(one.getHeight()).isEqualTo(other.getHeight());
        double sum = 0;
        int squares = 0;
        for (int y = 0; y + SQUARE <= one.getHeight(); y += SQUARE / 2) {
            for (int x = 0; x + SQUARE <= one.getWidth(); x += SQUARE / 2) {
                sum += ssim(one, other, x, y);
                squares++;
            }
        }
        return new Similarity(10 * Math.log10(PEAK * PEAK / meanSquare(one, other)), sum / squares);
    }

    private static double meanSquare(BufferedImage one, BufferedImage other) {
        double squares = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                int rgb = one.getRGB(x, y);
                int expected = other.getRGB(x, y);
                for (int shift = 0; shift < 24; shift += 8) {
                    squares += Math.pow((rgb >> shift & 0xff) - (expected >> shift & 0xff), 2);
                }
            }
        }
        return squares / (3.0 * one.getWidth() * one.getHeight());
    }

    private static double ssim(BufferedImage one, BufferedImage other, int left, int top) {
        double a = 0;
        double b = 0;
        double aa = 0;
        double bb = 0;
        double ab = 0;
        double n = SQUARE * SQUARE;
        for (int y = top; y < top + SQUARE; y++) {
            for (int x = left; x < left + SQUARE; x++) {
                double first = luma(one.getRGB(x, y)) / n;
                double second = luma(other.getRGB(x, y)) / n;
                a += first;
                b += second;
                aa += first * first * n;
                bb += second * second * n;
                ab += first * second * n;
            }
        }
        return (2 * a * b + C1) * (2 * (ab - a * b) + C2) / ((a * a + b * b + C1) * (aa - a * a + bb - b * b + C2));
    }

    private static double luma(int rgb) {
        return 0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff);
    }
}
