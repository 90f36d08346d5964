package com.kt.event.content.worker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.kt.event.content.job.QueueEntry;

/**
 * The jobs that this instance works on, and a permit for each of them: the only place that knows how many there may be.
 * Whoever asks Redis for entries reserves permits first, for others ask at the same time, and an answer may take seconds.
 */
final class InFlightJobs {
    private final int max;
    /** By queue entry. All of it is guarded by this. */
    private final Map<String, InFlightJob> jobs = new HashMap<>();
    private int reserved;

    InFlightJobs(int max) {
        this.max = max;
    }

    /** Reserves as many permits as are free, at most {@code most}; maybe none. */
    synchronized Reservation reserve(int most) {
        int granted = Math.max(0, Math.min(most, free()));
        reserved += granted;
        return new Reservation(granted);
    }

    /** How many permits are neither used nor reserved. */
    synchronized int free() {
        return max - jobs.size() - reserved;
    }

    /** Whether it works on as many jobs as it may, whatever is reserved. */
    synchronized boolean isFull() {
        return jobs.size() >= max;
    }

    synchronized boolean has(QueueEntry entry) {
        return jobs.containsKey(entry.id());
    }

    synchronized int size() {
        return jobs.size();
    }

    synchronized List<InFlightJob> all() {
        return List.copyOf(jobs.values());
    }

    /** The job is done with here; its permit is free again. */
    synchronized void end(InFlightJob job) {
        jobs.remove(job.entry().id(), job);
    }

    /** Permits that are held for entries that may come. What was not used is given back when it is closed. */
    final class Reservation implements AutoCloseable {
        private int left;

        private Reservation(int granted) {
            this.left = granted;
        }

        int left() {
            synchronized (InFlightJobs.this) {
                return left;
            }
        }

        /**
         * Gives each entry a permit, and answers those that now are this instance's to work on. An entry that is in flight
         * here already is left out; one for which there is no permit is not taken on either, and is found again once it
         * counts as stalled.
         */
        List<InFlightJob> use(Collection<QueueEntry> entries) {
            synchronized (InFlightJobs.this) {
                List<InFlightJob> begun = new ArrayList<>();
                for (QueueEntry entry : entries) {
                    if (left > 0 && !jobs.containsKey(entry.id())) {
                        InFlightJob job = new InFlightJob(entry);
                        jobs.put(entry.id(), job);
                        left--;
                        reserved--;
                        begun.add(job);
                    }
                }
                return begun;
            }
        }

        @Override
        public void close() {
            synchronized (InFlightJobs.this) {
                reserved -= left;
                left = 0;
            }
        }
    }
}
