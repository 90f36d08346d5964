package com.kt.event.content.gallery;

import java.util.Arrays;

/**
 * A set of hundreds of thousands of file names, in eight bytes each. It may take a name for one that it contains, once in
 * billions.
 */
final class NameSet {
    private long[] hashes = new long[1_024];
    private int size;

    void add(String name) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        hashes[size++] = hash(name);
    }

    /** This set, ready for {@link #contains}, with nothing to be added. */
    NameSet sorted() {
        Arrays.sort(hashes, 0, size);
        return this;
    }

    boolean contains(String name) {
        return Arrays.binarySearch(hashes, 0, size, hash(name)) >= 0;
    }

    /** FNV-1a, with 64 bits. */
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
