package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.breaker.SharedBreaker;
import com.kt.event.content.generator.ImageGenerator;
import com.kt.event.content.generator.ImageUnavailableException;
import com.kt.event.content.generator.NoLedger;
import com.kt.event.content.image.SpoolTesting;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

/** The base of the tests of responses that name an address, where private ones are allowed: the stub's own is one. */
abstract class ImageDownloadSuite {
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
    ImageWorkers workers;

    @Inject
    Vertx vertx;

    @Inject
    @Identifier("time-limits")
    ScheduledExecutorService timer;

    @BeforeEach
    @AfterEach
    void reset() {
        stub.drawsEverything();
        breakers.reset(SharedBreaker.localName("default"));
    }

    byte[] generate() {
        return generator
                .generate(new Recommendation("봄맞이", null, null, null, null), Style.FANCY, new NoLedger(),
                        image -> Uni.createFrom().item(() -> SpoolTesting.bytes(image.content())))
                .await().atMost(PatientAwaitility.LIMIT);
    }

    ImageUnavailableException failure() {
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

    /** A download that keeps failing is retried until the limit. */
    void shortenLimit() {
        ImageApiConfig impatient = (ImageApiConfig) Proxy.newProxyInstance(ImageApiConfig.class.getClassLoader(),
                new Class<?>[]{ImageApiConfig.class},
                (proxy, method, arguments) -> method.getName().equals("downloadLimit")
                        ? Duration.ofSeconds(2)
                        : method.invoke(config, arguments));
        QuarkusMock.installMockForInstance(new ImageDownload(vertx, workers, settings, impatient, timer),
                download);
    }
}
