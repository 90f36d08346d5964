package com.kt.event.content.bench.phase;

import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds over the systems, for each row
 * @param seconds of one window of requests
 * @param warmUp seconds of jobs and of requests before the first window
 * @param starts of each system in each round
 * @param connections of the rows for distinct drafts
 * @param maxInFlight jobs in flight of a service, except for the row that needs more
 * @param pickUps jobs per round whose way to the provider is timed
 * @param jobs per round with the provider at 0 ms
 * @param slowJobs per round with the provider at 200 ms
 * @param idleSeconds of the window without requests
 * @param flyingJobs in flight at a time
 * @param flyingSeconds of the window in which they are
 * @param arrivingJobs whose images arrive at a time, three each
 * @param arrivingBytes of each of these images
 * @param renditions requested at a time
 * @param streams that wait at a time
 * @param streamSeconds of the window in which they do; a stream gets a comment every 15 s
 */
public record Settings(int rounds, int seconds, int warmUp, int starts, List<Integer> connections, int maxInFlight,
        int pickUps, int jobs, int slowJobs, int idleSeconds, int flyingJobs, int flyingSeconds,
        int arrivingJobs, int arrivingBytes, int renditions, int streams, int streamSeconds) {

    /** What the README runs. */
    public static final Settings FULL = new Settings(3, 3, 12, 2, List.of(16, 64, 256, 1024), 64, 30, 2000, 500, 10,
            1000, 60, 6, 20_000_000, 200, 1000, 20);

    /** Shows that everything works, in a minute; its values mean nothing. */
    public static final Settings SMOKE = new Settings(1, 2, 1, 1, List.of(16, 256), 64, 5, 100, 100, 1, 200, 3,
            2, 2_000_000, 20, 200, 2);

    public Settings withRounds(int count) {
        return new Settings(count, seconds, warmUp, starts, connections, maxInFlight, pickUps, jobs, slowJobs,
                idleSeconds, flyingJobs, flyingSeconds, arrivingJobs, arrivingBytes, renditions,
                streams, streamSeconds);
    }

    public Settings withSeconds(int length) {
        return new Settings(rounds, length, warmUp, starts, connections, maxInFlight, pickUps, jobs, slowJobs,
                idleSeconds, flyingJobs, flyingSeconds, arrivingJobs, arrivingBytes, renditions,
                streams, streamSeconds);
    }

    public Settings withWarmUp(int length) {
        return new Settings(rounds, seconds, length, starts, connections, maxInFlight, pickUps, jobs, slowJobs,
                idleSeconds, flyingJobs, flyingSeconds, arrivingJobs, arrivingBytes, renditions,
                streams, streamSeconds);
    }
}
