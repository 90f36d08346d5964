package com.kt.event.content.rendition.vp8;

/** The arithmetic decoder: RFC 6386, section 7. */
final class BoolDecoder {
    private static final int EVEN = 128;

    private final byte[] data;
    private final int end;
    private int at;
    /** The bits that have been read and not decoded; those of the range are the highest ones. */
    private int value;
    /** How many bits there are below those of the range. */
    private int bits = -8;
    /** Less one. */
    private int range = 254;

    BoolDecoder(byte[] data, int start, int end) {
        this.data = data;
        this.at = start;
        this.end = end;
    }

    /** @param probability that it is false, from 1 to 255 of 256 */
    boolean bool(int probability) {
        if (bits < 0) {
            if (at >= end) {
                throw new Vp8Exception("incomplete");
            }
            value = value << 8 | data[at++] & 0xff;
            bits += 8;
        }
        int split = range * probability >> 8;
        boolean result = value >>> bits > split;
        if (result) {
            value -= split + 1 << bits;
            range -= split;
        } else {
            range = split + 1;
        }
        int shift = Integer.numberOfLeadingZeros(range) - 24;
        bits -= shift;
        range = (range << shift) - 1;
        return result;
    }

    int bit(int probability) {
        return bool(probability) ? 1 : 0;
    }

    boolean flag() {
        return bool(EVEN);
    }

    int literal(int length) {
        int number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 1 | bit(EVEN);
        }
        return number;
    }

    int signed(int length) {
        int number = literal(length);
        return flag() ? -number : number;
    }

    /** A signed number after a flag; 0 if that is not set. */
    int optional(int length) {
        return flag() ? signed(length) : 0;
    }

    /**
     * @param tree a pair per node: the next node, or a value, which is negated
     * @param probabilities one per node
     */
    int tree(int[] tree, int[] probabilities, int offset) {
        int node = 0;
        do {
            node = tree[node + bit(probabilities[offset + node / 2])];
        } while (node > 0);
        return -node;
    }
}
