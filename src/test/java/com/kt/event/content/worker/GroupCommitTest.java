package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.StyleTask;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

class GroupCommitTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** A store whose replies the test sends. */
    private final List<UniEmitter<? super Job>> writes = new ArrayList<>();
    private final List<Job> written = new ArrayList<>();
    private final Queue<Runnable> endOfTick = new ArrayDeque<>();
    private final GroupCommit<UnaryOperator<Job>, Job> commits = new GroupCommit<>(this::write, endOfTick::add);

    private Job stored = new Job("job-1", "draft-1", new Recommendation("봄", null, null, null, null),
            Map.of(Style.SIMPLE, pending(), Style.FANCY, pending(), Style.TRENDY, pending()), NOW, NOW, 1);

    @Test
    void writesWhatComesInOneTickTogetherAndInOrder() {
        List<Job> simple = commit(call(Style.SIMPLE));
        List<Job> fancy = commit(call(Style.FANCY));
        List<Job> trendy = commit(call(Style.TRENDY));
        assertThat(writes).as("before the tick ends").isEmpty();

        endTick();
        assertThat(writes).hasSize(1);
        assertThat(simple).isEmpty();
        answer();

        assertThat(written).singleElement().isEqualTo(stored);
        assertThat(stored.styles().values()).allMatch(task -> task.calls().isOpen());
        assertThat(simple).isEqualTo(fancy).isEqualTo(trendy).containsExactly(stored);
    }

    @Test
    void writesTheNextTicksMovesToo() {
        commit(call(Style.SIMPLE));
        endTick();
        answer();

        List<Job> next = commit(call(Style.FANCY));
        endTick();
        answer();

        assertThat(next).containsExactly(stored);
        assertThat(stored.version()).isEqualTo(3);
    }

    @Test
    void writesWhatComesDuringAWriteTogetherAndInOrder() {
        commit(call(Style.SIMPLE));
        endTick();
        List<Job> fancy = commit(call(Style.FANCY));
        List<Job> trendy = commit(call(Style.TRENDY));
        assertThat(writes).as("one write at a time").hasSize(1);

        answer();
        assertThat(writes).hasSize(1);
        answer();

        assertThat(written).hasSize(2);
        assertThat(stored.styles().values()).allMatch(task -> task.calls().isOpen());
        assertThat(stored.version()).isEqualTo(4);
        assertThat(fancy).isEqualTo(trendy).containsExactly(stored);
    }

    @Test
    void tellsAllOfAGroupThatItFailedAndGoesOnWithTheNext() {
        List<Throwable> failures = new ArrayList<>();
        commits.commit(call(Style.SIMPLE)).subscribe().with(job -> {
        }, failures::add);
        endTick();
        List<Job> next = commit(call(Style.FANCY));

        writes.remove(0).fail(new IllegalStateException("gone"));
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);

        answer();
        assertThat(next).hasSize(1);
        assertThat(stored.styles().get(Style.SIMPLE).calls().isOpen()).isFalse();
    }

    @Test
    void failsWithTheMoveThatIsRefused() {
        Uni<Job> refused = new GroupCommit<UnaryOperator<Job>, Job>(
                moves -> Uni.createFrom().item(() -> moves.get(0).apply(stored)), Runnable::run)
                .commit(job -> job.complete(Style.SIMPLE, "http://a", NOW));

        assertThatThrownBy(() -> refused.await().indefinitely()).hasMessageContaining("PENDING");
    }

    private List<Job> commit(UnaryOperator<Job> move) {
        List<Job> done = new ArrayList<>();
        commits.commit(move).subscribe().with(done::add);
        return done;
    }

    private void endTick() {
        endOfTick.remove().run();
    }

    private Uni<Job> write(List<UnaryOperator<Job>> moves) {
        return Uni.createFrom().<Job>emitter(writes::add).map(ignored -> {
            for (UnaryOperator<Job> move : moves) {
                stored = move.apply(stored);
            }
            written.add(stored);
            return stored;
        });
    }

    private void answer() {
        writes.remove(0).complete(stored);
    }

    private static UnaryOperator<Job> call(Style style) {
        return job -> job.openCall(style, NOW);
    }

    private static StyleTask pending() {
        return new StyleTask(JobStatus.PENDING, null, null, null);
    }
}
