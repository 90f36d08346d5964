package com.kt.event.content.worker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.kt.event.content.job.QueueEntry;

/**
 * The jobs that this instance runs, with a permit for each: the only place that knows the maximum. Permits are reserved
 * before Redis is asked for entries, because others ask at the same time and a response may take seconds.
 */
final class InFlightJobs {
    private final int max;
    /** By the entry's id. Guarded by this, as are the next two fields. */
    private final Map<String, InFlightJob> jobs = new HashMap<>();
    private int reserved;
    private boolean shutDown;
    private volatile Runnable onRoom = () -> {
    };

    /** @param max 0 for an instance that runs no jobs */
    InFlightJobs(int max) {
        this.max = max;
    }

    /** Registers what is to be done when a job ends while the maximum was in flight. */
    void onRoom(Runnable action) {
        onRoom = action;
    }

    /** Grants no further permits. Jobs in flight go on, and permits that are reserved stay so. */
    synchronized void shutDown() {
        shutDown = true;
    }

    synchronized boolean isShutDown() {
        return shutDown;
    }

    /** Reserves as many permits as are free, at most {@code most}; possibly none. */
    synchronized Reservation reserve(int most) {
        int granted = Math.max(0, Math.min(most, free()));
        reserved += granted;
        return new Reservation(granted);
    }

    /** How many permits are neither used nor reserved. */
    synchronized int free() {
        return shutDown ? 0 : max - jobs.size() - reserved;
    }

    /** Whether no further job may be started, regardless of reservations. */
    synchronized boolean isFull() {
        return shutDown || jobs.size() >= max;
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

    /** Frees the permit of a job that this instance is done with. */
    void end(InFlightJob job) {
        boolean wasFull = remove(job);
        job.done().complete(null);
        if (wasFull) {
            onRoom.run();
        }
    }

    private synchronized boolean remove(InFlightJob job) {
        boolean wasFull = isFull();
        jobs.remove(job.entry().id(), job);
        return wasFull;
    }

    /** Permits that are held for entries that may come. Closing it returns those that were not used. */
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
         * Gives each entry a permit and returns the jobs to start. Left out are entries that are in flight here already, and
         * those for which no permit is left: a sweep finds them again once they count as stalled.
         */
        List<InFlightJob> use(Collection<QueueEntry> entries) {
            synchronized (InFlightJobs.this) {
                List<InFlightJob> started = new ArrayList<>();
                for (QueueEntry entry : entries) {
                    if (left > 0 && !jobs.containsKey(entry.id())) {
                        InFlightJob job = new InFlightJob(entry);
                        jobs.put(entry.id(), job);
                        left--;
                        reserved--;
                        started.add(job);
                    }
                }
                return started;
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
