package com.kt.event.content.rendition.vp8;

import java.util.Arrays;

/** How the macroblocks of a row are predicted: RFC 6386, sections 10 and 11. */
final class Modes {
    static final int SUBBLOCKS = 4;
    private static final int[] SEGMENT_TREE = {2, 4, 0, -1, -2, -3};
    private static final int[] LUMA_TREE = {-Prediction.BY_SUBBLOCKS, 2, 4, 6, -Prediction.DC, -Prediction.VERTICAL,
            -Prediction.HORIZONTAL, -Prediction.TRUE_MOTION};
    private static final int[] LUMA_PROBABILITIES = {145, 156, 163, 128};
    private static final int[] CHROMA_TREE = {-Prediction.DC, 2, -Prediction.VERTICAL, 4, -Prediction.HORIZONTAL,
            -Prediction.TRUE_MOTION};
    private static final int[] CHROMA_PROBABILITIES = {142, 114, 183};
    private static final int[] SUBBLOCK_TREE = {0, 2, -1, 4, -2, 6, 8, 12, -3, 10, -5, -6, -4, 14, -7, 16, -8, -9};
    /** By the mode of a macroblock, what stands for those of its subblocks. */
    private static final int[] AS_SUBBLOCK = {Prediction.B_DC, Prediction.B_VERTICAL, Prediction.B_HORIZONTAL,
            Prediction.B_TRUE_MOTION};

    /** Of the macroblock that was read last. */
    int segment;
    boolean isSkipped;
    int luma;
    int chroma;
    final int[] subblocks = new int[SUBBLOCKS * SUBBLOCKS];

    private final FrameHeader header;
    private final int[] above;
    private final int[] left = new int[SUBBLOCKS];

    Modes(FrameHeader header, int columns) {
        this.header = header;
        this.above = new int[SUBBLOCKS * columns];
    }

    void startRow() {
        Arrays.fill(left, Prediction.B_DC);
    }

    void read(int column) {
        BoolDecoder bits = header.modes;
        segment = header.segmentProbabilities == null ? 0 : bits.tree(SEGMENT_TREE, header.segmentProbabilities, 0);
        isSkipped = header.skipProbability > 0 && bits.bool(header.skipProbability);
        luma = bits.tree(LUMA_TREE, LUMA_PROBABILITIES, 0);
        if (luma == Prediction.BY_SUBBLOCKS) {
            readSubblocks(bits, SUBBLOCKS * column);
        } else {
            Arrays.fill(above, SUBBLOCKS * column, SUBBLOCKS * (column + 1), AS_SUBBLOCK[luma]);
            Arrays.fill(left, AS_SUBBLOCK[luma]);
        }
        chroma = bits.tree(CHROMA_TREE, CHROMA_PROBABILITIES, 0);
    }

    private void readSubblocks(BoolDecoder bits, int start) {
        int nodes = SUBBLOCK_TREE.length / 2;
        for (int i = 0; i < subblocks.length; i++) {
            int x = start + i % SUBBLOCKS;
            int y = i / SUBBLOCKS;
            int context = (above[x] * Vp8Tables.SUBBLOCK_MODES + left[y]) * nodes;
            subblocks[i] = bits.tree(SUBBLOCK_TREE, Vp8Tables.SUBBLOCK_MODE_PROBABILITIES, context);
            above[x] = left[y] = subblocks[i];
        }
    }
}
