package com.kt.event.content.job;

/**
 * What became of an attempt to take a job.
 *
 * @param job as it was at that moment; null unless the outcome is WON
 * @param stalled how many workers let their lease of the job lapse while a call of it was out
 */
public record Claim(Outcome outcome, Job job, int stalled) {
    /** The three ways in which it can end. */
    public enum Outcome {
        /** The lease is ours, or the job has ended and needs none. */
        WON,
        /** Another worker holds it. */
        HELD,
        /** There is no such job (any more). */
        GONE
    }

    static final Claim HELD = new Claim(Outcome.HELD, null, 0);
    static final Claim GONE = new Claim(Outcome.GONE, null, 0);

    static Claim won(Job job, int stalled) {
        return new Claim(Outcome.WON, job, stalled);
    }
}
