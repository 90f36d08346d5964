package com.kt.event.content.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Checks while workers change jobs, or after they have died. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class CheckerWithWorkersTest extends CheckerSuite {
    @Test
    void acceptsAJobThatAWorkerRuns() {
        redis("XACK content:jobs workers {processingEntry}");
        redis("XDEL content:jobs {processingEntry}");

        assertThat(checker.check(NO_MOMENT).findings()).isEmpty();
    }

    @Test
    void findsAJobWithoutWorkerAndWithoutEntry() {
        redis("XACK content:jobs workers {processingEntry}");
        redis("XDEL content:jobs {processingEntry}");
        redis("HSET job:{processing} leaseUntil 1");

        assertThat(checker.check(NO_MOMENT).findings()).singleElement()
                .returns(Invariant.EVERY_OPEN_JOB_IS_QUEUED, Finding::broken)
                .returns("job:" + processing, Finding::where);
    }

    @Test
    void acceptsAJobWithoutWorkerThatIsQueued() {
        redis("HDEL job:{processing} owner leaseUntil");

        assertThat(checker.check(NO_MOMENT).findings()).isEmpty();
    }

    @Test
    void acceptsAJobThatIsNotYetAccepted() {
        redis("XTRIM content:jobs MAXLEN 0");
        redis("HDEL job:{processing} owner leaseUntil");
        redis("PEXPIRE job:{pending} 9000");

        assertThat(checker.check(NO_MOMENT).findings()).filteredOn(it -> it.where().startsWith("job:")).singleElement()
                .returns("job:" + processing, Finding::where);
    }

    @Test
    void readsMoreThanOneStep() {
        acceptMany();
        get(queue.take(150, Duration.ofMillis(10)));

        assertThat(checker.check()).isEqualTo(new Report(204, 202, 410, List.of()));
    }

    @Test
    void findsNothingWhileWorkersAreBusy() {
        acceptMany();
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                accept();
                finish(begin(accept()), true);
            }
        });
        try {
            assertThat(checker.check().findings()).isEmpty();
            assertThat(busy).isNotDone();
        } finally {
            enough.set(true);
            busy.join();
        }
    }

    private void acceptMany() {
        for (int i = 0; i < 2 * Checker.STEP; i++) {
            accept();
        }
    }
}
