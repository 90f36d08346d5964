package com.kt.event.content.bench.phase;

import java.util.List;
import java.util.Locale;

/** The parts of a run, in their order. */
public enum Phase {
    START, IDLE, PICKUP, JOBS, READ, POST, INFLIGHT, ARRIVING, RENDITIONS, STREAMS;

    /** These share one long-lived process of each system. */
    private static final List<Phase> OF_ONE_START = List.of(IDLE, PICKUP, JOBS, READ, POST);

    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean needsLoad() {
        return OF_ONE_START.contains(this);
    }
}
