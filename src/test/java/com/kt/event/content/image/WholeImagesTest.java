package com.kt.event.content.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import com.kt.event.content.PatientAwaitility;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

class WholeImagesTest {
    private final WholeImages memory = new WholeImages(10);
    private final List<UniEmitter<? super Void>> running = new ArrayList<>();

    private UniAssertSubscriber<Void> work(long bytes) {
        return memory.within(bytes, Uni.createFrom().<Void>emitter(running::add)).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void doesAtTheSameTimeWhatFits() {
        work(4);
        work(6);
        work(1);
        assertThat(running).hasSize(2);

        running.get(0).complete(null);

        assertThat(running).hasSize(3);
    }

    @Test
    void givesALargerImageItsTurnAlone() {
        work(1);
        UniAssertSubscriber<Void> large = work(50);
        assertThat(running).hasSize(1);

        running.get(0).complete(null);
        work(1);
        assertThat(running).as("the large one runs, the small one waits").hasSize(2);
        running.get(1).complete(null);

        large.assertCompleted();
        assertThat(running).hasSize(3);
    }

    @Test
    void letsNoneOvertakeALargerOneForEver() {
        work(6);
        work(6);
        work(1);

        assertThat(running).hasSize(1);
    }

    @Test
    void freesMemoryOfAFailure() {
        work(10);
        work(10);

        running.get(0).fail(new IllegalStateException("broken"));

        assertThat(running).hasSize(2);
    }

    @Test
    void forgetsWhatIsCancelledWhileItWaitsOrRuns() {
        UniAssertSubscriber<Void> first = work(10);
        work(10).cancel();
        work(7);
        assertThat(running).hasSize(1);

        first.cancel();

        assertThat(running).hasSize(2);
        work(3);
        assertThat(running).hasSize(3);
    }

    @Test
    void goesOnInTheContextOfTheOneThatWaited() {
        Vertx vertx = Vertx.vertx();
        try {
            work(10);
            Context context = vertx.getOrCreateContext();
            CompletableFuture<Context> resumed = new CompletableFuture<>();
            context.runOnContext(none -> memory.within(10, Uni.createFrom().item(Vertx::currentContext)).subscribe()
                    .with(resumed::complete));
            CompletableFuture<Void> waits = new CompletableFuture<>();
            context.runOnContext(none -> waits.complete(null));
            waits.join();

            running.get(0).complete(null);

            assertThat(resumed).succeedsWithin(PatientAwaitility.LIMIT).isEqualTo(context);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
