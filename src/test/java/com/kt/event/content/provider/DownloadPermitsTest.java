package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.vertx.core.Vertx;

/** The rules of permits, without any images. */
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
    void grantsTheNextPermitWhenOneIsReleased() {
        DownloadLimiter limiter = new DownloadLimiter(VERTX, 1, NEVER);
        DownloadLimiter.Permit first = limiter.newPermit();
        AtomicBoolean second = new AtomicBoolean();
        assertThat(first.tryAcquire(() -> {
        })).isTrue();
        assertThat(limiter.newPermit().tryAcquire(() -> second.set(true))).isFalse();

        first.release();

        assertThat(second).isTrue();
    }

    /** A call that fails before its cancellation arrives would report an error to no one. */
    @Test
    void givesACancellationTimeToReachTheCall() {
        DownloadLimiter.Permit permit = new DownloadLimiter(VERTX, 1, NEVER).newPermit();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean endedEarly = new AtomicBoolean(true);
        permit.onClose(() -> ended.set(true));

        permit.close();
        VERTX.setTimer(20, now -> endedEarly.set(ended.get()));

        await().atMost(IN_THE_END).untilTrue(ended);
        assertThat(endedEarly).isFalse();
    }

    @Test
    void grantsTheNextPermitBesideASlowDownload() {
        DownloadLimiter limiter = new DownloadLimiter(VERTX, 1, SOON);
        AtomicBoolean second = new AtomicBoolean();
        limiter.newPermit().tryAcquire(() -> {
        });
        limiter.newPermit().tryAcquire(() -> second.set(true));

        await().atMost(IN_THE_END).untilTrue(second);
    }

    /** As with a full store: the image stays in memory, so no further one may be received. */
    @Test
    void grantsNoPermitBesideAReceivedImageThatIsNotStoredYet() {
        DownloadLimiter limiter = new DownloadLimiter(VERTX, 2, SOON);
        DownloadLimiter.Permit whole = limiter.newPermit();
        whole.tryAcquire(() -> {
        });
        whole.received();
        AtomicBoolean third = new AtomicBoolean();
        AtomicBoolean late = new AtomicBoolean();
        await().pollDelay(SOON.multipliedBy(2)).until(() -> limiter.newPermit().tryAcquire(() -> {
        }));
        assertThat(limiter.newPermit().tryAcquire(() -> third.set(true))).isFalse();

        VERTX.setTimer(SOON.toMillis() * 10, now -> late.set(true));
        await().atMost(IN_THE_END).untilTrue(late);
        assertThat(third).isFalse();

        whole.release();
        assertThat(third).isTrue();
    }

    @Test
    void countsASlowDownloadAgainOnceItIsReceived() {
        DownloadLimiter limiter = new DownloadLimiter(VERTX, 1, SOON);
        DownloadLimiter.Permit slow = limiter.newPermit();
        DownloadLimiter.Permit second = limiter.newPermit();
        AtomicBoolean secondIsIn = new AtomicBoolean();
        AtomicBoolean third = new AtomicBoolean();
        slow.tryAcquire(() -> {
        });
        second.tryAcquire(() -> secondIsIn.set(true));
        await().atMost(IN_THE_END).untilTrue(secondIsIn);

        slow.received();
        second.received();
        assertThat(limiter.newPermit().tryAcquire(() -> third.set(true))).isFalse();
        second.release();
        assertThat(third).isFalse();

        slow.release();
        assertThat(third).isTrue();
    }
}
