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
    /** Guarded by this, as is the next field. */
    private Cancellable run = () -> {
    };
    private boolean isCancelled;

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

    /** The run has begun; it is cancelled if this attempt was cancelled before. */
    synchronized void startedAs(Cancellable started) {
        run = started;
        if (isCancelled) {
            started.cancel();
        }
    }

    synchronized void cancel() {
        isCancelled = true;
        run.cancel();
    }

    synchronized boolean isCancelled() {
        return isCancelled;
    }
}
