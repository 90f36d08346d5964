package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

/** An instance is killed while it makes renditions: none is half there, and none changes afterwards. */
@Tag("faults")
class KilledRenditionIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @RegisterExtension
    final Platform platform = new Platform();

    /** @param made how many renditions are stored when the instance dies; the next one is being made */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void leavesNoHalfFile(int made) throws Exception {
        ServiceProcess first = platform.startService("first");
        AcceptedJob job = platform.accept(first);
        job.endsAs("COMPLETED", SOON, first);
        List<JsonNode> renditions = renditions(first, job);
        assertThat(renditions).hasSize(27);

        renditions.forEach(rendition -> request(first, path(rendition)));
        await().atMost(SOON).pollInterval(Duration.ofMillis(1)).until(() -> stored(job) >= made);
        first.kill();

        int survived = stored(job);
        ServiceProcess second = platform.startService("second");
        Map<String, byte[]> served = new HashMap<>();
        for (JsonNode rendition : renditions(second, job)) {
            served.put(path(rendition), opened(second, rendition));
        }
        assertThat(second.metric("content_renditions_made_total")).isEqualTo(27 - survived);
        served.forEach((path, bytes) -> assertThat(second.open("http://a" + path)).isEqualTo(bytes));
        platform.awaitEmptyQueue();
    }

    private static void request(ServiceProcess service, String path) {
        CompletableFuture<?> response = HTTP.sendAsync(HttpRequest.newBuilder(service.uri(path)).build(),
                BodyHandlers.discarding());
        response.exceptionally(killed -> null);
    }

    private static List<JsonNode> renditions(ServiceProcess service, AcceptedJob job) {
        List<JsonNode> all = new ArrayList<>();
        ServiceProcess.json(service.get("/api/content/images/" + job.draft())).path("images")
                .forEach(image -> image.path("renditions").forEach(all::add));
        return all;
    }

    private static String path(JsonNode rendition) {
        return URI.create(rendition.path("url").asText()).getPath();
    }

    private int stored(AcceptedJob job) {
        return (int) platform.store().names().stream().filter(isRenditionOf(job)).count();
    }

    private static Predicate<String> isRenditionOf(AcceptedJob job) {
        return name -> name.startsWith(job.id()) && name.endsWith(".jpg");
    }

    /** The whole rendition: it has the size that the draft says, and its last rows too. */
    private static byte[] opened(ServiceProcess service, JsonNode rendition) throws IOException {
        byte[] bytes = service.open(rendition.path("url").asText());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(rendition.path("width").asInt(),
                rendition.path("height").asInt());
        assertThat(bytes).endsWith(0xff, 0xd9);
        if (rendition.has("bytes")) {
            assertThat(bytes).hasSize(rendition.path("bytes").asInt());
        }
        return bytes;
    }
}
