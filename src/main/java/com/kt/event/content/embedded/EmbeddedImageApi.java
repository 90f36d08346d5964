package com.kt.event.content.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * The part of the OpenAI Images API that the service calls, of two providers. Each answers with a {@link Poster} after a few
 * seconds, so that a person can watch a job make progress, or as its {@link Mood} says.
 */
@Singleton
@IfBuildProfile("dev")
class EmbeddedImageApi {
    static final String PATH = "/embedded/image-api/images/generations";

    /** For posters that any browser can draw, where {@link #PATH} needs Korean fonts on this machine. */
    static final String SVG_PATH = "/embedded/image-api/svg/images/generations";

    static final String SECOND_PATH = "/embedded/image-api/second/v1/images/generations";

    /** As in the default prompts of {@code application.properties}. */
    private static final Pattern STYLE = Pattern.compile("(?m)^Style: (\\w+)");
    private static final Pattern TITLE = Pattern.compile("(?m)^Headline.*?\"(.*)\"");
    private static final Pattern TAGLINE = Pattern.compile("(?m)^About the event: (.*)");

    /** Staggered, so that images appear one after the other. */
    private static final Map<String, Integer> MILLIS = Map.of("simple", 2_000, "fancy", 2_800, "trendy", 3_600);
    private static final int JITTER_MILLIS = 400;
    private static final int SLOW_FACTOR = 5;

    /** In pixels: as OpenAI. */
    private static final int LARGEST = 3_840;
    private static final int SMALLEST = 16;

    private static final int INPUT_TOKENS = 57;
    private static final int OUTPUT_TOKENS = 1_834;

    private final Map<StandIn, RateLimit> rateLimits = Map.of(StandIn.FIRST, new RateLimit(Duration.ofSeconds(10)),
            StandIn.SECOND, new RateLimit(Duration.ofSeconds(10)));

    void route(@Observes Router router) {
        route(router, PATH, StandIn.FIRST, false);
        route(router, SVG_PATH, StandIn.FIRST, true);
        route(router, SECOND_PATH, StandIn.SECOND, false);
    }

    private void route(Router router, String path, StandIn standIn, boolean asSvg) {
        router.post(path).handler(BodyHandler.create(false)).handler(request -> answer(request, standIn, asSvg));
    }

    private void answer(RoutingContext request, StandIn standIn, boolean asSvg) {
        JsonObject body = request.body().asJsonObject();
        String prompt = body.getString("prompt");
        Poster poster = new Poster(find(STYLE, prompt), find(TITLE, prompt), find(TAGLINE, prompt));
        Answer answer = new Answer(request, standIn, poster, Size.of(body.getString("size")), asSvg);
        switch (MoodRoutes.mood(standIn)) {
            case NORMAL -> answer.draw(1);
            case SLOW -> answer.draw(SLOW_FACTOR);
            case REFUSES -> answer.refuse();
            case REFUSES_ONE -> {
                if ("fancy".equals(poster.style())) {
                    answer.refuse();
                } else {
                    answer.draw(1);
                }
            }
            case RATE_LIMITED -> rateLimits.get(standIn).secondsToWait().ifPresentOrElse(seconds -> {
                request.response().putHeader(HttpHeaderNames.RETRY_AFTER, seconds);
                answer.fail(429, "rate_limit_exceeded");
            }, () -> answer.draw(1));
            case DOWN -> answer.fail(503, "server_error");
        }
    }

    /** In pixels. */
    private record Size(int width, int height) {
        private static final Pattern PIXELS = Pattern.compile("(\\d{1,4})x(\\d{1,4})");

        /** A square where none is asked for that can be drawn. */
        private static Size of(String size) {
            Matcher pixels = PIXELS.matcher(size == null ? "" : size);
            return pixels.matches()
                    ? new Size(side(pixels.group(1)), side(pixels.group(2)))
                    : new Size(PosterPainter.SIZE, PosterPainter.SIZE);
        }

        private static int side(String pixels) {
            return Math.max(SMALLEST, Math.min(LARGEST, Integer.parseInt(pixels)));
        }
    }

    /** What becomes of one request. */
    private record Answer(RoutingContext request, StandIn standIn, Poster poster, Size size, boolean asSvg) {
        private void draw(int factor) {
            int millis = MILLIS.getOrDefault(poster.style(), 2_000)
                    + ThreadLocalRandom.current().nextInt(JITTER_MILLIS);
            request.vertx().setTimer((long) millis * factor, timer -> request.vertx()
                    .executeBlocking(() -> asSvg
                            ? svg()
                            : PosterPainter.png(poster, size.width, size.height).orElseGet(this::svg), false)
                    .onSuccess(image -> request.json(json(image)))
                    .onFailure(request::fail));
        }

        private byte[] svg() {
            return poster.svg(size.width, size.height).getBytes(StandardCharsets.UTF_8);
        }

        private JsonObject json(byte[] image) {
            return new JsonObject()
                    .put("created", System.currentTimeMillis() / 1_000)
                    .put("model", standIn.model())
                    .put("data", new JsonArray()
                            .add(new JsonObject().put("b64_json", Base64.getEncoder().encodeToString(image))))
                    .put("usage",
                            new JsonObject().put("input_tokens", INPUT_TOKENS).put("output_tokens", OUTPUT_TOKENS));
        }

        private void refuse() {
            request.vertx().setTimer(1_000, timer -> fail(400, "moderation_blocked"));
        }

        private void fail(int status, String code) {
            request.response().setStatusCode(status);
            request.json(new JsonObject().put("error", new JsonObject().put("code", code)
                    .put("message", "The stand-in image API is in the mood " + MoodRoutes.mood(standIn).key())));
        }
    }

    private static String find(Pattern pattern, String prompt) {
        Matcher matcher = pattern.matcher(prompt);
        return matcher.find() ? matcher.group(1) : "";
    }
}
