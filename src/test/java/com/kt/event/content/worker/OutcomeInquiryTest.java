package com.kt.event.content.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.kt.event.content.provider.dialect.DialectsHttp.ID;
import static com.kt.event.content.provider.dialect.DialectsHttp.WITH_IDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.generator.ImageGenerator;
import com.kt.event.content.generator.NoLedger;
import com.kt.event.content.generator.OutcomeAwaitedException;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.job.StyleTask;
import com.kt.event.content.provider.dialect.DialectStandIns;
import com.kt.event.content.provider.dialect.DialectStub;
import com.kt.event.content.provider.dialect.DialectsHttp;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;

/** A worker died after the provider had told the id of its call: the outcome is asked for, and nothing is paid again. */
@QuarkusTest
@WithTestResource(StandIns.class)
@WithTestResource(DialectStandIns.class)
@TestProfile(WithoutWorker.class)
class OutcomeInquiryTest extends WorkerSuite {
    DialectStub stub;

    @Inject
    ImageGenerator generator;

    @Test
    void takesTheImageThatIsPaidFor() {
        DialectsHttp.predicts(stub, DialectsHttp.succeeded(stub));
        double before = calls("image");

        StyleTask fancy = takenOver();

        assertThat(fancy.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(fancy.provider()).isEqualTo(WITH_IDS);
        assertThat(fancy.model()).isEqualTo("black-forest-labs/flux-1.1-pro");
        assertThat(fancy.possiblyChargedTwice()).isFalse();
        assertThat(fancy.calls().attempts()).isEqualTo(1);
        assertThat(DialectsHttp.paid(stub)).isZero();
        assertThat(calls("image")).isEqualTo(before + 1);
    }

    /** While it cannot be asked, whatever its status says, the outcome is as unknown as before. */
    @ParameterizedTest
    @ValueSource(ints = {401, 429, 500, 503})
    void asksAgainWhereItCannotBeAsked(int status) {
        DialectsHttp.predicts(stub, aResponse().withStatus(status), DialectsHttp.succeeded(stub));

        StyleTask fancy = takenOver();

        assertThat(fancy.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(DialectsHttp.inquiries(stub)).isEqualTo(2);
        assertThat(DialectsHttp.paid(stub)).isZero();
    }

    @Test
    void acceptsARefusal() {
        DialectsHttp.predicts(stub, DialectsHttp.failed("NSFW content detected"));
        double before = calls("refused");

        StyleTask fancy = takenOver();

        assertThat(fancy.error()).isEqualTo(StyleError.IMAGE_REJECTED);
        assertThat(DialectsHttp.paid(stub)).isZero();
        assertThat(calls("refused")).isEqualTo(before + 1);
    }

    /** Nobody else can be asked. */
    @Test
    void repeatsNothingWhereTheOutcomeIsForgotten() {
        DialectsHttp.predicts(stub, aResponse().withStatus(404));

        StyleTask fancy = takenOver();

        assertThat(fancy.error()).isEqualTo(StyleError.IMAGE_API_ERROR);
        assertThat(DialectsHttp.paid(stub)).isZero();
    }

    /** Replicate charges nothing for a prediction that failed, so there is one more call, at the same provider. */
    @Test
    void callsOnceMoreWhereNothingWasMade() {
        DialectsHttp.predicts(stub, DialectsHttp.failed("CUDA out of memory"), DialectsHttp.succeeded(stub));

        StyleTask fancy = takenOver();

        assertThat(fancy.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(fancy.provider()).isEqualTo(WITH_IDS);
        assertThat(fancy.possiblyChargedTwice()).isFalse();
        assertThat(fancy.calls().attempts()).isEqualTo(2);
        assertThat(DialectsHttp.paid(stub)).isEqualTo(1);
    }

    /** A worker that had been frozen wrote it down, while this one waited for its turn to repeat the call. */
    @Test
    void asksByAnIdThatBecomesKnownBeforeTheCallIsRepeated() {
        DialectsHttp.predicts(stub, DialectsHttp.succeeded(stub));

        String image = get(generator.generate(RECOMMENDATION, Style.FANCY, new LateId(),
                made -> Uni.createFrom().item("an image")));

        assertThat(image).isEqualTo("an image");
        assertThat(DialectsHttp.inquiries(stub)).isEqualTo(1);
        assertThat(DialectsHttp.paid(stub)).isZero();
    }

    private static final class LateId extends NoLedger {
        private String id;

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public String lastProvider() {
            return WITH_IDS;
        }

        @Override
        public String openId() {
            return id;
        }

        @Override
        public Uni<Void> recordCall(String provider) {
            id = ID;
            return Uni.createFrom().failure(new OutcomeAwaitedException());
        }
    }

    private StyleTask takenOver() {
        Job job = dropped(it -> it.openCall(Style.FANCY, WITH_IDS, Instant.now()).identifyCall(Style.FANCY, ID,
                Instant.now()));
        claim(worker);
        ends(job, JobStatus.COMPLETED);
        return find(job).styles().get(Style.FANCY);
    }

    private double calls(String outcome) {
        return meters.get("content.provider.calls").tag("provider", WITH_IDS).tag("outcome", outcome).counter().count();
    }
}
