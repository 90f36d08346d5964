package com.kt.event.content.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;

import io.quarkus.redis.datasource.stream.PendingMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Entries that were taken and then neither touched nor removed. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(JobQueueSuite.ShortQueue.class)
class StalledEntriesTest extends JobQueueSuite {
    @Test
    void takesOverWhatNobodyTouched() {
        append("a", "b");
        List<QueueEntry> taken = take();

        assertThat(get(queue.takeStalled(10, Duration.ofMinutes(1)))).isEmpty();
        assertThat(get(queue.takeStalled(10, Duration.ZERO))).isEqualTo(taken);
    }

    @Test
    void findsWhatNobodyTouchedHoweverMuchIsTouched() {
        List<String> alive = IntStream.range(0, 500).mapToObj(i -> redis.stream(String.class).xadd("content:jobs",
                Map.of("job", "alive-" + i, "createdAt", "0"))).toList();
        redis.stream(String.class).xadd("content:jobs", Map.of("job", "stalled", "createdAt", "0"));
        get(queue.take(1_000, NO_WAIT));
        isUntouchedForTwoMinutes(entryIds());

        get(queue.touch(alive.stream().map(id -> new QueueEntry(id, "alive", ACCEPTED)).toList()));

        assertThat(get(queue.takeStalled(1, Duration.ofMinutes(1)))).extracting(QueueEntry::jobId)
                .containsExactly("stalled");
    }

    @Test
    void leavesAloneWhatIsTouchedInTime() {
        append("a", "b");
        List<QueueEntry> taken = take();
        isUntouchedForTwoMinutes(entryIds());

        get(queue.touch(taken.subList(0, 1)));

        assertThat(get(queue.takeStalled(10, Duration.ofMinutes(1)))).extracting(QueueEntry::jobId)
                .containsExactly("b");
    }

    @Test
    void takesNothingOverThatHasEnded() {
        append("a");
        get(queue.remove(take().subList(0, 1)));

        assertThat(get(queue.takeStalled(10, Duration.ZERO))).isEmpty();
        assertThat(redis.stream(String.class).xlen("content:jobs")).isZero();
    }

    /** Redis 6.2 replies nil for an entry that was deleted after it was taken, and keeps it pending forever. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void takesOverTheOthersThoughATakenEntryWasDeleted(int deleted) {
        append("a", "b", "c");
        List<QueueEntry> taken = take();
        redis.stream(String.class).xdel("content:jobs", taken.get(deleted).id());

        assertThat(get(queue.takeStalled(10, Duration.ZERO))).hasSize(2).doesNotContain(taken.get(deleted));
        assertThat(redis.stream(String.class).xpending("content:jobs", "workers").getPendingCount()).isEqualTo(2);
    }

    @Test
    void forgetsHoweverManyTakenEntriesWereDeleted() {
        List<String> ids = IntStream.range(0, 1_200).mapToObj(i -> redis.stream(String.class).xadd("content:jobs",
                Map.of("job", Integer.toString(i)))).toList();
        get(queue.take(2_000, NO_WAIT));
        redis.stream(String.class).xdel("content:jobs", ids.subList(0, 1_199).toArray(String[]::new));

        List<QueueEntry> stalled = get(queue.takeStalled(5, Duration.ZERO));

        assertThat(stalled).extracting(QueueEntry::jobId).containsExactly("1199");
        assertThat(redis.stream(String.class).xpending("content:jobs", "workers").getPendingCount()).isEqualTo(1);
    }

    @Test
    void goesOnWithADeletedEntryThatItsWorkerStillHas() {
        append("a", "b");
        List<QueueEntry> taken = take();
        redis.stream(String.class).xdel("content:jobs", taken.get(0).id());

        get(queue.touch(taken));
        get(queue.remove(taken.subList(0, 1)));
        get(queue.handBack(taken.get(1)));

        assertThat(take()).extracting(QueueEntry::jobId).containsExactly("b");
    }

    private List<String> entryIds() {
        return redis.stream(String.class).xpending("content:jobs", "workers", StreamRange.of("-", "+"), 1_000).stream()
                .map(PendingMessage::getMessageId).toList();
    }

    /** Makes the entries look as if another consumer had received them two minutes ago. */
    private void isUntouchedForTwoMinutes(List<String> ids) {
        List<String> arguments = new ArrayList<>(List.of("content:jobs", "workers", "elsewhere", "0"));
        arguments.addAll(ids);
        arguments.addAll(List.of("IDLE", "120000", "JUSTID"));
        redis.execute("XCLAIM", arguments.toArray(String[]::new));
    }
}
