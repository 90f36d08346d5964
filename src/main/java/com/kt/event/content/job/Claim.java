package com.kt.event.content.job;

/**
 * What became of an attempt to take a job.
 *
 * @param job as it was at that moment; null unless the outcome is WON
 */
public record Claim(Outcome outcome, Job job) {
    /** The three ways in which it can end. */
    public enum Outcome {
        /** The lease is ours. */
        WON,
        /** Another worker holds it. */
        HELD,
        /** There is no such job (any more). */
        GONE
    }

    static final Claim HELD = new Claim(Outcome.HELD, null);
    static final Claim GONE = new Claim(Outcome.GONE, null);

    static Claim won(Job job) {
        return new Claim(Outcome.WON, job);
    }
}
