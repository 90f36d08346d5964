package com.kt.event.content.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.value.SetArgs;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** The AI service for the page: lists the samples, and writes what a person has typed as a recommendation to Redis. */
@Singleton
@IfBuildProfile("dev")
class TypedRecommendations {
    static final String PATH = "/embedded/recommendations";
    static final String KEY = "ai:event:";

    private static final String PREFIX = "typed-";
    private static final int MAX_LENGTH = 500;
    private static final Duration LIFE = Duration.ofDays(1);

    private final EmbeddedRedis embedded;
    private final ReactiveRedisDataSource redis;

    TypedRecommendations(@Identifier("embedded") EmbeddedRedis embedded, ReactiveRedisDataSource redis) {
        this.embedded = embedded;
        this.redis = redis;
    }

    void route(@Observes Router router) {
        router.get(PATH).handler(this::list);
        router.get(PATH + "/" + PREFIX + ":id").handler(this::read);
        router.post(PATH).consumes("application/json").handler(BodyHandler.create(false)).handler(this::write);
    }

    /** A Redis that the developer provides has no samples: they are typed ones then. */
    private void list(RoutingContext request) {
        request.json(new JsonArray(Stream.of(Sample.values())
                .map(sample -> embedded.isRunning()
                        ? sample.typed().put("eventDraftId", sample.eventDraftId())
                        : sample.typed())
                .toList()));
    }

    private void write(RoutingContext request) {
        Optional<JsonObject> recommendation = JsonBody.of(request).map(TypedRecommendations::recommendation);
        if (recommendation.isEmpty() || recommendation.get().getString("eventTitle").isEmpty()) {
            request.fail(400);
            return;
        }
        String json = recommendation.get().encode();
        // The same texts are the same draft, so that a second tap finds the job of the first.
        String eventDraftId = PREFIX + UUID.nameUUIDFromBytes(json.getBytes(StandardCharsets.UTF_8));
        redis.value(String.class).set(KEY + eventDraftId, json, new SetArgs().ex(LIFE)).subscribe().with(
                done -> request.response().setStatusCode(201)
                        .putHeader("Content-Type", "application/json")
                        .end(new JsonObject().put("eventDraftId", eventDraftId).encode()),
                request::fail);
    }

    /** For a page that is opened by the address of a draft. */
    private void read(RoutingContext request) {
        redis.value(String.class).get(KEY + PREFIX + request.pathParam("id")).subscribe().with(json -> {
            if (json == null) {
                request.next();
            } else {
                JsonObject recommendation = new JsonObject(json);
                request.json(new JsonObject().put("title", recommendation.getString("eventTitle"))
                        .put("text", recommendation.getString("eventDescription"))
                        .put("audience", recommendation.getString("targetAudience")));
            }
        }, request::fail);
    }

    private static JsonObject recommendation(JsonObject typed) {
        return new JsonObject().put("eventTitle", text(typed, "title"))
                .put("eventDescription", text(typed, "text"))
                .put("targetAudience", text(typed, "audience"));
    }

    private static String text(JsonObject typed, String name) {
        String text = JsonBody.text(typed, name);
        return text.substring(0, Math.min(text.length(), MAX_LENGTH));
    }
}
