package com.kt.event.content.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import com.kt.event.content.job.Job;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Writes the moves of one job, one write at a time: moves that arrive during a write are grouped into the next. A job's
 * styles start together and often end together, and separate writes would conflict on the job's version.
 */
class GroupCommit {
    private final Function<UnaryOperator<Job>, Uni<Job>> write;
    private List<Waiting> waiting = new ArrayList<>();
    private boolean writing;

    private record Waiting(UnaryOperator<Job> move, UniEmitter<? super Job> emitter) {
    }

    GroupCommit(Function<UnaryOperator<Job>, Uni<Job>> write) {
        this.write = write;
    }

    /** The job after this move. Fails if its group cannot be written, even if another move of the group is to blame. */
    Uni<Job> commit(UnaryOperator<Job> move) {
        return Uni.createFrom().emitter(emitter -> enqueue(new Waiting(move, emitter)));
    }

    private void enqueue(Waiting next) {
        synchronized (this) {
            waiting.add(next);
            if (writing) {
                return;
            }
            writing = true;
        }
        writeNext();
    }

    private void writeNext() {
        List<Waiting> group;
        synchronized (this) {
            group = waiting;
            waiting = new ArrayList<>();
            writing = !group.isEmpty();
        }
        if (!group.isEmpty()) {
            write(group);
        }
    }

    private void write(List<Waiting> group) {
        write.apply(job -> inOrder(group, job)).subscribe().with(
                job -> {
                    group.forEach(each -> each.emitter.complete(job));
                    writeNext();
                },
                failure -> {
                    group.forEach(each -> each.emitter.fail(failure));
                    writeNext();
                });
    }

    private static Job inOrder(List<Waiting> group, Job job) {
        Job next = job;
        for (Waiting each : group) {
            next = each.move.apply(next);
        }
        return next;
    }
}
