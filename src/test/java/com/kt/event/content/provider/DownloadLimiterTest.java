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
import com.kt.event.content.breaker.BreakerStore;
import com.kt.event.content.breaker.SharedBreaker;
import com.kt.event.content.generator.ImageGenerator;
import com.kt.event.content.generator.NoLedger;
import com.kt.event.content.provider.HeldResponses.Answer;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Two images at a time, and what the provider sees of that. */
@QuarkusTest
@WithTestResource(StandIns.class)
@WithTestResource(HeldResponses.class)
class DownloadLimiterTest {
    private static final int PLACES = HeldResponses.PLACES;

    /** A leaked place is given back when its time is over, which no test waits for. */
    private static final Duration NEVER = Duration.ofHours(1);

    /** However busy the machine is. */
    private static final Duration IN_THE_END = Duration.ofMinutes(2);

    private static final Duration A_WHILE = Duration.ofMillis(300);

    HeldResponses provider;

    @Inject
    ImageGenerator generator;

    @Inject
    ImageApi imageApi;

    /** The generator's own. */
    @Inject
    DownloadLimiter generatorsLimiter;

    @Inject
    Vertx vertx;

    private DownloadLimiter limiter;

    @Inject
    ImageDownload download;

    @Inject
    SharedBreaker breaker;

    @Inject
    RedisDataSource redis;

    @Inject
    CircuitBreakerMaintenance breakers;

    private final List<CompletableFuture<?>> calls = new ArrayList<>();

    @BeforeEach
    void letNobodyStayTooLong() {
        limiter = new DownloadLimiter(vertx, PLACES, NEVER);
    }

    @BeforeEach
    @AfterEach
    void reset() {
        calls.forEach(call -> call.cancel(false));
        calls.clear();
        provider.reset();
        breakers.reset(SharedBreaker.NAME);
    }

    @Test
    void receivesSoManyAtATimeAndAllInTheEnd() {
        List<CompletableFuture<ResponseImage>> six = call(6);
        awaitAnswers(6);

        for (int ended = 0; ended < 6; ended += PLACES) {
            awaitReceived(ended + PLACES);
            provider.received().subList(ended, ended + PLACES).forEach(Answer::end);
        }
        assertThat(six).allSatisfy(call -> assertThat(call).succeedsWithin(IN_THE_END)
                .extracting(item -> item.bytes().length).isEqualTo(HeldResponses.IMAGE_LENGTH));
    }

    @Test
    void givesThePlaceOfOneThatBreaksOffToTheNext() {
        List<CompletableFuture<ResponseImage>> broken = call(PLACES);
        awaitReceived(PLACES);
        call(PLACES);
        awaitAnswers(2 * PLACES);

        provider.received().forEach(Answer::breakOff);

        awaitReceived(2 * PLACES);
        assertThat(broken).allSatisfy(call -> assertThat(call).failsWithin(IN_THE_END));
    }

    @Test
    void losesNoPlaceToThoseThatGiveUp() {
        List<CompletableFuture<ResponseImage>> hasty = call(150);
        for (CompletableFuture<?> call : hasty) {
            CompletableFuture.delayedExecutor(ThreadLocalRandom.current().nextInt(1000), TimeUnit.MILLISECONDS)
                    .execute(() -> call.cancel(false));
        }
        await().atMost(IN_THE_END).until(() -> hasty.stream().allMatch(CompletableFuture::isDone));
        provider.reset();
        // A call that is given up at the moment in which it begins may count as failed.
        breakers.reset(SharedBreaker.NAME);

        call(3 * PLACES);
        awaitReceived(PLACES);
    }

    @Test
    void letsOthersInBesidesThoseThatTakeTooLong() {
        limiter = new DownloadLimiter(vertx, PLACES, A_WHILE);
        call(2 * PLACES);

        await().atMost(IN_THE_END).until(() -> provider.received().size() == 2 * PLACES);
        provider.received().forEach(Answer::end);
        assertThat(calls).allSatisfy(call -> assertThat(call).succeedsWithin(IN_THE_END));
    }

    @Test
    void letsAShortAnswerPass() {
        call(2 * PLACES);
        awaitReceived(PLACES);
        provider.answersWithAddresses();

        assertThat(call(1).get(0)).succeedsWithin(IN_THE_END).extracting(ResponseImage::address).isNotNull();
        assertThat(provider.received()).hasSize(PLACES);
    }

    @Test
    void makesDownloadsWaitAsWell() {
        call(PLACES);
        awaitReceived(PLACES);
        provider.answersWithAddresses();
        HttpAddress address = call(1).get(0).join().address();

        CompletableFuture<Image> image = receive(permit -> download.fetch(address, permit));
        calls.add(image);
        await().during(A_WHILE).atMost(IN_THE_END).until(() -> provider.answers().size() == PLACES);
        provider.answers().get(0).end();

        await().atMost(IN_THE_END).until(() -> provider.received().size() == PLACES + 1);
        provider.answers().get(PLACES).end();
        assertThat(image).succeedsWithin(IN_THE_END);
    }

    @Test
    void losesNoPlaceToDownloadsThatGiveUp() {
        provider.answersWithAddresses();
        HttpAddress address = call(1).get(0).join().address();
        List<CompletableFuture<Image>> hasty = IntStream.range(0, 4 * PLACES)
                .mapToObj(i -> receive(permit -> download.fetch(address, permit))).toList();
        awaitReceived(PLACES);
        // The last first: one that comes in at the very moment in which it is given up may not learn of that (Mutiny looks
        // before it subscribes to the next step, and not after), and would go on to its end.
        for (int i = hasty.size() - 1; i >= 0; i--) {
            hasty.get(i).cancel(false);
        }
        await().atMost(IN_THE_END).until(() -> provider.answers().stream().allMatch(Answer::isClosed));
        provider.reset();

        call(3 * PLACES);
        awaitReceived(PLACES);
    }

    @Test
    void keepsAPlaceUntilTheImageIsKept() {
        // Those before it that broke off may have left a pause.
        redis.key().del(BreakerStore.KEY);
        await().atMost(IN_THE_END)
                .until(() -> breaker.state().await().indefinitely().status() == BreakerState.Status.CLOSED);
        CompletableFuture<String> disk = new CompletableFuture<>();
        for (int i = 0; i < PLACES; i++) {
            calls.add(generator.generate(new Recommendation("봄맞이", null, null, null, null), Style.FANCY, new NoLedger(),
                    image -> Uni.createFrom().completionStage(disk)).subscribeAsCompletionStage());
        }
        awaitReceived(PLACES);
        provider.answers().forEach(Answer::end);
        limiter = generatorsLimiter;
        call(PLACES);
        awaitReceived(PLACES);

        disk.complete("kept");

        awaitReceived(2 * PLACES);
    }

    private <T> CompletableFuture<T> receive(Function<DownloadLimiter.Permit, Uni<T>> work) {
        DownloadLimiter.Permit permit = limiter.newPermit();
        return work.apply(permit).onTermination().invoke(permit::close).subscribeAsCompletionStage();
    }

    private List<CompletableFuture<ResponseImage>> call(int times) {
        List<CompletableFuture<ResponseImage>> all = IntStream.range(0, times)
                .mapToObj(i -> receive(permit -> imageApi.generate("Style: simple\n", permit))).toList();
        calls.addAll(all);
        return all;
    }

    private void awaitAnswers(int expected) {
        await().atMost(IN_THE_END).until(() -> provider.answers().size() == expected);
    }

    /** So many come in, and no more for a while. */
    private void awaitReceived(int expected) {
        await().during(A_WHILE).atMost(IN_THE_END).until(() -> provider.received().size() == expected);
    }
}
