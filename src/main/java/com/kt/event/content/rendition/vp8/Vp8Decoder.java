package com.kt.event.content.rendition.vp8;

/** Decodes a frame. It keeps two rows of macroblocks: about 50 bytes for each pixel of the width. */
public final class Vp8Decoder {
    private static final int SIDE = 16;
    private static final int SUBBLOCKS = Modes.SUBBLOCKS;

    private final FrameHeader header;
    private final int columns;
    private final int rows;
    private final Plane y;
    private final Plane u;
    private final Plane v;
    private final Modes modes;
    private final Residuals residuals;
    private final LoopFilter filter;
    private final int[][] above;
    private final int[] levels;
    private final boolean[] hasInner;
    private final int[] edge = new int[SIDE];

    /** Receives a row of pixels: 0xRRGGBB, only valid during the call. */
    public interface Rows {
        void row(int y, int[] rgb);
    }

    /**
     * @param frame the data of a chunk VP8
     * @throws Vp8Exception if it is damaged
     */
    public Vp8Decoder(byte[] frame) {
        this.header = new FrameHeader(frame);
        this.columns = (header.width + SIDE - 1) / SIDE;
        this.rows = (header.height + SIDE - 1) / SIDE;
        this.y = new Plane(SIDE, columns);
        this.u = new Plane(SIDE / 2, columns);
        this.v = new Plane(SIDE / 2, columns);
        this.modes = new Modes(header, columns);
        this.residuals = new Residuals(header.coefficients);
        this.filter = new LoopFilter(header.filter, y, u, v);
        this.above = new int[columns][Residuals.CONTEXTS];
        this.levels = new int[columns];
        this.hasInner = new boolean[columns];
    }

    /** @throws Vp8Exception if the frame is damaged */
    public void decode(Rows target) {
        RgbRows rgb = new RgbRows(header.width, header.height, target);
        for (int row = 0; row < rows; row++) {
            decodeRow(row);
            boolean isFirst = row == 0;
            y.keepLastLine();
            u.keepLastLine();
            v.keepLastLine();
            for (int column = 0; column < columns && !header.filter.isOff; column++) {
                filter.macroblock(column, isFirst, levels[column], hasInner[column]);
            }
            if (!isFirst) {
                rgb.send(0, y, u, v);
            }
            if (row < rows - 1) {
                y.nextRow();
                u.nextRow();
                v.nextRow();
            }
        }
        rgb.send(1, y, u, v);
        rgb.end();
    }

    private void decodeRow(int row) {
        BoolDecoder tokens = header.partitions[row % header.partitions.length];
        int[] left = new int[Residuals.CONTEXTS];
        modes.startRow();
        for (int column = 0; column < columns; column++) {
            modes.read(column);
            boolean hasSubblocks = modes.luma == Prediction.BY_SUBBLOCKS;
            boolean hasResiduals = false;
            if (modes.isSkipped) {
                residuals.skip(hasSubblocks, above[column], left);
            } else {
                hasResiduals = residuals.read(tokens, header.steps[modes.segment], hasSubblocks, above[column], left);
            }
            levels[column] = header.filter.level(modes.segment, hasSubblocks);
            hasInner[column] = hasSubblocks || hasResiduals;
            if (hasSubblocks) {
                decodeSubblocks(column * SIDE);
            } else {
                Prediction.macroblock(y, column * SIDE, modes.luma);
                add(y, column * SIDE, 0);
            }
            decodeChroma(column * SIDE / 2);
        }
    }

    /** Each one is predicted from those before it. */
    private void decodeSubblocks(int x) {
        for (int block = 0; block < SUBBLOCKS * SUBBLOCKS; block++) {
            int column = block % SUBBLOCKS;
            int row = block / SUBBLOCKS;
            Prediction.subblock(y, x, column, row, modes.subblocks[block], edge);
            Transform.addCosine(residuals.coefficients, block * Transform.COEFFICIENTS, y, x + 4 * column, 4 * row);
        }
    }

    private void decodeChroma(int x) {
        Prediction.macroblock(u, x, modes.chroma);
        Prediction.macroblock(v, x, modes.chroma);
        add(u, x, 16);
        add(v, x, 20);
    }

    /** @param first the index of the plane's first block */
    private void add(Plane plane, int x, int first) {
        int perRow = plane.side / 4;
        for (int block = 0; block < perRow * perRow; block++) {
            Transform.addCosine(residuals.coefficients, (first + block) * Transform.COEFFICIENTS, plane,
                    x + block % perRow * 4, block / perRow * 4);
        }
    }
}
