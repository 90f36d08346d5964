package com.kt.event.content.rendition.vp8;

import java.util.Arrays;

import com.kt.event.content.rendition.vp8.FrameHeader.Steps;

/** The coefficients of a macroblock: RFC 6386, section 13. */
final class Residuals {
    private static final int LUMA_BLOCKS = 16;
    private static final int BLOCKS = 24;
    private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
    /** By position; the last one is behind the end. */
    private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
    private static final int[][] CATEGORIES = {{173, 148, 140}, {176, 155, 140, 135}, {180, 157, 141, 134, 130},
            {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}};

    private static final int LUMA_WITHOUT_FIRST = 0;
    private static final int FIRSTS = 1;
    private static final int CHROMA = 2;
    private static final int LUMA = 3;

    /** Whether the block at the lower or right edge of the macroblock has coefficients: of Y, U, V, and of Y2. */
    static final int CONTEXTS = 9;
    private static final int Y2 = 8;

    /** In the order of the blocks: Y, U, V. */
    final int[] coefficients = new int[BLOCKS * Transform.COEFFICIENTS];
    private final int[] firsts = new int[Transform.COEFFICIENTS];
    private final int[] probabilities;

    Residuals(int[] probabilities) {
        this.probabilities = probabilities;
    }

    /** There are none. */
    void skip(boolean hasSubblocks, int[] above, int[] left) {
        Arrays.fill(coefficients, 0);
        Arrays.fill(above, 0, hasSubblocks ? Y2 : CONTEXTS, 0);
        Arrays.fill(left, 0, hasSubblocks ? Y2 : CONTEXTS, 0);
    }

    /** Returns whether there are any. */
    boolean read(BoolDecoder tokens, Steps steps, boolean hasSubblocks, int[] above, int[] left) {
        Arrays.fill(coefficients, 0);
        int type = LUMA;
        if (!hasSubblocks) {
            Arrays.fill(firsts, 0);
            int count = block(tokens, FIRSTS, above[Y2] + left[Y2], 0, steps.y2Dc(), steps.y2Ac(), firsts, 0);
            above[Y2] = left[Y2] = count > 0 ? 1 : 0;
            Transform.walshHadamard(firsts, coefficients);
            type = LUMA_WITHOUT_FIRST;
        }
        boolean any = false;
        for (int block = 0; block < BLOCKS; block++) {
            boolean isLuma = block < LUMA_BLOCKS;
            int column = isLuma ? block % 4 : 4 + block % 2 + (block - LUMA_BLOCKS) / 4 * 2;
            int row = isLuma ? block / 4 : 4 + block % 4 / 2 + (block - LUMA_BLOCKS) / 4 * 2;
            int first = type == LUMA_WITHOUT_FIRST && isLuma ? 1 : 0;
            int at = block * Transform.COEFFICIENTS;
            int count = block(tokens, isLuma ? type : CHROMA, above[column] + left[row], first,
                    isLuma ? steps.yDc() : steps.uvDc(), isLuma ? steps.yAc() : steps.uvAc(), coefficients, at);
            above[column] = left[row] = count > first ? 1 : 0;
            any |= count > 1 || coefficients[at] != 0;
        }
        return any;
    }

    /** Returns the position behind the last coefficient that is not zero, or the first one. */
    private int block(BoolDecoder tokens, int type, int context, int first, int dc, int ac, int[] to, int offset) {
        int at = first;
        int node = node(type, at, context);
        while (at < Transform.COEFFICIENTS && tokens.bool(probabilities[node])) {
            while (!tokens.bool(probabilities[node + 1])) {
                at++;
                if (at == Transform.COEFFICIENTS) {
                    return at;
                }
                node = node(type, at, 0);
            }
            int value = value(tokens, node);
            node = node(type, at + 1, value == 1 ? 1 : 2);
            to[offset + ZIGZAG[at]] = (tokens.flag() ? -value : value) * (at == 0 ? dc : ac);
            at++;
        }
        return at;
    }

    private static int node(int type, int position, int context) {
        return ((type * Vp8Tables.BANDS + BANDS[position]) * Vp8Tables.CONTEXTS + context)
                * Vp8Tables.COEFFICIENT_PROBABILITIES;
    }

    private int value(BoolDecoder tokens, int node) {
        if (!tokens.bool(probabilities[node + 2])) {
            return 1;
        }
        if (!tokens.bool(probabilities[node + 3])) {
            return tokens.bool(probabilities[node + 4]) ? 3 + tokens.bit(probabilities[node + 5]) : 2;
        }
        if (!tokens.bool(probabilities[node + 6])) {
            return tokens.bool(probabilities[node + 7])
                    ? 7 + 2 * tokens.bit(165) + tokens.bit(145)
                    : 5 + tokens.bit(159);
        }
        int high = tokens.bit(probabilities[node + 8]);
        int category = 2 * high + tokens.bit(probabilities[node + 9 + high]);
        int extra = 0;
        for (int probability : CATEGORIES[category]) {
            extra = 2 * extra + tokens.bit(probability);
        }
        return 3 + (8 << category) + extra;
    }
}
