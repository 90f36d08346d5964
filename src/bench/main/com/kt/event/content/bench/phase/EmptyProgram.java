package com.kt.event.content.bench.phase;

/** A Java program that only starts and ends: what a start on the JVM takes at least. */
final class EmptyProgram {
    private EmptyProgram() {
    }

    public static void main(String[] args) {
        // Nothing is to be done.
    }
}
