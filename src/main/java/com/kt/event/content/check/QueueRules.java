package com.kt.event.content.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.log.LogText;

/** The rules for the queue. */
class QueueRules {
    private final int maxLength;
    private final Predicate<String> jobExists;

    /** @param jobExists whether a job with this id has a record */
    QueueRules(int maxLength, Predicate<String> jobExists) {
        this.maxLength = maxLength;
        this.jobExists = jobExists;
    }

    List<Finding> broken(QueueSnapshot queue) {
        List<Finding> findings = new ArrayList<>();
        stream(queue, findings);
        entries(queue, findings);
        takenEntries(queue, findings);
        return findings;
    }

    private void stream(QueueSnapshot queue, List<Finding> findings) {
        if (!Set.of(QueueSnapshot.STREAM, QueueSnapshot.NONE).contains(queue.type())) {
            findings.add(new Finding(Invariant.THE_QUEUE_IS_A_STREAM_THAT_STAYS, JobQueue.KEY,
                    "is a " + queue.type() + " instead of a stream, so no job can be queued; RENAME it, and find out"
                            + " what wrote it"));
        }
        if (queue.expires()) {
            findings.add(new Finding(Invariant.THE_QUEUE_IS_A_STREAM_THAT_STAYS, JobQueue.KEY,
                    "has a time to live, and all waiting jobs will be lost with it; PERSIST " + JobQueue.KEY));
        }
        int length = queue.entries().size();
        if (length > maxLength) {
            findings.add(new Finding(Invariant.THE_QUEUE_IS_NOT_TOO_LONG, JobQueue.KEY,
                    "has %d entries, but content.queue.max-length allows %d; new jobs are refused until the workers"
                            .formatted(length, maxLength)
                            + " have caught up or the setting is raised"));
        }
    }

    private void entries(QueueSnapshot queue, List<Finding> findings) {
        Map<String, String> firstEntries = new HashMap<>();
        for (QueueEntry entry : queue.entries()) {
            if (entry.jobId() == null || !jobExists.test(entry.jobId())) {
                findings.add(finding(Invariant.EVERY_ENTRY_HAS_A_JOB, entry.id(),
                        "refers to job %s, which has no record; a worker that reads the entry removes it, otherwise %s"
                                .formatted(name(entry), removal(entry))));
                continue;
            }
            if (entry.createdAt() == null) {
                findings.add(finding(Invariant.EVERY_RECORD_IS_READABLE, entry.id(),
                        "has no acceptance time of its job (%s); %s, and queue job %s again"
                                .formatted(JobQueue.CREATED_AT, removal(entry), name(entry))));
            }
            String first = firstEntries.putIfAbsent(entry.jobId(), entry.id());
            if (first != null) {
                findings.add(finding(Invariant.NO_JOB_IS_QUEUED_TWICE, entry.id(),
                        "refers to job %s, as entry %s does; %s".formatted(name(entry), first, removal(entry))));
            }
            if (!queue.isAlive(entry)) {
                findings.add(finding(Invariant.EVERY_ENTRY_IS_WAITING_OR_TAKEN, entry.id(),
                        "is acknowledged but not deleted, so no worker will read it again; %s, and queue job %s"
                                .formatted(removal(entry), name(entry))
                                + " again unless " + JobStore.key(name(entry)) + " shows that it has ended"));
            }
        }
    }

    private static void takenEntries(QueueSnapshot queue, List<Finding> findings) {
        Set<String> existing = queue.entries().stream().map(QueueEntry::id).collect(Collectors.toSet());
        queue.taken().stream().filter(id -> !existing.contains(id)).forEach(id -> findings.add(
                finding(Invariant.EVERY_TAKEN_ENTRY_EXISTS, id,
                        "is pending but deleted from the stream, so its job cannot be taken over;"
                                + " XACK %s %s %s".formatted(JobQueue.KEY, JobQueue.GROUP, id))));
    }

    private static String name(QueueEntry entry) {
        return entry.jobId() == null ? "null" : LogText.jobId(entry.jobId());
    }

    /** After XDEL alone the entry would stay pending. */
    private static String removal(QueueEntry entry) {
        return "XACK %1$s %2$s %3$s, then XDEL %1$s %3$s".formatted(JobQueue.KEY, JobQueue.GROUP, entry.id());
    }

    private static Finding finding(Invariant broken, String entryId, String what) {
        return new Finding(broken, JobQueue.KEY + " entry " + entryId, what);
    }
}
