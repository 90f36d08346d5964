package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.TwoProviders;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.gallery.ImageStores;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.job.StyleTask;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** A worker died during a call of one of two providers, main and second. */
@QuarkusTest
@WithTestResource(StandIns.class)
@WithTestResource(TwoProviders.class)
@TestProfile(WithoutWorker.class)
class TakenOverCallTest extends WorkerSuite {
    TwoProviders.Second second;

    @BeforeEach
    void drawAtBoth() {
        second.stub().drawsEverything();
    }

    @Test
    void isRepeatedAtItsOwnProviderAndAnnounced() {
        StyleTask fancy = takenOver(dropped(it -> it.openCall(Style.FANCY, "second", Instant.now())));

        assertThat(fancy.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(fancy.provider()).isEqualTo("second");
        assertThat(fancy.possiblyChargedTwice()).isTrue();
        assertThat(imageApi.calls(Style.FANCY)).isZero();
        assertThat(second.stub().calls()).isEqualTo(1);
    }

    /** What is configured is all that is known of an image that was stored before its worker died. */
    @Test
    void tellsTheModelAndThePromptOfTheImageThatItHasStored() {
        Job job = dropped(it -> it.openCall(Style.FANCY, "second", Instant.now()));
        get(store.keep(job.id() + "-fancy", ImageStores.image(ImageApiStub.png(Style.FANCY))));

        StyleTask fancy = takenOver(job);

        assertThat(fancy.provider()).isEqualTo("second");
        assertThat(fancy.model()).isEqualTo("m-second");
        assertThat(fancy.usage()).isNotNull();
        assertThat(fancy.possiblyChargedTwice()).isFalse();
        assertThat(redis.hash(String.class).hget("content:image:" + job.eventDraftId(), "fancy"))
                .contains("\"origin\":{\"provider\":\"second\",\"model\":\"m-second\",\"prompt\":\"Style: fancy\\n");
        assertThat(second.stub().calls()).isZero();
    }

    static Stream<UnaryOperator<Job>> callsOfAProviderThatIsGone() {
        Instant now = Instant.now();
        UnaryOperator<Job> call = it -> it.openCall(Style.FANCY, "renamed", now);
        return Stream.of(call, it -> call.apply(it).closeCallOnServerError(Style.FANCY, now),
                it -> call.apply(it).identifyCall(Style.FANCY, "an-id", now));
    }

    /** It was renamed meanwhile, or is not called any more. Another one may have to be paid for the same image. */
    @ParameterizedTest
    @MethodSource("callsOfAProviderThatIsGone")
    void isNotRepeatedAtAnotherProviderIfItsOwnIsGone(UnaryOperator<Job> call) {
        isGivenUp(call);
    }

    /** It knew only the provider named default, which is not called here. */
    @Test
    void isNotRepeatedAtAnotherProviderIfAnOlderVersionMadeIt() {
        isGivenUp(it -> it.openCall(Style.FANCY, Instant.now()));
    }

    @Test
    void isRepeatedAnywhereIfItWasRefused() {
        StyleTask fancy = takenOver(dropped(it -> it.openCall(Style.FANCY, "renamed", Instant.now())
                .closeCall(Style.FANCY, Instant.now())));

        // The first one may still start slowly after an outage that another test played.
        assertThat(fancy.provider()).isIn("main", "second");
        assertThat(fancy.possiblyChargedTwice()).isFalse();
    }

    /** The worker died while it waited for the other provider: a refusal may be billed as well. */
    @Test
    void isNotRepeatedWhereModerationRefusedIt() {
        StyleTask fancy = takenOver(dropped(it -> it.openCall(Style.FANCY, "main", Instant.now())
                .closeCallOnModeration(Style.FANCY, Instant.now())));

        assertThat(fancy.provider()).isEqualTo("second");
        assertThat(fancy.possiblyChargedTwice()).isFalse();
        assertThat(imageApi.calls(Style.FANCY)).isZero();
        assertThat(second.stub().calls()).isEqualTo(1);
    }

    /** The order may have become shorter meanwhile. */
    @Test
    void isGivenUpIfEachProviderHasRefusedIt() {
        StyleTask fancy = takenOver(dropped(it -> it.openCall(Style.FANCY, "main", Instant.now())
                .closeCallOnModeration(Style.FANCY, Instant.now()).openCall(Style.FANCY, "second", Instant.now())
                .closeCallOnModeration(Style.FANCY, Instant.now())));

        assertThat(fancy.error()).isEqualTo(StyleError.IMAGE_REJECTED);
        assertThat(imageApi.calls(Style.FANCY) + second.stub().calls()).isZero();
    }

    @Test
    void tellsTheProviderOfAStoredImageIfThatIsGone() {
        Job job = dropped(it -> it.openCall(Style.FANCY, "renamed", Instant.now()));
        get(store.keep(job.id() + "-fancy", ImageStores.image(ImageApiStub.png(Style.FANCY))));

        StyleTask fancy = takenOver(job);

        assertThat(fancy.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(fancy.provider()).isEqualTo("renamed");
        assertThat(fancy.model()).isNull();
    }

    private void isGivenUp(UnaryOperator<Job> move) {
        StyleTask fancy = takenOver(dropped(move));

        assertThat(fancy.error()).isEqualTo(StyleError.IMAGE_API_ERROR);
        assertThat(fancy.possiblyChargedTwice()).isFalse();
        assertThat(imageApi.calls(Style.FANCY)).isZero();
        assertThat(second.stub().calls()).isZero();
    }

    private StyleTask takenOver(Job job) {
        claim(worker);
        ends(job, JobStatus.COMPLETED);
        return find(job).styles().get(Style.FANCY);
    }
}
