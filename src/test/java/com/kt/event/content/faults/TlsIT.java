package com.kt.event.content.faults;

import static com.kt.event.content.faults.AcceptedJob.STYLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import com.kt.event.content.faults.Provider.Answer;

/**
 * Redis and the image API behind TLS, with self-signed certificates, on the JVM and in the native executable,
 * which has its own list of trusted certificates.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class TlsIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    final Platform platform = new Platform();

    private Certificates ours;
    private Certificates others;

    @BeforeEach
    void makeCertificates() {
        ours = new Certificates(platform.logs(), "localhost");
        others = new Certificates(platform.logs(), "elsewhere.test");
    }

    @Test
    void generatesWithRedisAndAnImageApiBehindTls() {
        TlsProxy redis = redisWith(ours);
        Provider provider = providerWith(ours);
        provider.answers(call -> call.style().equals("simple") ? Answer.image(call) : provider.imageUrl(call));
        String[] settings = Stream.of(trustInRedis(ours), trustInProvider(provider, ours)).flatMap(Stream::of)
                .toArray(String[]::new);
        ServiceProcess service = platform.service("service", redis.uri(), settings);
        service.start();
        service.awaitReady();

        String draft = platform.recommend();
        AcceptedJob job = new AcceptedJob(service.tryToAccept(draft).orElseThrow(), draft, provider);

        job.endsAs("COMPLETED", LIMIT, service);
        job.hasItsImages(service);
        assertThat(provider.calls(draft)).hasSameSizeAs(STYLES);
        ServiceProcess.check(platform.settings(redis.uri(), settings));
    }

    @Test
    void sendsNothingToARedisWithAnUntrustedCertificate() {
        isNotReady(redisWith(ours));
    }

    /** By default Quarkus would not check the host name. */
    @Test
    void sendsNothingToARedisWithTheCertificateOfAnotherHost() {
        isNotReady(redisWith(others), trustInRedis(others));
    }

    /** As in an outage: the provider receives no call, so the certificate can be fixed before the job fails. */
    @Test
    void waitsForAnImageApiWithAnUntrustedCertificate() {
        Provider provider = providerWith(others);
        ServiceProcess service = platform.startService("service", trustInProvider(provider, others));
        AcceptedJob job = platform.accept(service);

        await().atMost(LIMIT).until(() -> service.job(job.id()).has("detail"));

        assertThat(service.job(job.id()).path("status").asText()).isIn("PENDING", "PROCESSING");
        assertThat(provider.calls()).isEmpty();
    }

    private void isNotReady(TlsProxy redis, String... settings) {
        ServiceProcess service = platform.service("service", redis.uri(), settings);
        service.start();

        await().atMost(LIMIT).until(() -> service.health("ready") == 503);
        assertThat(service.health("live")).isEqualTo(200);
        assertThat(service.generate(platform.recommend()).statusCode()).isEqualTo(503);
    }

    private TlsProxy redisWith(Certificates certificate) {
        return platform.closesAtEnd(new TlsProxy(platform.redis(), certificate.context()));
    }

    private Provider providerWith(Certificates certificate) {
        return platform.closesAtEnd(new Provider(certificate.context()));
    }

    private static String[] trustInRedis(Certificates certificate) {
        return new String[]{"quarkus.redis.tls-configuration-name", "redis",
                "quarkus.tls.redis.trust-store.pem.certs", certificate.trusted()};
    }

    private static String[] trustInProvider(Provider provider, Certificates certificate) {
        return new String[]{"content.image-api.url", provider.url(),
                "quarkus.rest-client.image-api.tls-configuration-name", "provider",
                "quarkus.tls.provider.trust-store.pem.certs", certificate.trusted()};
    }
}
