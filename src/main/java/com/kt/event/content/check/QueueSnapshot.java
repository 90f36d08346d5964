package com.kt.event.content.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.kt.event.content.job.QueueEntry;

/**
 * The queue at one moment.
 *
 * @param type the Redis type of its key; {@code none} if there is no key
 * @param expires whether the key has a time to live
 * @param lastDelivered the last entry that was delivered to a worker; null if no worker has opened the queue yet
 * @param taken the pending entries: delivered to a worker and not acknowledged
 * @param entries all entries of the stream
 */
record QueueSnapshot(String type, boolean expires, String lastDelivered, Set<String> taken, List<QueueEntry> entries) {
    static final String NONE = "none";
    static final String STREAM = "stream";

    /** The jobs that a worker has read or will read. */
    Set<String> jobs() {
        return entries.stream().filter(this::isAlive).map(QueueEntry::jobId).collect(Collectors.toSet());
    }

    boolean isAlive(QueueEntry entry) {
        return taken.contains(entry.id()) || lastDelivered == null || isAfter(entry.id(), lastDelivered);
    }

    /** Compares numerically: as text, 10-0 would come before 9-0. */
    private static boolean isAfter(String entryId, String other) {
        int time = Long.compareUnsigned(number(entryId, 0), number(other, 0));
        return time > 0 || time == 0 && Long.compareUnsigned(number(entryId, 1), number(other, 1)) > 0;
    }

    private static long number(String entryId, int index) {
        return Long.parseUnsignedLong(entryId.split("-")[index]);
    }
}
