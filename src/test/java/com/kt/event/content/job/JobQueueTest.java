package com.kt.event.content.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.StandIns;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Appending, taking, handing back and showing entries. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(JobQueueSuite.ShortQueue.class)
class JobQueueTest extends JobQueueSuite {
    @Test
    void opensTwiceWithoutHarm() {
        append("a");

        get(queue.open());

        assertThat(take()).extracting(QueueEntry::jobId).containsExactly("a");
    }

    @Test
    void givesEachEntryOnceInOrder() {
        append("a", "b", "c");

        assertThat(get(queue.take(2, NO_WAIT))).extracting(QueueEntry::jobId).containsExactly("a", "b");
        assertThat(get(queue.take(2, NO_WAIT))).extracting(QueueEntry::jobId).containsExactly("c");
        assertThat(take()).isEmpty();
    }

    @Test
    void wakesAWaitingReaderAtOnce() {
        CompletionStage<List<QueueEntry>> waiting = queue.take(1, Duration.ofSeconds(5)).subscribeAsCompletionStage();

        append("a");

        // A wait that is not woken ends without an entry.
        assertThat(waiting.toCompletableFuture().join()).extracting(QueueEntry::jobId).containsExactly("a");
    }

    @Test
    void refusesMoreThanItMayHold() {
        append("a", "b", "c");

        assertThatThrownBy(() -> append("d")).isInstanceOf(QueueFullException.class);
        assertThat(redis.stream(String.class).xlen("content:jobs")).isEqualTo(3);
    }

    @Test
    void appendsAJobOnceWhileItsEntryWaits() {
        append("a", "b");

        get(queue.appendOnce("a", ACCEPTED));

        assertThat(take()).extracting(QueueEntry::jobId).containsExactly("a", "b");
    }

    /** A worker that found no record is about to remove the entry, after which no worker would ever run the job. */
    @Test
    void appendsAJobAgainWhoseEntryWasTaken() {
        append("a");
        List<QueueEntry> taken = take();

        get(queue.appendOnce("a", ACCEPTED));
        get(queue.remove(taken));

        assertThat(take()).extracting(QueueEntry::jobId).containsExactly("a");
    }

    @Test
    void appendsAJobOnceThoughTheGroupIsLost() {
        append("a");
        redis.execute("XGROUP", "DESTROY", "content:jobs", "workers");

        get(queue.appendOnce("a", ACCEPTED));

        assertThat(redis.stream(String.class).xlen("content:jobs")).isEqualTo(1);
    }

    @Test
    void hasRoomAgainWhenAJobHasEnded() {
        append("a", "b", "c");

        get(queue.remove(take().subList(0, 1)));

        append("d");
        assertThat(redis.stream(String.class).xlen("content:jobs")).isEqualTo(3);
    }

    @Test
    void givesWhatWasHandedBackToTheNext() {
        append("a");
        QueueEntry taken = take().get(0);

        get(queue.handBack(taken));

        assertThat(take()).singleElement().satisfies(again -> {
            assertThat(again.jobId()).isEqualTo("a");
            assertThat(again.createdAt()).as("when its job was accepted").isEqualTo(ACCEPTED);
        });
        assertThat(redis.stream(String.class).xlen("content:jobs")).isEqualTo(1);
    }

    @Test
    void handsNothingBackThatHasEnded() {
        append("a");
        QueueEntry taken = take().get(0);
        get(queue.remove(List.of(taken)));

        get(queue.handBack(taken));

        assertThat(take()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"job, a", "other, b", "createdAt, never"})
    void isNotStoppedByAnEntryOfAnotherProgram(String field, String value) {
        redis.stream(String.class).xadd("content:jobs", Map.of(field, value));
        append("a");

        assertThat(take()).hasSize(2).last().extracting(QueueEntry::jobId).isEqualTo("a");
        assertThat(acceptedBefore(Instant.now().plusSeconds(60))).hasSize(2);
        assertThat(get(queue.takeStalled(10, Duration.ZERO))).hasSize(2);
    }

    @Test
    void showsWhatIsOldWhoeverHasIt() {
        append("a", "b");
        get(queue.take(1, NO_WAIT));
        get(queue.append("young", ACCEPTED.plusMillis(1)));

        assertThat(acceptedBefore(ACCEPTED.plusMillis(1))).extracting(QueueEntry::jobId).containsExactly("a", "b");
        assertThat(acceptedBefore(ACCEPTED)).isEmpty();
        assertThat(take()).as("looking takes nothing").extracting(QueueEntry::jobId).containsExactly("b", "young");
    }

    @Test
    void showsWhatIsOldHoweverMuchItIs() {
        List<String> all = IntStream.range(0, 1_200).mapToObj(Integer::toString).toList();
        all.forEach(id -> redis.stream(String.class).xadd("content:jobs",
                Map.of("job", id, "createdAt", Long.toString(ACCEPTED.toEpochMilli()))));

        assertThat(acceptedBefore(ACCEPTED.plusMillis(1))).extracting(QueueEntry::jobId).isEqualTo(all);
    }

    /** The parts of an id are unsigned 64-bit numbers, and a client may choose any. */
    @Test
    void readsEntriesWhoseIdIsBeyondAnyTime() {
        redis.execute("XADD", "content:jobs", "18446744073709551614-18446744073709551615", "other", "x");

        assertThat(take()).singleElement().satisfies(entry -> {
            assertThat(entry.jobId()).isEmpty();
            assertThat(entry.createdAt()).isAfter(Instant.now());
        });
        assertThat(acceptedBefore(Instant.now())).isEmpty();
        assertThat(get(queue.takeStalled(10, Duration.ZERO))).hasSize(1);
    }

    @Test
    void readsNoFurtherThanToWhatIsOld() {
        redis.execute("XADD", "content:jobs", "1000-0", "job", "old", "createdAt", "1000");
        redis.execute("XADD", "content:jobs", "2000-0", "job", "young", "createdAt", "2000");
        redis.execute("XADD", "content:jobs", "3000-0", "job", "handed back", "createdAt", "900");

        assertThat(get(queue.writtenBefore(Instant.ofEpochMilli(1_500)).collect().asList()))
                .extracting(QueueEntry::jobId).containsExactly("old");
        assertThat(acceptedBefore(Instant.ofEpochMilli(1_500))).extracting(QueueEntry::jobId)
                .containsExactly("old", "handed back");
    }

    @Test
    void probesWithoutChangingAnything() {
        append("a");
        List<QueueEntry> taken = take();

        get(queue.probe());

        assertThat(get(queue.takeStalled(10, Duration.ZERO))).isEqualTo(taken);
        redis.flushall();
        assertThatThrownBy(() -> get(queue.probe())).hasMessageContaining("NOGROUP");
    }

    private List<QueueEntry> acceptedBefore(Instant limit) {
        return get(queue.acceptedBefore(limit).collect().asList());
    }
}
