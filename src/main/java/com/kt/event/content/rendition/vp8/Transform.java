package com.kt.event.content.rendition.vp8;

/** The inverse transforms: RFC 6386, section 14. */
final class Transform {
    static final int COEFFICIENTS = 16;
    private static final int BLOCKS = 16;

    private Transform() {
    }

    /** Sets the first coefficient of each luma block of a macroblock from its own block of them. */
    static void walshHadamard(int[] firsts, int[] coefficients) {
        int[] columns = new int[COEFFICIENTS];
        for (int i = 0; i < 4; i++) {
            int a = firsts[i] + firsts[12 + i];
            int b = firsts[4 + i] + firsts[8 + i];
            int c = firsts[4 + i] - firsts[8 + i];
            int d = firsts[i] - firsts[12 + i];
            columns[i] = a + b;
            columns[4 + i] = d + c;
            columns[8 + i] = a - b;
            columns[12 + i] = d - c;
        }
        for (int i = 0; i < BLOCKS; i += 4) {
            int a = columns[i] + 3 + columns[i + 3];
            int b = columns[i + 1] + columns[i + 2];
            int c = columns[i + 1] - columns[i + 2];
            int d = columns[i] + 3 - columns[i + 3];
            coefficients[i * COEFFICIENTS] = a + b >> 3;
            coefficients[(i + 1) * COEFFICIENTS] = d + c >> 3;
            coefficients[(i + 2) * COEFFICIENTS] = a - b >> 3;
            coefficients[(i + 3) * COEFFICIENTS] = d - c >> 3;
        }
    }

    /** Adds a block, whose coefficients begin at an offset, to the pixels that were predicted. */
    static void addCosine(int[] coefficients, int offset, Plane plane, int x, int y) {
        int[] rows = new int[COEFFICIENTS];
        for (int i = 0; i < 4; i++) {
            int at = offset + i;
            int a = coefficients[at] + coefficients[at + 8];
            int b = coefficients[at] - coefficients[at + 8];
            int c = sine(coefficients[at + 4]) - cosine(coefficients[at + 12]);
            int d = cosine(coefficients[at + 4]) + sine(coefficients[at + 12]);
            rows[4 * i] = a + d;
            rows[4 * i + 1] = b + c;
            rows[4 * i + 2] = b - c;
            rows[4 * i + 3] = a - d;
        }
        for (int i = 0; i < 4; i++) {
            int a = rows[i] + 4 + rows[i + 8];
            int b = rows[i] + 4 - rows[i + 8];
            int c = sine(rows[i + 4]) - cosine(rows[i + 12]);
            int d = cosine(rows[i + 4]) + sine(rows[i + 12]);
            add(plane, x, y + i, a + d);
            add(plane, x + 1, y + i, b + c);
            add(plane, x + 2, y + i, b - c);
            add(plane, x + 3, y + i, a - d);
        }
    }

    private static void add(Plane plane, int x, int y, int difference) {
        plane.set(x, y, plane.get(x, y) + (difference >> 3));
    }

    /** Times √2 cos(π/8). */
    private static int cosine(int value) {
        return value + (value * 20091 >> 16);
    }

    /** Times √2 sin(π/8). */
    private static int sine(int value) {
        return value * 35468 >> 16;
    }
}
