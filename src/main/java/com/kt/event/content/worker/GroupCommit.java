package com.kt.event.content.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Writes values in groups, one group at a time: values that arrive in the same tick of the event loop, or during a write,
 * are written together. A job's styles start together and often end together, and separate writes would conflict on the
 * job's version.
 *
 * @param <T> a value to be written
 * @param <R> the result of writing a group, which each of its values gets
 */
final class GroupCommit<T, R> {
    private final Function<List<T>, Uni<R>> write;
    private final Executor endOfTick;
    private List<Waiting<T, R>> waiting = new ArrayList<>();
    private boolean writing;

    private record Waiting<T, R>(T value, UniEmitter<? super R> emitter) {
    }

    /** @param endOfTick runs a task after those that are due already */
    GroupCommit(Function<List<T>, Uni<R>> write, Executor endOfTick) {
        this.write = write;
        this.endOfTick = endOfTick;
    }

    /** The result of the write. Fails if the group cannot be written, even if another value of the group is to blame. */
    Uni<R> commit(T value) {
        return Uni.createFrom().emitter(emitter -> enqueue(new Waiting<>(value, emitter)));
    }

    private void enqueue(Waiting<T, R> next) {
        synchronized (this) {
            waiting.add(next);
            if (writing) {
                return;
            }
            writing = true;
        }
        endOfTick.execute(this::writeNext);
    }

    private void writeNext() {
        List<Waiting<T, R>> group;
        synchronized (this) {
            group = waiting;
            waiting = new ArrayList<>();
            writing = !group.isEmpty();
        }
        if (!group.isEmpty()) {
            write(group);
        }
    }

    private void write(List<Waiting<T, R>> group) {
        List<T> values = group.stream().<T>map(Waiting::value).toList();
        Uni.createFrom().deferred(() -> write.apply(values)).subscribe().with(
                result -> {
                    group.forEach(each -> each.emitter.complete(result));
                    writeNext();
                },
                failure -> {
                    group.forEach(each -> each.emitter.fail(failure));
                    writeNext();
                });
    }
}
