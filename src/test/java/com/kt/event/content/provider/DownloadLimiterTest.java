package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.breaker.BreakerState;
import com.kt.event.content.breaker.SharedBreaker;
import com.kt.event.content.breaker.SharedBreakers;
import com.kt.event.content.generator.ImageGenerator;
import com.kt.event.content.generator.NoLedger;
import com.kt.event.content.image.Image;
import com.kt.event.content.image.SpoolTesting;
import com.kt.event.content.provider.HeldResponses.HeldResponse;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Two images at a time, as the provider sees it. */
@QuarkusTest
@WithTestResource(StandIns.class)
@WithTestResource(HeldResponses.class)
class DownloadLimiterTest {
    private static final int PERMITS = HeldResponses.PERMITS;

    /** A leaked permit stops counting after that time, which no test waits for. */
    private static final Duration NEVER = Duration.ofHours(1);

    /** Even on a busy machine. */
    private static final Duration IN_THE_END = Duration.ofMinutes(2);

    private static final Duration A_WHILE = Duration.ofMillis(300);

    HeldResponses provider;

    @Inject
    ImageGenerator generator;

    @Inject
    Providers providers;

    /** The generator's. */
    @Inject
    DownloadLimiter generatorsLimiter;

    @Inject
    Vertx vertx;

    private DownloadLimiter limiter;

    @Inject
    ImageDownload download;

    @Inject
    SharedBreakers shared;

    @Inject
    RedisDataSource redis;

    @Inject
    CircuitBreakerMaintenance breakers;

    private final List<CompletableFuture<?>> calls = new ArrayList<>();

    @BeforeEach
    void neverExpire() {
        limiter = new DownloadLimiter(vertx, PERMITS, NEVER);
    }

    @BeforeEach
    @AfterEach
    void reset() {
        calls.forEach(call -> call.cancel(false));
        calls.clear();
        provider.reset();
        breakers.reset(SharedBreaker.localName("default"));
    }

    @Test
    void receivesNoMoreThanTheLimitAtATimeAndAllInTheEnd() {
        List<CompletableFuture<ResponseImage>> six = call(6);
        awaitResponses(6);

        for (int ended = 0; ended < 6; ended += PERMITS) {
            awaitReceived(ended + PERMITS);
            provider.received().stream().filter(response -> !response.isEnded()).forEach(HeldResponse::end);
        }
        assertThat(six).allSatisfy(call -> assertThat(call).succeedsWithin(IN_THE_END)
                .extracting(item -> item.bytes().length()).isEqualTo((long) HeldResponses.IMAGE_LENGTH));
    }

    @Test
    void grantsThePermitOfABrokenDownloadToTheNext() {
        List<CompletableFuture<ResponseImage>> broken = call(PERMITS);
        awaitReceived(PERMITS);
        call(PERMITS);
        awaitResponses(2 * PERMITS);

        provider.received().forEach(HeldResponse::breakOff);

        awaitReceived(2 * PERMITS);
        assertThat(broken).allSatisfy(call -> assertThat(call).failsWithin(IN_THE_END));
    }

    @Test
    void leaksNoPermitToCancelledCalls() {
        List<CompletableFuture<ResponseImage>> hasty = call(150);
        for (CompletableFuture<?> call : hasty) {
            CompletableFuture.delayedExecutor(ThreadLocalRandom.current().nextInt(1000), TimeUnit.MILLISECONDS)
                    .execute(() -> call.cancel(false));
        }
        await().atMost(IN_THE_END).until(() -> hasty.stream().allMatch(CompletableFuture::isDone));
        provider.reset();
        // A call that is cancelled while it starts may count as failed.
        breakers.reset(SharedBreaker.localName("default"));

        call(3 * PERMITS);
        awaitReceived(PERMITS);
    }

    @Test
    void letsOthersInBesideSlowDownloads() {
        limiter = new DownloadLimiter(vertx, PERMITS, A_WHILE);
        call(2 * PERMITS);

        await().atMost(IN_THE_END).until(() -> provider.received().size() == 2 * PERMITS);
        provider.received().forEach(HeldResponse::end);
        assertThat(calls).allSatisfy(call -> assertThat(call).succeedsWithin(IN_THE_END));
    }

    @Test
    void needsNoPermitForAShortResponse() {
        call(2 * PERMITS);
        awaitReceived(PERMITS);
        provider.respondsWithUrls();

        assertThat(call(1).get(0)).succeedsWithin(IN_THE_END).extracting(ResponseImage::address).isNotNull();
        assertThat(provider.received()).hasSize(PERMITS);
    }

    @Test
    void limitsDownloadsAsWell() {
        call(PERMITS);
        awaitReceived(PERMITS);
        provider.respondsWithUrls();
        HttpAddress address = call(1).get(0).join().address();

        CompletableFuture<Image> image = receive(
                permit -> download.fetch(address, providers.inOrder().get(0).rules(), permit, SpoolTesting.spools()));
        calls.add(image);
        await().during(A_WHILE).atMost(IN_THE_END).until(() -> provider.responses().size() == PERMITS);
        provider.responses().get(0).end();

        await().atMost(IN_THE_END).until(() -> provider.received().size() == PERMITS + 1);
        provider.responses().get(PERMITS).end();
        assertThat(image).succeedsWithin(IN_THE_END);
    }

    @Test
    void leaksNoPermitToCancelledDownloads() {
        provider.respondsWithUrls();
        HttpAddress address = call(1).get(0).join().address();
        List<CompletableFuture<Image>> hasty = IntStream.range(0, 4 * PERMITS)
                .mapToObj(i -> receive(permit -> download.fetch(address, providers.inOrder().get(0).rules(), permit,
                        SpoolTesting.spools())))
                .toList();
        awaitReceived(PERMITS);
        // The last first: one that gets its permit while it is cancelled may miss the cancellation (Mutiny checks before it
        // subscribes to the next step, and not after), and would go on to its end.
        for (int i = hasty.size() - 1; i >= 0; i--) {
            hasty.get(i).cancel(false);
        }
        await().atMost(IN_THE_END).until(() -> provider.responses().stream().allMatch(HeldResponse::isClosed));
        provider.reset();

        call(3 * PERMITS);
        awaitReceived(PERMITS);
    }

    @Test
    void holdsAPermitUntilTheImageIsStored() {
        // Broken downloads of earlier tests may have opened the breaker.
        redis.key().del("content:breaker");
        await().atMost(IN_THE_END)
                .until(() -> shared.state().await().indefinitely().status() == BreakerState.Status.CLOSED);
        CompletableFuture<String> disk = new CompletableFuture<>();
        for (int i = 0; i < PERMITS; i++) {
            calls.add(generator.generate(new Recommendation("봄맞이", null, null, null, null), Style.FANCY, new NoLedger(),
                    image -> Uni.createFrom().completionStage(disk)).subscribeAsCompletionStage());
        }
        awaitReceived(PERMITS);
        provider.responses().forEach(HeldResponse::end);
        limiter = generatorsLimiter;
        call(PERMITS);
        awaitReceived(PERMITS);

        disk.complete("kept");

        awaitReceived(2 * PERMITS);
    }

    private <T> CompletableFuture<T> receive(Function<DownloadLimiter.Permit, Uni<T>> work) {
        DownloadLimiter.Permit permit = limiter.newPermit();
        return work.apply(permit).onTermination().invoke(permit::close).subscribeAsCompletionStage();
    }

    private List<CompletableFuture<ResponseImage>> call(int times) {
        List<CompletableFuture<ResponseImage>> all = IntStream.range(0, times)
                .mapToObj(i -> receive(
                        permit -> providers.inOrder().get(0).generate("Style: simple\n", permit, SpoolTesting.spools(),
                                ImageApiSuite.NO_IDS)))
                .toList();
        calls.addAll(all);
        return all;
    }

    private void awaitResponses(int expected) {
        await().atMost(IN_THE_END).until(() -> provider.responses().size() == expected);
    }

    /** Exactly this many are received, and no more for a while. */
    private void awaitReceived(int expected) {
        await().during(A_WHILE).atMost(IN_THE_END).until(() -> provider.received().size() == expected);
    }
}
