package com.kt.event.content.generator;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.mutiny.Uni;

/** Answers that name an address, where private ones are allowed: the stub's own is one. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(PictureDownloadTest.PrivateAddressesAllowed.class)
class PictureDownloadTest {
    ImageApiStub stub;

    @Inject
    ImageGenerator generator;

    @Inject
    CircuitBreakerMaintenance breakers;

    @BeforeEach
    @AfterEach
    void reset() {
        stub.drawsEverything();
        breakers.reset(ImageApi.BREAKER);
    }

    @Test
    void copiesThePictureFromItsSignedAddress() {
        stub.answersWithUrl(Style.FANCY, ImageApiStub.png(Style.FANCY));

        assertThat(generate()).isEqualTo(ImageApiStub.png(Style.FANCY));
    }

    @Test
    void followsARedirect() {
        stub.answersWithUrl(Style.FANCY, ImageApiStub.png(Style.FANCY));
        stub.answersWithRedirect(Style.FANCY, stub.pictureUrl(Style.FANCY));

        assertThat(generate()).isEqualTo(ImageApiStub.png(Style.FANCY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "/moved", "http://", "http://not a host/"})
    void followsNoRedirectThatLeadsNowhere(String target) {
        stub.answersWithRedirect(Style.FANCY, target);

        assertThat(failure().reason()).isEqualTo(ImageFailure.Reason.INVALID);
    }

    @Test
    void refusesAPictureThatIsTooLarge() {
        stub.answersWithUrl(Style.FANCY, new byte[200_000]);

        assertThat(failure()).hasMessageContaining("100000 bytes");
        assertThat(failure().reason()).isEqualTo(ImageFailure.Reason.INVALID);
    }

    @Test
    void refusesAnAnswerThatIsTooLarge() {
        stub.answersEverything(aResponse()
                .withBody(ImageApiStub.picture(new byte[300_000])));

        assertThat(failure()).hasMessageContaining("larger");
        assertThat(failure().reason()).isEqualTo(ImageFailure.Reason.INVALID);
    }

    @Test
    void refusesWhatIsNoPicture() {
        stub.answersWithUrl(Style.FANCY, "<html></html>".getBytes());

        assertThat(failure().reason()).isEqualTo(ImageFailure.Reason.INVALID);
    }

    @Test
    void triesAPictureThatCannotBeFetchedAgainButNeverPaysForAnother() {
        stub.answersWithMissingPicture(Style.FANCY);

        assertThat(failure().reason()).isEqualTo(ImageFailure.Reason.ERROR);
        assertThat(stub.downloads()).isEqualTo(3);
        assertThat(stub.calls()).isEqualTo(1);
    }

    private byte[] generate() {
        return generator.generate(new Recommendation("봄맞이", null, null, null, null), Style.FANCY, new NoLedger(),
                picture -> Uni.createFrom().item(picture)).await().atMost(Duration.ofSeconds(5)).bytes();
    }

    private ImageFailure failure() {
        return catchThrowableOfType(ImageFailure.class, this::generate);
    }

    public static class PrivateAddressesAllowed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("content.image-api.allow-private-addresses", "true",
                    "content.image-api.max-picture-size", "100000");
        }
    }
}
