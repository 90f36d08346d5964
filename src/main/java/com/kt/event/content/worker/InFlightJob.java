package com.kt.event.content.worker;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.log.LogText;

import io.smallrye.mutiny.subscription.Cancellable;

/** A queue entry whose job this instance runs. */
final class InFlightJob {
    private final QueueEntry entry;
    /** Unique to this attempt: even if this instance takes the same entry again, the owner is another. */
    private final String owner = UUID.randomUUID().toString();
    /** Completed when this instance is done with the job. */
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile Cancellable run = () -> {
    };

    InFlightJob(QueueEntry entry) {
        this.entry = entry;
    }

    QueueEntry entry() {
        return entry;
    }

    String jobId() {
        return entry.jobId();
    }

    /** The id, safe to log: a client that can write to the stream can write any text as an id. */
    String loggedId() {
        return LogText.jobId(entry.jobId());
    }

    String owner() {
        return owner;
    }

    CompletableFuture<Void> done() {
        return done;
    }

    void startedAs(Cancellable started) {
        run = started;
    }

    void cancel() {
        run.cancel();
    }
}
