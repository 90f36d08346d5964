package com.kt.event.content.job;

/**
 * The outcome of an attempt to claim a job.
 *
 * @param job as it was at that moment; null unless the outcome is WON
 * @param stalled the number of leases of the job that lapsed with a call in flight
 */
public record Claim(Outcome outcome, Job job, int stalled) {
    /** The possible outcomes. */
    public enum Outcome {
        /** The lease was granted, or the job has ended and needs none. */
        WON,
        /** Another worker holds it. */
        HELD,
        /** There is no such job, or no longer. */
        GONE
    }

    static final Claim HELD = new Claim(Outcome.HELD, null, 0);
    static final Claim GONE = new Claim(Outcome.GONE, null, 0);

    static Claim won(Job job, int stalled) {
        return new Claim(Outcome.WON, job, stalled);
    }
}
