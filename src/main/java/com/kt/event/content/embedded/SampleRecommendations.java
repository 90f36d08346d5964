package com.kt.event.content.embedded;

import java.time.Duration;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;

/** The AI service of dev mode: writes the recommendations of the samples to the embedded Redis. */
@Singleton
@IfBuildProfile("dev")
class SampleRecommendations {
    private static final Logger LOG = Logger.getLogger(SampleRecommendations.class);

    /** On a busy machine the server may still be starting. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String SAID = "said-what-is-ready";

    private final EmbeddedRedis embedded;
    private final ReactiveRedisDataSource redis;
    private final String address;
    private final String imageApi;

    SampleRecommendations(@Identifier("embedded") EmbeddedRedis embedded, ReactiveRedisDataSource redis,
            @ConfigProperty(name = "content.public-url") String address,
            @ConfigProperty(name = "content.image-api.url") String imageApi) {
        this.embedded = embedded;
        this.redis = redis;
        this.address = address;
        this.imageApi = imageApi;
    }

    /** A Redis that the developer provides is left as it is. */
    void write(@Observes StartupEvent event) {
        if (embedded.isRunning()) {
            for (Sample sample : Sample.values()) {
                write(sample);
            }
        }
        if (DevState.get(SAID).isEmpty()) {
            DevState.set(SAID, "yes");
            LOG.infof("ready: open %s/ (%simage API: %s)", address,
                    embedded.isRunning() ? "Redis: " + embedded.uri() + ", " : "", imageApi);
        }
    }

    private void write(Sample sample) {
        redis.value(String.class).set(TypedRecommendations.KEY + sample.eventDraftId(), sample.recommendation())
                .onFailure().retry().withBackOff(Duration.ofMillis(100)).expireIn(LIMIT.toMillis())
                .await().atMost(LIMIT);
    }
}
