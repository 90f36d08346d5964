package com.kt.event.content.worker;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.log.LogText;

import io.smallrye.mutiny.subscription.Cancellable;

/** A queue entry whose job this instance works on. */
final class InFlightJob {
    private final QueueEntry entry;
    /** Nobody else's, ever: not even this instance's, should it meet the same entry again. */
    private final String owner = UUID.randomUUID().toString();
    /** Completed when this instance has nothing more to do with it. */
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile Cancellable work = () -> {
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

    /** The id as a log line may have it: whoever can write to the stream can write anything as an id. */
    String loggedId() {
        return LogText.jobId(entry.jobId());
    }

    String owner() {
        return owner;
    }

    CompletableFuture<Void> done() {
        return done;
    }

    void isWorkedOnBy(Cancellable begun) {
        work = begun;
    }

    void cancel() {
        work.cancel();
    }
}
