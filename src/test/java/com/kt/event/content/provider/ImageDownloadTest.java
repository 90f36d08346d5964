package com.kt.event.content.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.kt.event.content.ImageApiStub;
import com.kt.event.content.LogRecords;
import com.kt.event.content.StandIns;
import com.kt.event.content.generator.ImageUnavailableException.Reason;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Responses that name the address of an image. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(ImageDownloadSuite.PrivateAddressesAllowed.class)
class ImageDownloadTest extends ImageDownloadSuite {
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
        byte[] image = large();
        stub.answersWithUrl(Style.FANCY, image);
        for (String item : List.of("{\"b64_json\": \"" + stub.imageUrl(Style.FANCY) + "\"}",
                "{\"url\": \"" + Base64.getEncoder().encodeToString(image) + "\"}")) {
            stub.answersEverything(aResponse().withBody("{\"data\": [" + item + "]}"));

            assertThat(generate()).isEqualTo(image);
        }
    }

    /** Noise cannot be compressed, so that this takes some 30 KB. */
    private static byte[] large() {
        BufferedImage noise = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        IntStream.range(0, 10_000).forEach(i -> noise.setRGB(i % 100, i / 100, random.nextInt()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(noise, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
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
    void sendsItsUserAgentAndAcceptsImagesOnly() {
        stub.answersWithUrl(Style.FANCY, ImageApiStub.png(Style.FANCY));

        generate();

        LoggedRequest download = stub.lastDownload();
        assertThat(download.getHeader("User-Agent")).startsWith("content-service/");
        assertThat(download.getHeader("Accept")).isEqualTo("image/*");
        assertThat(download.getHeader("Accept-Encoding")).isEqualTo("identity");
        assertThat(download.containsHeader("Authorization")).isFalse();
    }

    /** Redirects, cut and oversized responses are logged by the job concerned, in a line of its own. */
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

    /** The host, or this machine, may be too slow for the last attempt. */
    @Test
    void rejectsABrokenImageThoughTheLastAttemptRanOutOfTime() {
        shortenLimit();
        stub.answersWithUrl(Style.FANCY, ImageApiStub.png(Style.FANCY));
        ResponseDefinitionBuilder late = aResponse().withFixedDelay(3_000);
        stub.hasTheImageOnlyAfter(Style.FANCY, aResponse().withBody("<html></html>"), late, late, late, late, late,
                late);

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
}
