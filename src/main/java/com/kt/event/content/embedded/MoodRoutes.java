package com.kt.event.content.embedded;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * Reads the moods of the stand-in image APIs, and sets one by a POST of {@code {"mood":"slow"}}, for all of them, or of
 * {@code {"mood":"slow","provider":"second"}}; CORS allows no PUT.
 */
@Singleton
@IfBuildProfile("dev")
class MoodRoutes {
    static final String PATH = "/embedded/mood";

    private static final String MOOD = "mood";
    private static final String PROVIDER = "provider";

    void route(@Observes Router router) {
        router.get(PATH).handler(MoodRoutes::respond);
        router.post(PATH).consumes("application/json").handler(BodyHandler.create(false)).handler(MoodRoutes::change);
    }

    static Mood mood(StandIn standIn) {
        return DevState.get(key(standIn)).flatMap(Mood::of).orElse(Mood.NORMAL);
    }

    private static String key(StandIn standIn) {
        return MOOD + "." + standIn.provider();
    }

    private static void change(RoutingContext request) {
        Optional<JsonObject> body = JsonBody.of(request);
        Optional<Mood> mood = body.flatMap(fields -> Mood.of(JsonBody.text(fields, MOOD)));
        List<StandIn> standIns = body.map(MoodRoutes::standIns).orElse(List.of());
        if (mood.isEmpty() || standIns.isEmpty()) {
            request.fail(400);
            return;
        }
        standIns.forEach(standIn -> DevState.set(key(standIn), mood.get().key()));
        respond(request);
    }

    /** Empty if there is none of that name. */
    private static List<StandIn> standIns(JsonObject body) {
        return body.containsKey(PROVIDER)
                ? StandIn.of(JsonBody.text(body, PROVIDER)).stream().toList()
                : List.of(StandIn.values());
    }

    private static void respond(RoutingContext request) {
        JsonObject providers = new JsonObject();
        Stream.of(StandIn.values()).forEach(standIn -> providers.put(standIn.provider(), mood(standIn).key()));
        request.json(new JsonObject().put(MOOD, mood(StandIn.FIRST).key()).put("providers", providers)
                .put("moods", new JsonArray(Stream.of(Mood.values()).map(Mood::key).toList())));
    }
}
