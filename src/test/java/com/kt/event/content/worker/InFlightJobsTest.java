package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.worker.InFlightJobs.Reservation;

class InFlightJobsTest {
    private final InFlightJobs jobs = new InFlightJobs(2);

    @Test
    void reservesNoMoreThanThereIs() {
        Reservation first = jobs.reserve(64);
        Reservation second = jobs.reserve(1);

        assertThat(first.left()).isEqualTo(2);
        assertThat(second.left()).isZero();
        assertThat(jobs.free()).isZero();
        assertThat(jobs.isFull()).as("what is reserved is no job yet").isFalse();
    }

    @Test
    void givesBackWhatDidNotCome() {
        Reservation reading = jobs.reserve(2);
        reading.use(entries("1-0"));

        reading.close();
        reading.close();

        assertThat(jobs.size()).isEqualTo(1);
        assertThat(jobs.free()).isEqualTo(1);
    }

    @Test
    void takesOnNoMoreThanWasReserved() {
        Reservation reading = jobs.reserve(1);

        assertThat(ids(reading.use(entries("1-0", "2-0", "3-0")))).containsExactly("1-0");
        assertThat(reading.use(entries("4-0"))).isEmpty();
        assertThat(jobs.size()).isEqualTo(1);
    }

    /** The interleaving of two stalled and two new jobs where two are allowed. */
    @Test
    void holdsItsBoundWhileSeveralAskAtTheSameTime() {
        Reservation loop = jobs.reserve(1);
        Reservation sweep = jobs.reserve(64);
        assertThat(ids(sweep.use(entries("1-0")))).containsExactly("1-0");
        Reservation overdue = jobs.reserve(64);

        assertThat(ids(loop.use(entries("3-0")))).containsExactly("3-0");
        assertThat(overdue.use(entries("2-0"))).isEmpty();

        Stream.of(loop, sweep, overdue).forEach(Reservation::close);
        assertThat(jobs.isFull()).isTrue();
        assertThat(jobs.free()).isZero();
    }

    @Test
    void doesNotTakeOnTwiceWhatIsInFlightAndKeepsThePermit() {
        jobs.reserve(1).use(entries("1-0"));
        Reservation sweep = jobs.reserve(1);

        assertThat(sweep.use(entries("1-0", "2-0"))).extracting(job -> job.entry().id()).containsExactly("2-0");
        assertThat(jobs.has(entries("1-0").get(0))).isTrue();
        assertThat(jobs.has(entries("9-0").get(0))).isFalse();
    }

    @Test
    void freesThePermitOfAJobThatEndedOnce() {
        InFlightJob job = jobs.reserve(1).use(entries("1-0")).get(0);

        jobs.end(job);
        jobs.end(job);

        assertThat(jobs.size()).isZero();
        assertThat(jobs.free()).isEqualTo(2);
    }

    /** The same entry again is another attempt: the end of the first must not free the permit of the second. */
    @Test
    void tellsAttemptsAtTheSameEntryApart() {
        InFlightJob first = jobs.reserve(1).use(entries("1-0")).get(0);
        jobs.end(first);
        jobs.reserve(1).use(entries("1-0"));

        jobs.end(first);

        assertThat(jobs.size()).isEqualTo(1);
    }

    @Test
    void grantsNothingOnceItIsShutDownAndKeepsWhatIsReserved() {
        Reservation reading = jobs.reserve(1);

        jobs.shutDown();

        assertThat(jobs.reserve(1).left()).isZero();
        assertThat(jobs.free()).isZero();
        assertThat(jobs.isFull()).isTrue();
        assertThat(reading.use(entries("1-0"))).hasSize(1);
    }

    @Test
    void hasNoRoomWhereNoJobsMayRun() {
        InFlightJobs none = new InFlightJobs(0);

        assertThat(none.isFull()).isTrue();
        assertThat(none.reserve(1).left()).isZero();
    }

    @Test
    void reportsRoomOnlyWhenItWasFull() {
        AtomicInteger reports = new AtomicInteger();
        jobs.onRoom(reports::incrementAndGet);
        List<InFlightJob> both = jobs.reserve(2).use(entries("1-0", "2-0"));

        jobs.end(both.get(0));
        jobs.end(both.get(1));

        assertThat(reports).hasValue(1);
        assertThat(both).allMatch(job -> job.done().isDone());
    }

    @Test
    void neverHoldsMoreThanItMayHoweverManyThreadsAsk() throws Exception {
        AtomicInteger most = new AtomicInteger();
        AtomicInteger next = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = IntStream.range(0, 4).<Future<?>>mapToObj(i -> threads.submit(() -> {
                start.await();
                for (int round = 0; round < 2_000; round++) {
                    try (Reservation reservation = jobs.reserve(2)) {
                        List<InFlightJob> begun = reservation.use(entries(next.incrementAndGet() + "-0"));
                        most.accumulateAndGet(jobs.size(), Math::max);
                        begun.forEach(jobs::end);
                    }
                }
                return null;
            })).toList();
            start.countDown();
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isBetween(1, 2);
        assertThat(jobs.free()).isEqualTo(2);
    }

    private static List<String> ids(List<InFlightJob> jobs) {
        return jobs.stream().map(job -> job.entry().id()).toList();
    }

    private static List<QueueEntry> entries(String... ids) {
        return Stream.of(ids).map(id -> new QueueEntry(id, "job-" + id, Instant.EPOCH)).toList();
    }
}
