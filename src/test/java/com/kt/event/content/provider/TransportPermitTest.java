package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import com.kt.event.content.WaitingTest;

/** A large response is received when its permit is granted, which another thread may do at any time. */
@WaitingTest
class TransportPermitTest extends HttpTransportSuite {
    private static final String IMAGE = "x".repeat(500_000);

    @Test
    void goesOnIfThePermitIsGrantedBeforeTryAcquireReturns() {
        respondWithImage();
        GrantedMeanwhile permit = new GrantedMeanwhile();

        assertThat(response(call(peer.request(), "", LONG, null, permit)).bytes()).hasSize(IMAGE.length());
        assertThat(permit.whole).hasValue(1);
    }

    @Test
    void releasesThePermitIfItIsCancelledMeanwhile() {
        respondWithImage();
        DownloadLimiter limiter = new DownloadLimiter(vertx, 1, LONG);
        CompletableFuture<CompletableFuture<HttpResponse>> started = new CompletableFuture<>();
        DownloadPermit permit = new CancelledMeanwhile(limiter.newPermit(), started);

        started.complete(transport.send(call(peer.request(), "", LONG, null, permit))
                .subscribeAsCompletionStage());

        await().atMost(LONG).until(() -> started.join().isCancelled());
        await().atMost(LONG).until(() -> limiter.newPermit().tryAcquire(() -> {
        }));
    }

    private void respondWithImage() {
        peer.responds(HEAD + "Content-Length: " + IMAGE.length() + "\r\n\r\n", IMAGE);
    }

    /** Another thread grants the permit before tryAcquire returns. */
    private static class GrantedMeanwhile implements DownloadPermit {
        private final AtomicInteger whole = new AtomicInteger();

        @Override
        public boolean tryAcquire(Runnable onGranted) {
            CompletableFuture.runAsync(onGranted).join();
            return false;
        }

        @Override
        public void received() {
            whole.incrementAndGet();
        }

        @Override
        public void release() {
            throw new AssertionError("the permit must be kept");
        }

        @Override
        public void onClose(Runnable action) {
            // It is never closed.
        }
    }

    /** Another thread cancels the call just before it requests the permit. */
    private record CancelledMeanwhile(DownloadPermit inner,
            CompletableFuture<CompletableFuture<HttpResponse>> started) implements DownloadPermit {
        @Override
        public boolean tryAcquire(Runnable onGranted) {
            started.join().cancel(false);
            return inner.tryAcquire(onGranted);
        }

        @Override
        public void received() {
            inner.received();
        }

        @Override
        public void release() {
            inner.release();
        }

        @Override
        public void onClose(Runnable action) {
            inner.onClose(action);
        }
    }
}
