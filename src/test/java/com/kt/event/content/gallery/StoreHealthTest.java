package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;

class StoreHealthTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final StoreHealth health = new StoreHealth(timer);
    /** While it is set, it fails every write. */
    private IOException trouble;
    private final List<String> written = new ArrayList<>();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void isWritableFromTheStart() {
        assertThat(health.isWritable()).isTrue();
        assertThat(health.writable().subscribeAsCompletionStage()).isDone();
    }

    @Test
    void isNotWritableAfterTheFirstImageThatCannotBeKept() {
        trouble = new IOException("No space left on device");

        CompletableFuture<String> image = keep("a");
        CompletableFuture<Void> call = health.writable().subscribeAsCompletionStage();

        assertThat(health.isWritable()).isFalse();
        assertThat(image).isNotDone();
        assertThat(call).isNotDone();
        assertThat(health.unkept()).isEqualTo(1);
    }

    @Test
    void isNotWritableWhileTheProbeFails() {
        trouble = new IOException("No space left on device");
        CompletableFuture<String> image = keep("a");

        probe();
        probe();

        assertThat(health.isWritable()).isFalse();
        assertThat(image).isNotDone();
    }

    @Test
    void keepsWhatWaitsBeforeACallGoesOut() {
        trouble = new IOException("No space left on device");
        CompletableFuture<String> first = keep("a");
        CompletableFuture<String> second = keep("b");
        CompletableFuture<Void> call = health.writable().subscribeAsCompletionStage();
        call.thenRun(() -> written.add("call"));

        trouble = null;
        probe();

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(call).isCompleted();
        assertThat(written).containsExactly("a", "b", "call");
        assertThat(health.isWritable()).isTrue();
        assertThat(health.unkept()).isZero();
    }

    /** A disk with room for a probe, and for no image. */
    @Test
    void isNotWritableWhileImagesCannotBeKeptThoughTheProbeCan() {
        trouble = new IOException("No space left on device");
        CompletableFuture<String> first = keep("a");
        CompletableFuture<String> second = keep("b");

        health.probe(Uni.createFrom().voidItem()).await().indefinitely();
        health.probe(Uni.createFrom().voidItem()).await().indefinitely();
        assertThat(health.isWritable()).isFalse();

        trouble = null;
        probe();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(health.isWritable()).isTrue();
    }

    @Test
    void isNotWritableBeforeAnythingIsPaidForIfTheProbeFails() {
        trouble = new IOException("Read-only file system");

        probe();

        assertThat(health.isWritable()).isFalse();
        trouble = null;
        probe();
        assertThat(health.isWritable()).isTrue();
    }

    @Test
    void isWritableAgainOnceNoImageWaits() {
        trouble = new IOException("No space left on device");
        keep("a").cancel(false);
        CompletableFuture<Void> gone = health.writable().subscribeAsCompletionStage();
        gone.cancel(false);
        CompletableFuture<Void> call = health.writable().subscribeAsCompletionStage();
        assertThat(health.isWritable()).isFalse();

        trouble = null;
        probe();

        assertThat(call).isCompleted();
        assertThat(written).isEmpty();
    }

    @Test
    void staysWritableAfterANameThatIsTaken() {
        CompletableFuture<Object> image = health
                .untilKept(Uni.createFrom().failure(new FileAlreadyExistsException("a"))).subscribeAsCompletionStage();

        assertThat(image).isCompletedExceptionally();
        assertThat(health.isWritable()).isTrue();
    }

    /** A share whose server is gone. */
    @Test
    void isNotWritableWhileAWriteDoesNotEnd() {
        ScheduledThreadPoolExecutor strikes = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                return super.schedule(task, 0, TimeUnit.MILLISECONDS);
            }
        };
        StoreHealth impatient = new StoreHealth(strikes);
        CompletableFuture<Void> write = new CompletableFuture<>();

        impatient.untilKept(Uni.createFrom().completionStage(write)).subscribe().with(kept -> {
        });
        await().until(() -> !impatient.isWritable());

        write.complete(null);
        strikes.shutdown();
    }

    @Test
    void saysWhyInTheHealthCheckAndInTheMetrics() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        StoreHealthCheck check = new StoreHealthCheck(health, meters);
        assertThat(check.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(meters.get("content.store.writable").gauge().value()).isEqualTo(1);

        trouble = new IOException("No space left on device");
        keep("a");

        assertThat(check.call().getName()).isEqualTo("picture store");
        assertThat(check.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(check.call().getData().orElseThrow()).containsValue("java.io.IOException: No space left on device");
        assertThat(meters.get("content.store.writable").gauge().value()).isZero();
        assertThat(meters.get("content.pictures.unkept").gauge().value()).isEqualTo(1);
    }

    private CompletableFuture<String> keep(String image) {
        return health.untilKept(write(image).invoke(written::add)).subscribeAsCompletionStage();
    }

    private void probe() {
        health.probe(write("probe").replaceWithVoid()).await().indefinitely();
    }

    private Uni<String> write(String what) {
        return Uni.createFrom().deferred(() -> trouble == null
                ? Uni.createFrom().item(what)
                : Uni.createFrom().failure(trouble));
    }
}
