package com.kt.event.content.gallery;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

import jakarta.inject.Inject;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.image.ImageDetails;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.redis.JsonCodec;
import com.kt.event.content.redis.RedisScripts;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.smallrye.mutiny.Uni;

/** The base of the tests of the gallery. */
abstract class GallerySuite {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null, null);
    static final Recommendation OTHER = new Recommendation("눈 오는 날엔 호떡", null, null, null, null);
    static final URI FIRST = URI.create("http://a/first.png");
    static final URI SECOND = URI.create("http://a/second.png");

    static final ImageOrigin ORIGIN = new ImageOrigin("main", "a-model", "A poster, \"봄\".", "req_1");
    static final ImageDetails DETAILS = ImageStores.details(new byte[7]);

    @Inject
    ReactiveRedisDataSource reactive;

    @Inject
    RedisDataSource redis;

    @Inject
    JsonCodec json;

    @Inject
    GalleryConfig config;

    final String draft = "draft-" + UUID.randomUUID();

    Gallery at(Instant now) {
        return new Gallery(reactive, new RedisScripts(reactive), json, config, Clock.fixed(now, ZoneOffset.UTC));
    }

    static KeptImage kept(URI link, Instant keptAt) {
        return new KeptImage(link, keptAt, DETAILS, ORIGIN);
    }

    static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
