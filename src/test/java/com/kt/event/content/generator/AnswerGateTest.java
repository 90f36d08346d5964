package com.kt.event.content.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
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
import com.kt.event.content.generator.HeldAnswers.Answer;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.mutiny.Uni;

/** Two pictures at a time, and what the provider sees of that. */
@QuarkusTest
@WithTestResource(StandIns.class)
@WithTestResource(HeldAnswers.class)
class AnswerGateTest {
    private static final int PLACES = HeldAnswers.PLACES;

    /** A leaked place is given back when its time is over; whatever is to show a leak has to be faster. */
    private static final Duration AT_ONCE = AnswerGate.LONGEST_STAY.dividedBy(2);

    private static final Duration A_WHILE = Duration.ofMillis(300);

    HeldAnswers provider;

    @Inject
    ImageGenerator generator;

    @Inject
    ImageApi imageApi;

    @Inject
    AnswerGate answers;

    @Inject
    PictureDownload download;

    @Inject
    CallGate callGate;

    @Inject
    RedisDataSource redis;

    @Inject
    CircuitBreakerMaintenance breakers;

    private final List<CompletableFuture<?>> calls = new ArrayList<>();

    @BeforeEach
    @AfterEach
    void reset() {
        calls.forEach(call -> call.cancel(false));
        calls.clear();
        provider.reset();
        breakers.reset(ImageApi.BREAKER);
    }

    @Test
    void receivesSoManyAtATimeAndAllInTheEnd() {
        List<CompletableFuture<GenerationResponse.Item>> six = call(6);
        awaitAnswers(6);

        for (int ended = 0; ended < 6; ended += PLACES) {
            awaitReceived(ended + PLACES);
            provider.received().subList(ended, ended + PLACES).forEach(Answer::end);
        }
        assertThat(six).allSatisfy(call -> assertThat(call).succeedsWithin(AT_ONCE)
                .extracting(item -> item.bytes().length).isEqualTo(HeldAnswers.PICTURE_LENGTH));
    }

    @Test
    void givesThePlaceOfOneThatBreaksOffToTheNext() {
        List<CompletableFuture<GenerationResponse.Item>> broken = call(PLACES);
        awaitReceived(PLACES);
        call(PLACES);
        awaitAnswers(2 * PLACES);

        provider.received().forEach(Answer::breakOff);

        awaitReceived(2 * PLACES);
        assertThat(broken).allSatisfy(call -> assertThat(call).failsWithin(AT_ONCE));
    }

    @Test
    void losesNoPlaceToThoseThatGiveUp() {
        List<CompletableFuture<GenerationResponse.Item>> hasty = call(150);
        for (CompletableFuture<?> call : hasty) {
            CompletableFuture.delayedExecutor(ThreadLocalRandom.current().nextInt(1000), TimeUnit.MILLISECONDS)
                    .execute(() -> call.cancel(false));
        }
        await().until(() -> hasty.stream().allMatch(CompletableFuture::isDone));
        provider.reset();

        call(3 * PLACES);
        awaitReceived(PLACES);
    }

    @Test
    void letsOthersInBesidesThoseThatTakeTooLong() {
        call(2 * PLACES);
        awaitReceived(PLACES);

        await().atMost(AnswerGate.LONGEST_STAY.multipliedBy(2)).until(() -> provider.received().size() == 2 * PLACES);
        provider.received().forEach(Answer::end);
        assertThat(calls).allSatisfy(call -> assertThat(call).succeedsWithin(AT_ONCE));
        provider.reset();

        call(3 * PLACES);
        awaitReceived(PLACES);
    }

    @Test
    void letsAShortAnswerPass() {
        call(2 * PLACES);
        awaitReceived(PLACES);
        provider.answersWithAddresses();

        assertThat(call(1).get(0)).succeedsWithin(AT_ONCE).extracting(GenerationResponse.Item::url).isNotNull();
    }

    @Test
    void makesDownloadsWaitAsWell() {
        call(PLACES);
        awaitReceived(PLACES);
        provider.answersWithAddresses();
        URI address = call(1).get(0).join().url();

        CompletableFuture<byte[]> picture = receive(place -> download.fetch(address, place));
        calls.add(picture);
        await().during(A_WHILE).atMost(AT_ONCE).until(() -> provider.answers().size() == PLACES);
        provider.answers().get(0).end();

        await().atMost(AT_ONCE).until(() -> provider.received().size() == PLACES + 1);
        provider.answers().get(PLACES).end();
        assertThat(picture).succeedsWithin(AT_ONCE);
    }

    @Test
    void losesNoPlaceToDownloadsThatGiveUp() {
        provider.answersWithAddresses();
        URI address = call(1).get(0).join().url();
        List<CompletableFuture<byte[]>> hasty = IntStream.range(0, 4 * PLACES)
                .mapToObj(i -> receive(place -> download.fetch(address, place))).toList();
        awaitReceived(PLACES);
        // The last first: one that comes in at the very moment in which it is given up may not learn of that (Mutiny looks
        // before it subscribes to the next step, and not after), and would go on to its end.
        for (int i = hasty.size() - 1; i >= 0; i--) {
            hasty.get(i).cancel(false);
        }
        await().until(() -> provider.answers().stream().allMatch(Answer::isClosed));
        provider.reset();

        call(3 * PLACES);
        awaitReceived(PLACES);
    }

    @Test
    void keepsAPlaceUntilThePictureIsKept() {
        // Those before it that broke off may have left a pause.
        redis.key().del(ProviderPause.KEY);
        await().until(() -> callGate.pause().await().indefinitely().phase() == Pause.Phase.NONE);
        CompletableFuture<String> disk = new CompletableFuture<>();
        for (int i = 0; i < PLACES; i++) {
            calls.add(generator.generate(new Recommendation("봄맞이", null, null, null, null), Style.FANCY, new NoLedger(),
                    picture -> Uni.createFrom().completionStage(disk)).subscribeAsCompletionStage());
        }
        awaitReceived(PLACES);
        provider.answers().forEach(Answer::end);
        call(PLACES);
        awaitReceived(PLACES);

        disk.complete("kept");

        awaitReceived(2 * PLACES);
    }

    private <T> CompletableFuture<T> receive(Function<AnswerGate.Place, Uni<T>> work) {
        AnswerGate.Place place = answers.place();
        return work.apply(place).onTermination().invoke(place::leave).subscribeAsCompletionStage();
    }

    private List<CompletableFuture<GenerationResponse.Item>> call(int times) {
        List<CompletableFuture<GenerationResponse.Item>> all = IntStream.range(0, times)
                .mapToObj(i -> receive(place -> imageApi.generate("Style: simple\n", place))).toList();
        calls.addAll(all);
        return all;
    }

    private void awaitAnswers(int expected) {
        await().atMost(AT_ONCE).until(() -> provider.answers().size() == expected);
    }

    /** So many come in, and no more for a while. */
    private void awaitReceived(int expected) {
        await().during(A_WHILE).atMost(AT_ONCE).until(() -> provider.received().size() == expected);
    }
}
