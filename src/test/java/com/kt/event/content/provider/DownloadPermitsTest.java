package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.vertx.core.Vertx;

/** The rules of places, without any images. */
class DownloadPermitsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration IN_THE_END = Duration.ofMinutes(1);

    @AfterAll
    static void end() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void letsTheNextInWhenOneLeaves() {
        DownloadLimiter gate = new DownloadLimiter(VERTX, 1, NEVER);
        DownloadLimiter.Place first = gate.place();
        AtomicBoolean second = new AtomicBoolean();
        assertThat(first.ask(() -> {
        })).isTrue();
        assertThat(gate.place().ask(() -> second.set(true))).isFalse();

        first.leave();

        assertThat(second).isTrue();
    }

    @Test
    void letsTheNextInBesidesOneThatTakesTooLong() {
        DownloadLimiter gate = new DownloadLimiter(VERTX, 1, SOON);
        AtomicBoolean second = new AtomicBoolean();
        gate.place().ask(() -> {
        });
        gate.place().ask(() -> second.set(true));

        await().atMost(IN_THE_END).untilTrue(second);
    }

    /** As with a store that is full: what is whole stays in memory, so nothing more may come in. */
    @Test
    void letsNobodyInBesidesOneThatIsWholeHoweverLongItIsKept() {
        DownloadLimiter gate = new DownloadLimiter(VERTX, 2, SOON);
        DownloadLimiter.Place whole = gate.place();
        whole.ask(() -> {
        });
        whole.isWhole();
        AtomicBoolean third = new AtomicBoolean();
        AtomicBoolean late = new AtomicBoolean();
        await().pollDelay(SOON.multipliedBy(2)).until(() -> gate.place().ask(() -> {
        }));
        assertThat(gate.place().ask(() -> third.set(true))).isFalse();

        VERTX.setTimer(SOON.toMillis() * 10, now -> late.set(true));
        await().atMost(IN_THE_END).untilTrue(late);
        assertThat(third).isFalse();

        whole.leave();
        assertThat(third).isTrue();
    }

    @Test
    void countsASlowOneAgainOnceItIsWhole() {
        DownloadLimiter gate = new DownloadLimiter(VERTX, 1, SOON);
        DownloadLimiter.Place slow = gate.place();
        DownloadLimiter.Place second = gate.place();
        AtomicBoolean secondIsIn = new AtomicBoolean();
        AtomicBoolean third = new AtomicBoolean();
        slow.ask(() -> {
        });
        second.ask(() -> secondIsIn.set(true));
        await().atMost(IN_THE_END).untilTrue(secondIsIn);

        slow.isWhole();
        second.isWhole();
        assertThat(gate.place().ask(() -> third.set(true))).isFalse();
        second.leave();
        assertThat(third).isFalse();

        slow.leave();
        assertThat(third).isTrue();
    }
}
