package com.kt.event.content.rendition.vp8;

/** Smooths the edges between blocks: RFC 6386, section 15. */
final class LoopFilter {
    private static final int SUBBLOCK = 4;
    /** How much more an edge between macroblocks may differ. */
    private static final int BETWEEN = 4;

    private final FilterLevels levels;
    private final Plane[] planes;

    /** @param planes Y, U and V */
    LoopFilter(FilterLevels levels, Plane... planes) {
        this.levels = levels;
        this.planes = planes;
    }

    /**
     * Filters the left and the upper edge of a macroblock, and those inside.
     *
     * @param level from 0 to 63
     */
    void macroblock(int column, boolean isFirstRow, int level, boolean hasInner) {
        if (level == 0) {
            return;
        }
        for (Plane plane : planes) {
            if (levels.isSimple && plane != planes[0]) {
                return;
            }
            int at = plane.side * plane.stride + column * plane.side;
            edges(plane, at, 1, plane.stride, column > 0, level, hasInner);
            edges(plane, at, plane.stride, 1, !isFirstRow, level, hasInner);
        }
    }

    /**
     * @param across the distance of neighbours on the two sides of an edge
     * @param along the distance of neighbours on one side
     */
    private void edges(Plane plane, int at, int across, int along, boolean hasOuter, int level, boolean hasInner) {
        int limit = 2 * level + levels.interior(level);
        if (hasOuter) {
            edge(plane, at, across, along, limit + BETWEEN, level, true);
        }
        for (int i = SUBBLOCK; hasInner && i < plane.side; i += SUBBLOCK) {
            edge(plane, at + i * across, across, along, limit, level, false);
        }
    }

    private void edge(Plane plane, int start, int across, int along, int limit, int level, boolean isOuter) {
        byte[] p = plane.pixels;
        int interior = levels.interior(level);
        int edge = FilterLevels.edge(level);
        for (int i = 0, at = start; i < plane.side; i++, at += along) {
            if (4 * difference(p, at - across, at) + difference(p, at - 2 * across, at + across) > 2 * limit + 1) {
                continue;
            }
            if (levels.isSimple) {
                two(p, at, across);
            } else if (isFlat(p, at, across, interior)) {
                boolean isEdge = difference(p, at - 2 * across, at - across) > edge
                        || difference(p, at + across, at) > edge;
                if (isEdge) {
                    two(p, at, across);
                } else if (isOuter) {
                    six(p, at, across);
                } else {
                    four(p, at, across);
                }
            }
        }
    }

    private static boolean isFlat(byte[] p, int at, int step, int most) {
        for (int i = 0; i < 3; i++) {
            if (difference(p, at + i * step, at + (i + 1) * step) > most
                    || difference(p, at - (i + 1) * step, at - (i + 2) * step) > most) {
                return false;
            }
        }
        return true;
    }

    private static void two(byte[] p, int at, int step) {
        int a = 3 * signed(p, at, at - step) + clamped(signed(p, at - 2 * step, at + step));
        add(p, at - step, clamped(a + 3) >> 3);
        add(p, at, -(clamped(a + 4) >> 3));
    }

    private static void four(byte[] p, int at, int step) {
        int a = 3 * signed(p, at, at - step);
        int one = clamped(a + 4) >> 3;
        int half = one + 1 >> 1;
        add(p, at - 2 * step, half);
        add(p, at - step, clamped(a + 3) >> 3);
        add(p, at, -one);
        add(p, at + step, -half);
    }

    private static void six(byte[] p, int at, int step) {
        int a = clamped(3 * signed(p, at, at - step) + clamped(signed(p, at - 2 * step, at + step)));
        for (int i = 0, weight = 27; i < 3; i++, weight -= 9) {
            int share = weight * a + 63 >> 7;
            add(p, at - (i + 1) * step, share);
            add(p, at + i * step, -share);
        }
    }

    private static int difference(byte[] p, int one, int other) {
        return Math.abs(signed(p, one, other));
    }

    private static int signed(byte[] p, int one, int other) {
        return (p[one] & 0xff) - (p[other] & 0xff);
    }

    private static int clamped(int value) {
        return Math.max(-128, Math.min(127, value));
    }

    private static void add(byte[] p, int at, int value) {
        p[at] = (byte) Plane.clamped((p[at] & 0xff) + value);
    }
}
