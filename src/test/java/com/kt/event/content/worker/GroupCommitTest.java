package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final GroupCommit commits = new GroupCommit(this::write);

    private Job stored = new Job("job-1", "draft-1", new Recommendation("봄", null, null, null, null),
            Map.of(Style.SIMPLE, pending(), Style.FANCY, pending(), Style.TRENDY, pending()), NOW, NOW, 1);

    @Test
    void writesTheFirstMoveAtOnce() {
        List<Job> done = commit(call(Style.SIMPLE));

        assertThat(writes).hasSize(1);
        assertThat(done).isEmpty();
        answer();
        assertThat(done).singleElement().isEqualTo(stored);
    }

    @Test
    void writesWhatComesMeanwhileTogetherAndInOrder() {
        commit(call(Style.SIMPLE));
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
        List<Job> next = commit(call(Style.FANCY));

        writes.remove(0).fail(new IllegalStateException("gone"));
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);

        answer();
        assertThat(next).hasSize(1);
        assertThat(stored.styles().get(Style.SIMPLE).calls().isOpen()).isFalse();
    }

    @Test
    void failsWithTheMoveThatIsRefused() {
        Uni<Job> refused = new GroupCommit(move -> Uni.createFrom().item(() -> move.apply(stored)))
                .commit(job -> job.complete(Style.SIMPLE, "http://a", NOW));

        assertThatThrownBy(() -> refused.await().indefinitely()).hasMessageContaining("PENDING");
    }

    private List<Job> commit(UnaryOperator<Job> move) {
        List<Job> done = new ArrayList<>();
        commits.commit(move).subscribe().with(done::add);
        return done;
    }

    private Uni<Job> write(UnaryOperator<Job> moves) {
        return Uni.createFrom().<Job>emitter(writes::add).map(ignored -> {
            stored = moves.apply(stored);
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
