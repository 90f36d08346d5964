package com.kt.event.content.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * The part of the OpenAI Images API that the service calls. Answers with a {@link Poster} after one to three seconds, so
 * that a person can watch a job make progress.
 */
@Singleton
@IfBuildProfile("dev")
class EmbeddedImageApi {
    static final String PATH = "/embedded/image-api/images/generations";

    /** As in the default prompts of {@code application.properties}. */
    private static final Pattern STYLE = Pattern.compile("(?m)^Style: (\\w+)");
    private static final Pattern TITLE = Pattern.compile("(?m)^Headline.*?\"(.*)\"");
    private static final Pattern TAGLINE = Pattern.compile("(?m)^About the event: (.*)");

    private static final int SHORTEST_MILLIS = 1_000;
    private static final int LONGEST_MILLIS = 3_000;

    void route(@Observes Router router) {
        router.post(PATH).handler(BodyHandler.create(false)).handler(this::generate);
    }

    private void generate(RoutingContext request) {
        String prompt = request.body().asJsonObject().getString("prompt");
        Poster poster = new Poster(find(STYLE, prompt), find(TITLE, prompt), find(TAGLINE, prompt));
        request.vertx().setTimer(ThreadLocalRandom.current().nextInt(SHORTEST_MILLIS, LONGEST_MILLIS),
                timer -> request.json(answer(poster)));
    }

    private static JsonObject answer(Poster poster) {
        String base64 = Base64.getEncoder().encodeToString(poster.svg().getBytes(StandardCharsets.UTF_8));
        return new JsonObject()
                .put("created", System.currentTimeMillis() / 1_000)
                .put("data", new JsonArray().add(new JsonObject().put("b64_json", base64)));
    }

    private static String find(Pattern pattern, String prompt) {
        Matcher matcher = pattern.matcher(prompt);
        return matcher.find() ? matcher.group(1) : "";
    }
}
