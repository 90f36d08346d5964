package com.kt.event.content.api;

import static io.restassured.RestAssured.when;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.kt.event.content.recommendation.Style;

import io.restassured.RestAssured;

/** The base of the tests that request renditions. */
abstract class RenditionSuite extends HttpSuite {
    static final List<String> CHANNELS = List.of("instagram", "instagram-square", "instagram-story", "kakao-friendtalk",
            "kakao-message", "kakao-wide", "link-preview", "mms", "naver-blog");

    private static final Pattern MADE = Pattern.compile("(?m)^content_renditions_made_total ([0-9.]+)$");

    /** The image store's directory. */
    Path images;

    /** The path of a rendition of one of the job's images. */
    static String rendition(String job, Style style, String channel) {
        String image = link(job, style).getPath();
        return image.substring(0, image.lastIndexOf('.')) + "." + channel + ".jpg";
    }

    static CompletableFuture<HttpResponse<byte[]>> request(String path) {
        return HTTP.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path)).build(),
                BodyHandlers.ofByteArray());
    }

    /** How many renditions the service has made. */
    static int made() {
        return MADE.matcher(when().get("/q/metrics").asString()).results().map(MatchResult::group).findFirst()
                .map(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ')))).orElse(0);
    }

    List<String> filesOf(String job) throws IOException {
        try (var all = Files.list(images)) {
            return all.map(file -> file.getFileName().toString()).filter(file -> file.startsWith(job)).sorted()
                    .toList();
        }
    }
}
