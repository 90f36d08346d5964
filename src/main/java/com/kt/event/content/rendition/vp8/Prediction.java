package com.kt.event.content.rendition.vp8;

/** Predicts pixels from those above and to the left: RFC 6386, section 12. */
final class Prediction {
    /** Of a whole macroblock. */
    static final int DC = 0;
    static final int VERTICAL = 1;
    static final int HORIZONTAL = 2;
    static final int TRUE_MOTION = 3;
    static final int BY_SUBBLOCKS = 4;

    /** Of a subblock. */
    static final int B_DC = 0;
    static final int B_TRUE_MOTION = 1;
    static final int B_VERTICAL = 2;
    static final int B_HORIZONTAL = 3;

    private static final int SUBBLOCK = 4;
    /** Of the pixels around a subblock, from the lower left to the upper right, the one at the corner. */
    private static final int CORNER = 4;
    private static final int EDGE = 13;
    /** In {@link #DIRECTIONS}, what marks the mean of two pixels. */
    private static final int OF_TWO = 16;

    /**
     * For each mode from B_VERTICAL, and for each pixel: the index of the pixel of the edge whose weighted mean with its
     * neighbours it is, or, plus 16, of the first one of the two whose mean it is.
     */
    private static final int[][] DIRECTIONS = {
            {5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8},
            {3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0},
            {6, 7, 8, 9, 7, 8, 9, 10, 8, 9, 10, 11, 9, 10, 11, 12},
            {4, 5, 6, 7, 3, 4, 5, 6, 2, 3, 4, 5, 1, 2, 3, 4},
            {20, 21, 22, 23, 4, 5, 6, 7, 3, 20, 21, 22, 2, 4, 5, 6},
            {21, 22, 23, 24, 6, 7, 8, 9, 22, 23, 24, 10, 7, 8, 9, 11},
            {19, 4, 5, 6, 18, 3, 19, 4, 17, 2, 18, 3, 16, 1, 17, 2},
            {18, 2, 17, 1, 17, 1, 16, 0, 16, 0, -1, -1, -1, -1, -1, -1}};

    private Prediction() {
    }

    /** @param x of the macroblock's left column */
    static void macroblock(Plane plane, int x, int mode) {
        int dc = mode == DC ? mean(plane, x) : 0;
        int corner = plane.get(x - 1, -1);
        for (int row = 0; row < plane.side; row++) {
            int left = plane.get(x - 1, row);
            for (int column = 0; column < plane.side; column++) {
                plane.set(x + column, row, switch (mode) {
                    case DC -> dc;
                    case VERTICAL -> plane.get(x + column, -1);
                    case HORIZONTAL -> left;
                    default -> left + plane.get(x + column, -1) - corner;
                });
            }
        }
    }

    /** Of the pixels that are part of the image. */
    private static int mean(Plane plane, int x) {
        int sum = 0;
        int count = 0;
        for (int i = 0; i < plane.side; i++) {
            sum += (plane.isFirstRow() ? 0 : plane.get(x + i, -1)) + (x == 0 ? 0 : plane.get(x - 1, i));
            count += (plane.isFirstRow() ? 0 : 1) + (x == 0 ? 0 : 1);
        }
        return count == 0 ? 128 : (sum + count / 2) / count;
    }

    /**
     * @param column of the subblock in its macroblock, from 0 to 3
     * @param row as column
     */
    static void subblock(Plane plane, int macroblock, int column, int row, int mode, int[] edge) {
        int x = macroblock + SUBBLOCK * column;
        int y = SUBBLOCK * row;
        for (int i = 0; i < CORNER; i++) {
            edge[i] = plane.get(x - 1, y + CORNER - 1 - i);
        }
        edge[CORNER] = plane.get(x - 1, y - 1);
        for (int i = CORNER + 1; i < EDGE; i++) {
            // What is to the right of the macroblock is not decoded yet, except above.
            boolean isBeside = column == SUBBLOCK - 1 && i > CORNER + SUBBLOCK;
            edge[i] = plane.get(x + i - CORNER - 1, isBeside ? -1 : y - 1);
        }
        for (int i = 0; i < SUBBLOCK * SUBBLOCK; i++) {
            plane.set(x + i % SUBBLOCK, y + i / SUBBLOCK, pixel(edge, mode, i));
        }
    }

    private static int pixel(int[] edge, int mode, int pixel) {
        if (mode == B_DC) {
            int sum = SUBBLOCK;
            for (int i = 0; i < SUBBLOCK; i++) {
                sum += edge[i] + edge[CORNER + 1 + i];
            }
            return sum / (2 * SUBBLOCK);
        }
        if (mode == B_TRUE_MOTION) {
            return edge[CORNER - 1 - pixel / SUBBLOCK] + edge[CORNER + 1 + pixel % SUBBLOCK] - edge[CORNER];
        }
        int at = DIRECTIONS[mode - B_VERTICAL][pixel];
        if (at >= OF_TWO) {
            return edge[at - OF_TWO] + edge[at - OF_TWO + 1] + 1 >> 1;
        }
        int middle = edge[Math.max(0, at)];
        return edge[Math.max(0, at - 1)] + 2 * middle + edge[Math.max(0, Math.min(EDGE - 1, at + 1))] + 2 >> 2;
    }
}
