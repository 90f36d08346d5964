package com.kt.event.content.rendition.vp8;

import java.util.Arrays;

/** What precedes the macroblocks: RFC 6386, section 9. */
final class FrameHeader {
    static final int SEGMENTS = 4;
    private static final int TAG = 10;
    private static final int SIZE_MASK = 0x3fff;
    private static final int PARTITION_SIZE = 3;
    private static final int MOST_STEP = 127;

    final int width;
    final int height;
    final BoolDecoder modes;
    final BoolDecoder[] partitions;
    /** Null if the macroblocks do not name their segments. */
    int[] segmentProbabilities;
    final FilterLevels filter;
    final Steps[] steps = new Steps[SEGMENTS];
    final int[] coefficients = Vp8Tables.DEFAULT_PROBABILITIES.clone();
    /** 0 if no macroblock says that it is empty. */
    final int skipProbability;

    private final byte[] data;
    private boolean isSegmented;
    private boolean isAbsolute;
    private final int[] quantizers = new int[SEGMENTS];
    private final int[] levels = new int[SEGMENTS];

    /** The step sizes of the coefficients of a segment. */
    record Steps(int yDc, int yAc, int y2Dc, int y2Ac, int uvDc, int uvAc) {
    }

    FrameHeader(byte[] data) {
        this.data = data;
        if (data.length < TAG || (data[0] & 1) != 0 || data[3] != (byte) 0x9d || data[4] != 1 || data[5] != 0x2a) {
            throw new Vp8Exception("no key frame");
        }
        int first = (data[0] & 0xff | (data[1] & 0xff) << 8 | (data[2] & 0xff) << 16) >> 5;
        this.width = (data[6] & 0xff | (data[7] & 0xff) << 8) & SIZE_MASK;
        this.height = (data[8] & 0xff | (data[9] & 0xff) << 8) & SIZE_MASK;
        int end = TAG + first;
        if (end > data.length || width == 0 || height == 0) {
            throw new Vp8Exception("incomplete");
        }
        this.modes = new BoolDecoder(data, TAG, end);
        // The colour space and the clamping type: there is one of each.
        modes.literal(2);
        readSegments();
        this.filter = readFilter();
        this.partitions = partitions(1 << modes.literal(2), end);
        readSteps();
        // Whether the probabilities are for this frame only.
        modes.flag();
        readProbabilities();
        this.skipProbability = modes.flag() ? modes.literal(8) : 0;
    }

    private void readSegments() {
        isSegmented = modes.flag();
        if (!isSegmented) {
            return;
        }
        boolean hasMap = modes.flag();
        if (modes.flag()) {
            isAbsolute = modes.flag();
            for (int i = 0; i < SEGMENTS; i++) {
                quantizers[i] = modes.optional(7);
            }
            for (int i = 0; i < SEGMENTS; i++) {
                levels[i] = modes.optional(6);
            }
        }
        if (hasMap) {
            segmentProbabilities = new int[SEGMENTS - 1];
            for (int i = 0; i < segmentProbabilities.length; i++) {
                segmentProbabilities[i] = modes.flag() ? modes.literal(8) : 255;
            }
        }
    }

    private FilterLevels readFilter() {
        boolean isSimple = modes.flag();
        int level = modes.literal(6);
        int sharpness = modes.literal(3);
        int[] deltas = new int[8];
        if (modes.flag() && modes.flag()) {
            for (int i = 0; i < deltas.length; i++) {
                deltas[i] = modes.optional(6);
            }
        }
        int[] perSegment = new int[SEGMENTS];
        for (int i = 0; i < SEGMENTS; i++) {
            perSegment[i] = isSegmented ? levels[i] + (isAbsolute ? 0 : level) : level;
        }
        // Of the deltas those of key frames, and of macroblocks that are predicted by subblocks.
        return new FilterLevels(level == 0, isSimple, perSegment, sharpness, deltas[0], deltas[4]);
    }

    private BoolDecoder[] partitions(int count, int start) {
        BoolDecoder[] decoders = new BoolDecoder[count];
        int at = start + PARTITION_SIZE * (count - 1);
        for (int i = 0; i < count; i++) {
            int size = start + PARTITION_SIZE * i;
            int end = i == count - 1
                    ? data.length
                    : at + (data[size] & 0xff | (data[size + 1] & 0xff) << 8 | (data[size + 2] & 0xff) << 16);
            if (at > data.length || end > data.length) {
                throw new Vp8Exception("incomplete");
            }
            decoders[i] = new BoolDecoder(data, at, end);
            at = end;
        }
        return decoders;
    }

    private void readSteps() {
        int base = modes.literal(7);
        int[] deltas = new int[5];
        Arrays.setAll(deltas, i -> modes.optional(4));
        for (int i = 0; i < SEGMENTS; i++) {
            int q = isSegmented ? quantizers[i] + (isAbsolute ? 0 : base) : base;
            steps[i] = new Steps(step(Vp8Tables.DC_STEPS, q + deltas[0], MOST_STEP),
                    step(Vp8Tables.AC_STEPS, q, MOST_STEP),
                    2 * step(Vp8Tables.DC_STEPS, q + deltas[1], MOST_STEP),
                    Math.max(8, step(Vp8Tables.AC_STEPS, q + deltas[2], MOST_STEP) * 155 / 100),
                    step(Vp8Tables.DC_STEPS, q + deltas[3], 117),
                    step(Vp8Tables.AC_STEPS, q + deltas[4], MOST_STEP));
        }
    }

    private static int step(int[] table, int index, int most) {
        return table[Math.max(0, Math.min(most, index))];
    }

    private void readProbabilities() {
        for (int i = 0; i < coefficients.length; i++) {
            if (modes.bool(Vp8Tables.UPDATE_PROBABILITIES[i])) {
                coefficients[i] = modes.literal(8);
            }
        }
    }
}
