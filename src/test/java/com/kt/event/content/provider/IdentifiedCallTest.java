package com.kt.event.content.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.breaker.SharedBreakers;
import com.kt.event.content.image.SpoolTesting;
import com.kt.event.content.provider.dialect.GenerationResponse;
import com.kt.event.content.ratelimit.UnlimitedCalls;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;

/** Calls whose outcome can be asked for by an id, which is the address of the outcome here. Asking costs nothing. */
@QuarkusTest
@WithTestResource(StandIns.class)
class IdentifiedCallTest extends ImageApiSuite {
    @Inject
    ProviderHttp http;

    @Inject
    SharedBreakers shared;

    @Inject
    CallGuards guards;

    private final List<String> ids = new CopyOnWriteArrayList<>();

    /** Requests an image, and then asks for it once. */
    private static final class WithIds implements ImageProvider {
        @Override
        public String type() {
            return "with-ids";
        }

        @Override
        public Uni<ResponseImage> generate(ImageRequest request, ProviderCall call) {
            ProviderRequest paid = ProviderRequest.postJson(call.config().url().below("/images/generations"),
                    call.json(new Body(request.prompt())));
            return call.send(paid, response -> response.read(GenerationResponse.class).image().orElseThrow().url())
                    .call(call::recordId)
                    .chain(id -> resume(id, call));
        }

        @Override
        public Uni<ResponseImage> resume(String id, ProviderCall call) {
            return call.send(ProviderRequest.get(HttpAddress.of(id)), response -> response
                    .image(response.read(GenerationResponse.class).image().orElseThrow().base64()));
        }

        private record Body(String prompt) {
        }
    }

    @BeforeEach
    void makeImagesInTwoSteps() {
        imageApi = new ImageApi(http, imageApi.config(), imageApi.rules(), new WithIds(), shared.of("default"),
                guards.of(UUID.randomUUID().toString(), shared.of("default")), UnlimitedCalls.limiter(), null, WISH);
        stub.answersWithUrl(Style.SIMPLE,
                ImageApiStub.image(ImageApiStub.png(Style.SIMPLE)).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void writeDownTheIdAndAskAgainUntilTheOutcomeIsKnown() {
        stub.hasTheImageOnlyAfter(Style.SIMPLE, aResponse().withStatus(500), aResponse().withStatus(503));

        assertThat(generate().bytes().length()).isEqualTo(ImageApiStub.png(Style.SIMPLE).length);
        assertThat(ids).containsExactly(stub.imageUrl(Style.SIMPLE));
        assertThat(stub.calls()).isEqualTo(1);
        assertThat(stub.downloads()).isEqualTo(3);
    }

    @Test
    void areNotPaidAgainByAWorkerThatTakesOver() {
        assertThat(resume().bytes().length()).isEqualTo(ImageApiStub.png(Style.SIMPLE).length);
        assertThat(stub.calls()).isZero();
    }

    /** Whatever its status says: the outcome of the paid request is another matter. */
    @Test
    void haveNoKnownOutcomeWhileTheProviderCannotBeAsked() {
        stub.hasTheImageOnlyAfter(Style.SIMPLE, aResponse().withStatus(401));

        assertThat(catchThrowableOfType(ImageFailure.class, this::resume).outcome()).isEqualTo(CallOutcome.OPERATOR);
        assertThat(resume().bytes().length()).isPositive();
    }

    /** That of asking is another one than that of images. */
    @ParameterizedTest
    @ValueSource(ints = {200, 429})
    void teachNoLimitWhileTheyAreAskedFor(int status) {
        stub.hasTheImageOnlyAfter(Style.SIMPLE, aResponse().withStatus(status)
                .withBody(ImageApiStub.image(ImageApiStub.png(Style.SIMPLE)))
                .withHeader("x-ratelimit-limit-requests", "60").withHeader("x-ratelimit-remaining-requests", "0")
                .withHeader("x-ratelimit-reset-requests", "1s"));

        resume();

        assertThat(imageApi.limiter().isLimited()).isFalse();
    }

    /** One that is repeated for good would hold its connections and files for good. */
    @Test
    void areNotAskedForAfterTheirTime() {
        DownloadLimiter.Permit permit = limiter.newPermit();
        HttpProviderCall late = new HttpProviderCall(http, imageApi.config(), 1 << 20, permit, SpoolTesting.spools(),
                NO_IDS, imageApi.limiter()) {
            @Override
            Duration left() {
                return Duration.ZERO;
            }
        }.identified("an-id");

        Uni<String> sent = late.send(ProviderRequest.get(HttpAddress.of(stub.imageUrl(Style.SIMPLE))),
                response -> "a response");

        assertThatThrownBy(() -> sent.await().atMost(PatientAwaitility.LIMIT))
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(stub.downloads()).isZero();
        permit.close();
    }

    private ResponseImage generate() {
        DownloadLimiter.Permit permit = limiter.newPermit();
        return imageApi.generate("Style: simple\n", permit, SpoolTesting.spools(),
                id -> Uni.createFrom().voidItem().invoke(() -> ids.add(id)))
                .onTermination().invoke(permit::release).await().atMost(PatientAwaitility.LIMIT);
    }

    private ResponseImage resume() {
        DownloadLimiter.Permit permit = limiter.newPermit();
        return imageApi.resume(stub.imageUrl(Style.SIMPLE), permit, SpoolTesting.spools())
                .onTermination().invoke(permit::release).await().atMost(PatientAwaitility.LIMIT);
    }
}
