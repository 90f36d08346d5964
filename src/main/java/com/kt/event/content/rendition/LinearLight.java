package com.kt.event.content.rendition;

/** The transfer function of sRGB (IEC 61966-2-1), in tables. Only amounts of light can be averaged. */
final class LinearLight {
    private static final float[] LIGHT = new float[256];
    /** Fine enough for the darkest values, where one step of sRGB is 1/3295 of the light. */
    private static final int STEPS = 1 << 14;
    private static final byte[] VALUES = new byte[STEPS + 1];

    static {
        for (int value = 0; value < LIGHT.length; value++) {
            double v = value / 255.0;
            LIGHT[value] = (float) (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
        }
        for (int step = 0; step <= STEPS; step++) {
            double light = (double) step / STEPS;
            double v = light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
            VALUES[step] = (byte) Math.round(v * 255);
        }
    }

    private LinearLight() {
    }

    /** From 0 to 1. */
    static float of(int value) {
        return LIGHT[value & 0xff];
    }

    /** From 0 to 255. */
    static int value(float light) {
        int step = (int) (light * STEPS + 0.5f);
        return VALUES[Math.max(0, Math.min(STEPS, step))] & 0xff;
    }
}
