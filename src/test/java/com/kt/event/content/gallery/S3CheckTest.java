package com.kt.event.content.gallery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.head;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.kt.event.content.S3Server;
import com.kt.event.content.WaitingTest;
import com.kt.event.content.image.SpoolTesting;

import io.quarkus.runtime.configuration.ConfigurationException;

import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a start says of an S3 that refuses or fails, and which uploads are retried. */
@WaitingTest
class S3CheckTest extends S3Suite {
    private static WireMockServer s3;

    @BeforeAll
    static void startStub() {
        s3 = new WireMockServer(wireMockConfig().dynamicPort());
        s3.start();
    }

    @AfterAll
    static void stopStub() {
        s3.stop();
    }

    @BeforeEach
    void acceptEverything() {
        s3.resetAll();
        s3.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200)));
        s3.stubFor(WireMock.get(anyUrl()).willReturn(aResponse().withStatus(200).withBody("<ListBucketResult/>")));
    }

    @Test
    void acceptsABucketWithAllRights() throws IOException {
        files(settings()).prepare();

        assertThat(s3.getAllServeEvents()).extracting(event -> event.getRequest().getMethod())
                .containsExactly(RequestMethod.DELETE, RequestMethod.GET, RequestMethod.HEAD, RequestMethod.PUT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "404 | NoSuchBucket | content.store.s3.bucket: there is no bucket images",
            "403 | AccessDenied | content.store.s3.bucket: the credentials may not write objects (s3:PutObject)",
            "403 | InvalidAccessKeyId | quarkus.s3.aws.credentials.static-provider.access-key-id: S3 does not know",
            "403 | SignatureDoesNotMatch | quarkus.s3.aws.credentials.static-provider.secret-access-key: S3 says",
            "400 | ExpiredToken | quarkus.s3.aws.credentials.static-provider.session-token: S3 says",
            "403 | RequestTimeTooSkewed | content.store.s3.bucket: the clock of this machine",
            "301 | PermanentRedirect | quarkus.s3.aws.region: bucket images is in another region",
            "400 | AuthorizationHeaderMalformed | quarkus.s3.aws.region: bucket images is in another region",
            "400 | InvalidRequest | content.store.s3.bucket: S3 refuses to write objects (s3:PutObject)"})
    void endsTheStartWithASentence(int status, String code, String sentence) {
        s3.stubFor(any(anyUrl()).willReturn(error(status, code)));

        assertThatThrownBy(() -> files(settings()).prepare()).isInstanceOf(ConfigurationException.class)
                .message().startsWith(sentence).doesNotContain("key-secret", "Exception", "\n");
        assertThat(s3.getAllServeEvents()).as("it does not get better").hasSize(1);
    }

    @Test
    void saysInWhichRegionTheBucketIs() {
        s3.stubFor(any(anyUrl()).willReturn(error(301, "PermanentRedirect")
                .withHeader("x-amz-bucket-region", "ap-northeast-2")));

        assertThatThrownBy(() -> files(settings()).prepare()).hasMessageEndingWith(", namely in ap-northeast-2");
    }

    @Test
    void saysWhichRightIsMissing() {
        for (MappingBuilder request : List.of(head(anyUrl()), WireMock.get(anyUrl()), delete(anyUrl()))) {
            acceptEverything();
            s3.stubFor(request.willReturn(error(403, "AccessDenied")));

            assertThatThrownBy(() -> files(settings()).prepare()).isInstanceOf(ConfigurationException.class)
                    .message().containsPattern("may not (read|list|delete) objects \\(s3:(Get|List|Delete)");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "quarkus.s3.aws.region | quarkus.s3.aws.region must be set",
            "quarkus.s3.aws.credentials.type | quarkus.s3.aws.credentials.static-provider.access-key-id and"})
    void saysWhichSettingIsMissing(String setting, String sentence) {
        Map<String, String> without = settings();
        without.remove(setting);

        assertThatThrownBy(() -> files(without).prepare()).isInstanceOf(ConfigurationException.class)
                .message().startsWith(sentence);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 429, 408})
    void letsTheServiceStartIfS3IsOutOfOrder(int status) {
        s3.stubFor(any(anyUrl()).willReturn(error(status, "SlowDown")));

        assertThatThrownBy(() -> files(settings()).prepare()).isInstanceOf(IOException.class)
                .hasMessage("S3 responded with " + status + " (SlowDown)");
    }

    @Test
    void letsTheServiceStartIfS3IsNotThere() {
        S3Files files = files(new HashMap<>(S3Server.settings(URI.create("http://localhost:1"))));

        assertThatThrownBy(files::prepare).isInstanceOf(IOException.class).hasMessageContaining("Connection refused");
        assertThatThrownBy(() -> get(files.probe())).hasRootCauseMessage("Connection refused");
    }

    // --- retries

    /** The first attempt may arrive late, and must not replace what the second one has written. */
    @Test
    void writesAgainUnderAnotherName() {
        s3.stubFor(put(anyUrl()).inScenario("busy").willReturn(error(503, "SlowDown")).willSetStateTo("broken"));
        s3.stubFor(put(anyUrl()).inScenario("busy").whenScenarioStateIs("broken")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)).willSetStateTo("well"));
        s3.stubFor(put(anyUrl()).inScenario("busy").whenScenarioStateIs("well")
                .willReturn(aResponse().withStatus(200)));
        s3.stubFor(head(anyUrl()).willReturn(aResponse().withHeader("Content-Length", "5")
                .withHeader("Last-Modified", "Sun, 22 Nov 2026 00:00:00 GMT")));

        String name = get(files(settings()).write(image, "png", SpoolTesting.spool(bytes("bytes")))).image().fileName();

        assertThat(uploads()).hasSize(3).doesNotHaveDuplicates().contains("/images/" + name)
                .allMatch(path -> path.startsWith("/images/" + image + "-"));
    }

    @Test
    void givesUpAfterTheThirdAttempt() {
        s3.stubFor(put(anyUrl()).willReturn(error(503, "SlowDown")));

        assertThatThrownBy(() -> get(files(settings()).write(image, "png", SpoolTesting.spool(bytes("bytes")))))
                .hasRootCauseInstanceOf(S3Exception.class);

        assertThat(uploads()).hasSize(3);
    }

    @Test
    void doesNotRetryWhatIsForbidden() {
        s3.stubFor(put(anyUrl()).willReturn(error(403, "AccessDenied")));

        assertThatThrownBy(() -> get(files(settings()).write(image, "png", SpoolTesting.spool(bytes("bytes")))))
                .hasMessageContaining("S3 responded with 403 (AccessDenied)");

        assertThat(uploads()).hasSize(1);
    }

    private static List<String> uploads() {
        return s3.findAll(putRequestedFor(anyUrl())).stream().map(LoggedRequest::getUrl).toList();
    }

    private static ResponseDefinitionBuilder error(int status, String code) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/xml")
                .withBody("<Error><Code>" + code + "</Code><Message>No.</Message></Error>");
    }

    private static Map<String, String> settings() {
        return new HashMap<>(S3Server.settings(URI.create(s3.baseUrl())));
    }
}
