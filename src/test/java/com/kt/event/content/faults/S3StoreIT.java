package com.kt.event.content.faults;

import static com.kt.event.content.faults.AcceptedJob.STYLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import com.kt.event.content.S3Server;
import com.kt.event.content.faults.Provider.Answer;

/** Instances that share a bucket and no disk: their start, and images that one makes and another serves. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class S3StoreIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    final Platform platform = new Platform();

    private final S3Server s3 = new S3Server();

    @Test
    void anImageThatOneInstanceMakesIsServedByAnother() {
        platform.closesAtEnd(s3).start();
        ServiceProcess working = platform.startService("working", settings("working", s3.settings()));
        ServiceProcess serving = platform.startService("serving", settings("serving", s3.settings()));
        AcceptedJob job = platform.accept(working);
        job.endsAs("COMPLETED", LIMIT, serving);

        job.hasItsImages(working);
        working.kill();
        job.hasItsImages(serving);
        assertThat(platform.provider().calls()).hasSameSizeAs(STYLES);
        assertThat(platform.logs().resolve("working")).as("the directory").doesNotExist();
        assertThat(platform.logs().resolve("serving")).as("the directory").doesNotExist();
    }

    /** Connections are accepted, and nothing is answered. */
    @Test
    void keepsPaidImagesWhileS3IsFrozen() {
        platform.closesAtEnd(s3).start();
        ServiceProcess service = platform.startService("service", Platform.flat(s3.settings()));
        CompletableFuture<Void> frozen = new CompletableFuture<>();
        platform.provider().answers(call -> Answer.image(call).when(frozen));
        AcceptedJob job = platform.accept(service);
        await().atMost(LIMIT).until(() -> platform.provider().calls(job.draft()).size() == STYLES.size());
        s3.freeze();
        frozen.complete(null);
        await().atMost(LIMIT).until(() -> service.health("ready") == 503);
        AcceptedJob next = platform.accept(service);
        assertThat(next.status(service)).isEqualTo("PENDING");

        s3.thaw();

        job.endsAs("COMPLETED", LIMIT, service);
        next.endsAs("COMPLETED", LIMIT, service);
        job.hasItsImages(service);
        assertThat(platform.provider().calls()).hasSize(2 * STYLES.size());
    }

    @Test
    void acceptsAJobBeforeS3IsThere() {
        platform.closesAtEnd(s3);
        ServiceProcess service = platform.service("service", Platform.flat(s3.settings()));
        service.start();
        await().atMost(LIMIT).until(() -> service.health("ready") == 503);
        assertThat(service.get("/q/health/ready").body()).contains("picture store", "S3 cannot be reached");
        assertThat(service.health("live")).isEqualTo(200);
        AcceptedJob job = platform.accept(service);
        assertThat(job.status(service)).isEqualTo("PENDING");

        s3.start();

        job.endsAs("COMPLETED", LIMIT, service);
        job.hasItsImages(service);
        job.wasPaidOnceOrSaysSo(service);
        assertThat(service.health("ready")).isEqualTo(200);
    }

    @Test
    void doesNotStartWithoutItsBucket() throws IOException {
        platform.closesAtEnd(s3).start();
        Map<String, String> wrong = new HashMap<>(s3.settings());
        wrong.put("content.store.s3.bucket", "nobody");
        ServiceProcess service = platform.service("service", Platform.flat(wrong));
        service.start();

        assertThat(service.awaitExit(LIMIT)).isNotZero();
        assertThat(Files.readString(service.log())).doesNotContain("Exception", "key-secret").contains(
                "content.store.s3.bucket (CONTENT_STORE_S3_BUCKET): there is no bucket nobody");
    }

    @Test
    void storesImagesBehindTls() {
        Certificates ours = new Certificates(platform.logs(), "localhost");
        S3Server behindTls = behindTls(ours);
        ServiceProcess service = platform.startService("service", Platform.flat(trusting(ours, behindTls)));

        AcceptedJob job = platform.accept(service);

        job.endsAs("COMPLETED", LIMIT, service);
        job.hasItsImages(service);
    }

    /** As in an outage: nothing is sent, and the certificate can be fixed. */
    @Test
    void sendsNothingToAServerWithAnUntrustedCertificate() {
        S3Server behindTls = behindTls(new Certificates(platform.logs(), "localhost"));
        Certificates others = new Certificates(platform.logs().resolve("others"), "localhost");
        ServiceProcess service = platform.service("service", Platform.flat(trusting(others, behindTls)));
        service.start();

        await().atMost(LIMIT).until(() -> service.health("ready") == 503);
        AcceptedJob job = platform.accept(service);

        assertThat(service.get("/q/health/ready").body()).contains("picture store");
        assertThat(job.status(service)).isEqualTo("PENDING");
        assertThat(platform.provider().calls()).isEmpty();
    }

    private S3Server behindTls(Certificates certificate) {
        return platform.closesAtEnd(new S3Server("server.ssl.key-store=" + certificate.keyStore(),
                "server.ssl.key-store-password=" + certificate.password(),
                "server.ssl.key-password=" + certificate.password(), "server.ssl.key-store-type=PKCS12",
                "server.ssl.key-alias=server")).start();
    }

    private static Map<String, String> trusting(Certificates certificate, S3Server server) {
        String trust = "quarkus.s3.async-client.tls-trust-managers-provider.";
        Map<String, String> settings = new HashMap<>(S3Server.settings(server.tlsUri()));
        settings.putAll(Map.of(trust + "type", "file-store",
                trust + "file-store.path", certificate.trustStore(),
                trust + "file-store.type", "PKCS12",
                trust + "file-store.password", certificate.password()));
        return settings;
    }

    /** With a directory that must not be made. */
    private String[] settings(String instance, Map<String, String> store) {
        Map<String, String> settings = new HashMap<>(store);
        settings.put("content.store.directory", platform.logs().resolve(instance).toString());
        return Platform.flat(settings);
    }
}
