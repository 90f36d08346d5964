package com.kt.event.content.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.kt.event.content.ImageApiStub;
import com.kt.event.content.LogRecords;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.breaker.SharedBreaker;
import com.kt.event.content.generator.ImageGenerator;
import com.kt.event.content.generator.ImageUnavailableException;
import com.kt.event.content.generator.ImageUnavailableException.Reason;
import com.kt.event.content.generator.NoLedger;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

/** Responses that name an address, where private ones are allowed: the stub's own is one. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(ImageDownloadTest.PrivateAddressesAllowed.class)
class ImageDownloadTest {
    ImageApiStub stub;

    @Inject
    ImageGenerator generator;

    @Inject
    CircuitBreakerMaintenance breakers;

    @Inject
    ImageDownload download;

    @Inject
    ImageApiConfig config;

    @Inject
    ClientSettings settings;

    @Inject
    ImageCheck images;

    @Inject
    Vertx vertx;

    @Inject
    @Identifier("time-limits")
    ScheduledExecutorService timer;

    @BeforeEach
    @AfterEach
    void reset() {
        stub.drawsEverything();
        breakers.reset(SharedBreaker.NAME);
    }

    @Test
    void copiesTheImageFromItsSignedAddress() {
        stub.answersWithUrl(Style.FANCY, ImageApiStub.png(Style.FANCY));

        assertThat(generate()).isEqualTo(ImageApiStub.png(Style.FANCY));
    }

    @Test
    void followsARedirect() {
        stub.answersWithUrl(Style.FANCY, ImageApiStub.png(Style.FANCY));
        stub.answersWithRedirect(Style.FANCY, stub.imageUrl(Style.FANCY));

        assertThat(generate()).isEqualTo(ImageApiStub.png(Style.FANCY));
    }

    @Test
    void followsAsManyRedirectsAsABrowserWould() {
        stub.answersWithUrl(Style.FANCY, ImageApiStub.png(Style.FANCY));
        stub.answersWithRedirects(Style.FANCY, 20);

        assertThat(generate()).isEqualTo(ImageApiStub.png(Style.FANCY));

        stub.answersWithRedirects(Style.FANCY, 21);

        assertThat(failure().reason()).isEqualTo(Reason.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/images/fancy.png?signature=a%2Fb", "images/./x/../fancy.png?signature=a%2Fb#top",
            " //localhost:PORT/images/fancy.png?signature=a%2Fb",
            "HTTP:\\\\localhost:PORT\\images/fancy.png?signature=a%2Fb"})
    void followsARedirectAsABrowserWould(String target) {
        stub.answersWithUrl(Style.FANCY, ImageApiStub.png(Style.FANCY));
        stub.answersWithRedirect(Style.FANCY,
                target.replace("PORT", "" + HttpAddress.of(stub.imageUrl(Style.FANCY)).port()));

        assertThat(generate()).isEqualTo(ImageApiStub.png(Style.FANCY));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 203, 206})
    void takesTheImageWhateverGoodStatusItComesWith(int status) {
        byte[] image = ImageApiStub.png(Style.FANCY);
        stub.answersWithUrl(Style.FANCY, image);
        stub.hasTheImageOnlyAfter(Style.FANCY, aResponse().withStatus(status).withBody(image));

        assertThat(generate()).isEqualTo(image);
        assertThat(stub.downloads()).isEqualTo(1);
    }

    @Test
    void takesAnImageWhoseCodingIsNone() {
        byte[] image = ImageApiStub.png(Style.FANCY);
        stub.answersWithUrl(Style.FANCY, image);
        stub.hasTheImageOnlyAfter(Style.FANCY,
                aResponse().withHeader("Content-Encoding", "aws-chunked").withBody(image));

        assertThat(generate()).isEqualTo(image);
        assertThat(stub.downloads()).isEqualTo(1);
    }

    @Test
    void takesAUrlAndBase64InEachOthersField() {
        byte[] image = Arrays.copyOf(ImageApiStub.png(Style.FANCY), 20_000);
        stub.answersWithUrl(Style.FANCY, image);
        for (String item : List.of("{\"b64_json\": \"" + stub.imageUrl(Style.FANCY) + "\"}",
                "{\"url\": \"" + Base64.getEncoder().encodeToString(image) + "\"}")) {
            stub.answersEverything(aResponse().withBody("{\"data\": [" + item + "]}"));

            assertThat(generate()).isEqualTo(image);
        }
    }

    @Test
    void fetchesAnImageThatItsHostDoesNotHaveYet() {
        stub.answersWithUrl(Style.FANCY, ImageApiStub.png(Style.FANCY));
        stub.hasTheImageOnlyAfter(Style.FANCY, aResponse().withStatus(404), aResponse().withStatus(403),
                aResponse().withStatus(503));

        assertThat(generate()).isEqualTo(ImageApiStub.png(Style.FANCY));
        assertThat(stub.calls()).isEqualTo(1);
    }

    @Test
    void fetchesAnImageAgainThatCameCutOrDamaged() {
        byte[] image = ImageApiStub.png(Style.FANCY);
        byte[] damaged = image.clone();
        damaged[image.length / 2] ^= 1;
        stub.answersWithUrl(Style.FANCY, image);
        stub.hasTheImageOnlyAfter(Style.FANCY,
                aResponse().withBody(Arrays.copyOf(image, image.length / 2)),
                aResponse().withBody(damaged),
                aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE),
                aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));

        assertThat(generate()).isEqualTo(image);
    }

    @Test
    void neverKeepsAnImageThatEndsInTheMiddle() {
        shortenLimit();
        byte[] image = ImageApiStub.png(Style.FANCY);
        stub.answersWithUrl(Style.FANCY, Arrays.copyOf(image, image.length - 1));
        assertThat(failure().reason()).isEqualTo(Reason.INVALID);

        stub.answersEverything(aResponse()
                .withBody(ImageApiStub.image(Arrays.copyOf(image, image.length - 1))));
        assertThat(failure().reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void saysWhoItIsAndWhatItTakes() {
        stub.answersWithUrl(Style.FANCY, ImageApiStub.png(Style.FANCY));

        generate();

        LoggedRequest download = stub.lastDownload();
        assertThat(download.getHeader("User-Agent")).startsWith("content-service/");
        assertThat(download.getHeader("Accept")).isEqualTo("image/*");
        assertThat(download.getHeader("Accept-Encoding")).isEqualTo("identity");
        assertThat(download.containsHeader("Authorization")).isFalse();
    }

    /** Redirects, cut and too large responses are told with the job that they hit, in a line of its own. */
    @Test
    void leavesNoErrorsInTheLog() {
        LogRecords log = LogRecords.ofAll();
        try {
            followsARedirect();
            fetchesAnImageAgainThatCameCutOrDamaged();
            refusesAResponseThatIsTooLarge();
            refusesAnImageThatIsTooLarge();
            for (Fault fault : Fault.values()) {
                stub.answersEverything(aResponse().withFault(fault));
                assertThat(failure()).as(fault.name()).isNotNull();
            }
        } finally {
            log.close();
        }
        assertThat(log.all()).filteredOn(line -> line.getLevel().intValue() >= Level.SEVERE.intValue()
                || line.getThrown() != null)
                .extracting(line -> line.getLoggerName() + ": " + line.getMessage()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "/moved", "http://", "http://not a host/"})
    void followsNoRedirectThatLeadsNowhere(String target) {
        stub.answersWithRedirect(Style.FANCY, target);

        assertThat(failure().reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesAnImageThatIsTooLarge() {
        stub.answersWithUrl(Style.FANCY, new byte[200_000]);

        assertThat(failure()).hasMessageContaining("100000 bytes");
        assertThat(failure().reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesAResponseThatIsTooLarge() {
        stub.answersEverything(aResponse()
                .withBody(ImageApiStub.image(new byte[300_000])));

        assertThat(failure()).hasMessageContaining("larger");
        assertThat(failure().reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void rejectsBytesThatAreNoImage() {
        shortenLimit();
        stub.answersWithUrl(Style.FANCY, "<html></html>".getBytes());

        assertThat(failure().reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void triesAnImageThatCannotBeFetchedAgainButNeverPaysForAnother() {
        shortenLimit();
        stub.answersWithMissingImage(Style.FANCY);

        assertThat(failure().reason()).isEqualTo(Reason.ERROR);
        assertThat(stub.downloads()).isGreaterThan(1);
        assertThat(stub.calls()).isEqualTo(1);
    }

    private byte[] generate() {
        return generator.generate(new Recommendation("봄맞이", null, null, null, null), Style.FANCY, new NoLedger(),
                image -> Uni.createFrom().item(image)).await().atMost(PatientAwaitility.LIMIT).bytes();
    }

    /** What cannot be fetched is tried until the limit, however long that is. */
    private void shortenLimit() {
        ImageApiConfig impatient = (ImageApiConfig) Proxy.newProxyInstance(ImageApiConfig.class.getClassLoader(),
                new Class<?>[]{ImageApiConfig.class},
                (proxy, method, arguments) -> method.getName().equals("downloadLimit")
                        ? Duration.ofSeconds(2)
                        : method.invoke(config, arguments));
        QuarkusMock.installMockForInstance(new ImageDownload(vertx, settings, impatient, images, timer), download);
    }

    private ImageUnavailableException failure() {
        return catchThrowableOfType(ImageUnavailableException.class, this::generate);
    }

    public static class PrivateAddressesAllowed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("content.image-api.allow-private-addresses", "true",
                    "content.image-api.max-picture-size", "100000",
                    "content.image-api.download-limit", "5s");
        }
    }
}
