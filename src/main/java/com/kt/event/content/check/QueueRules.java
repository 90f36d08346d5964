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

/** What must hold for the queue. */
class QueueRules {
    private final int maxLength;
    private final Predicate<String> jobExists;

    /** @param jobExists whether there is a record of the job with this id */
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
                    "is a " + queue.type() + " and not a stream, so that no job can be queued; RENAME it, and find out"
                            + " who wrote it"));
        }
        if (queue.expires()) {
            findings.add(new Finding(Invariant.THE_QUEUE_IS_A_STREAM_THAT_STAYS, JobQueue.KEY,
                    "has a time to live, and will take all jobs with it that wait then; PERSIST " + JobQueue.KEY));
        }
        int length = queue.entries().size();
        if (length > maxLength) {
            findings.add(new Finding(Invariant.THE_QUEUE_IS_NOT_TOO_LONG, JobQueue.KEY,
                    "holds %d entries, and content.queue.max-length allows %d; new jobs are refused until the workers"
                            .formatted(length, maxLength)
                            + " have caught up, unless the setting is raised"));
        }
    }

    private void entries(QueueSnapshot queue, List<Finding> findings) {
        Map<String, String> firstEntries = new HashMap<>();
        for (QueueEntry entry : queue.entries()) {
            if (entry.jobId() == null || !jobExists.test(entry.jobId())) {
                findings.add(finding(Invariant.EVERY_ENTRY_HAS_A_JOB, entry.id(),
                        "names job %s, of which there is no record; a worker that takes it removes it, else %s"
                                .formatted(name(entry), removal(entry))));
                continue;
            }
            if (entry.createdAt() == null) {
                findings.add(finding(Invariant.EVERY_RECORD_IS_READABLE, entry.id(),
                        "does not say when its job was accepted (%s); %s, and queue job %s anew"
                                .formatted(JobQueue.CREATED_AT, removal(entry), name(entry))));
            }
            String first = firstEntries.putIfAbsent(entry.jobId(), entry.id());
            if (first != null) {
                findings.add(finding(Invariant.NO_JOB_IS_QUEUED_TWICE, entry.id(),
                        "names job %s, as entry %s does; %s".formatted(name(entry), first, removal(entry))));
            }
            if (!queue.isAlive(entry)) {
                findings.add(finding(Invariant.EVERY_ENTRY_IS_WAITING_OR_TAKEN, entry.id(),
                        "is acknowledged but not deleted, and no worker will see it again; %s, and queue job %s"
                                .formatted(removal(entry), name(entry))
                                + " anew unless " + JobStore.key(name(entry)) + " says that it has ended"));
            }
        }
    }

    private static void takenEntries(QueueSnapshot queue, List<Finding> findings) {
        Set<String> existing = queue.entries().stream().map(QueueEntry::id).collect(Collectors.toSet());
        queue.taken().stream().filter(id -> !existing.contains(id)).forEach(id -> findings.add(
                finding(Invariant.EVERY_TAKEN_ENTRY_EXISTS, id,
                        "was taken by a worker and is gone from the stream, so that nobody could take its job over;"
                                + " XACK %s %s %s".formatted(JobQueue.KEY, JobQueue.GROUP, id))));
    }

    private static String name(QueueEntry entry) {
        return entry.jobId() == null ? "null" : LogText.jobId(entry.jobId());
    }

    /** XDEL alone would leave it with the worker that has taken it, for ever. */
    private static String removal(QueueEntry entry) {
        return "XACK %1$s %2$s %3$s, then XDEL %1$s %3$s".formatted(JobQueue.KEY, JobQueue.GROUP, entry.id());
    }

    private static Finding finding(Invariant broken, String entryId, String what) {
        return new Finding(broken, JobQueue.KEY + " entry " + entryId, what);
    }
}
