package com.kt.event.content.rendition.vp8;

/** How strongly the edges of a macroblock are filtered: RFC 6386, sections 9.6 and 15.2. */
final class FilterLevels {
    private static final int MOST = 63;

    final boolean isOff;
    final boolean isSimple;
    private final int[] perSegment;
    private final int sharpness;
    private final int keyFrameDelta;
    private final int subblockDelta;

    FilterLevels(boolean isOff, boolean isSimple, int[] perSegment, int sharpness, int keyFrameDelta,
            int subblockDelta) {
        this.isOff = isOff;
        this.isSimple = isSimple;
        this.perSegment = perSegment;
        this.sharpness = sharpness;
        this.keyFrameDelta = keyFrameDelta;
        this.subblockDelta = subblockDelta;
    }

    int level(int segment, boolean hasSubblocks) {
        int level = perSegment[segment] + keyFrameDelta + (hasSubblocks ? subblockDelta : 0);
        return Math.max(0, Math.min(MOST, level));
    }

    /** How much the pixels on one side of an edge may differ. */
    int interior(int level) {
        int interior = sharpness == 0 ? level : Math.min(sharpness > 4 ? level >> 2 : level >> 1, 9 - sharpness);
        return Math.max(1, interior);
    }

    /** From where on the pixels on one side are an edge themselves. */
    static int edge(int level) {
        return level >= 40 ? 2 : level >= 15 ? 1 : 0;
    }
}
