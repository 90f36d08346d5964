package com.kt.event.content.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.kt.event.content.job.QueueEntry;

/**
 * The queue as it was found.
 *
 * @param type what Redis says that its key holds; {@code none} where there is no such key
 * @param expires whether it has a time to live
 * @param lastDelivered the last entry that was given to a worker; null where no worker has opened the queue yet
 * @param taken the entries that were given to a worker and not acknowledged
 * @param entries all that are in the stream
 */
record QueueSnapshot(String type, boolean expires, String lastDelivered, Set<String> taken, List<QueueEntry> entries) {
    static final String NONE = "none";
    static final String STREAM = "stream";

    /** The jobs that a worker has taken, or will be given. */
    Set<String> jobs() {
        return entries.stream().filter(this::isAlive).map(QueueEntry::jobId).collect(Collectors.toSet());
    }

    boolean isAlive(QueueEntry entry) {
        return taken.contains(entry.id()) || lastDelivered == null || isAfter(entry.id(), lastDelivered);
    }

    /** By their two numbers: as text, 10-0 would come before 9-0. */
    private static boolean isAfter(String entryId, String other) {
        int time = Long.compareUnsigned(number(entryId, 0), number(other, 0));
        return time > 0 || time == 0 && Long.compareUnsigned(number(entryId, 1), number(other, 1)) > 0;
    }

    private static long number(String entryId, int index) {
        return Long.parseUnsignedLong(entryId.split("-")[index]);
    }
}
