package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.WaitingTest;
import com.kt.event.content.image.PngChunks;
import com.kt.event.content.recommendation.Style;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;

/** Ten times as many bytes arrive as a process has memory, all at the same time. */
@WaitingTest
class LittleMemoryTest {
    static final int IMAGES = 32;
    static final int LENGTH = 20_000_000;
    private static final int MEGABYTES = 64;
    private static final int PIECE = 64 * 1024;
    private static final int SIGNATURE_AND_HEADER = 33;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void receivesAndChecksImages() throws Exception {
        assertThat(run(LittleMemory.class, Integer.toString(imageApi()), directory.toString()))
                .endsWith(IMAGES + " images of " + LENGTH + " bytes\n");
    }

    /** The figure of which {@code max-arriving} is derived. */
    @Test
    void takesNoMoreMemoryForAnArrivingImageThanItsFigure() throws Exception {
        String output = run(StalledImages.class, Integer.toString(imageApi()));
        System.out.println("STALLED " + output);
        String bytes = output.substring(output.lastIndexOf('\n', output.length() - 2) + 1).split(" ")[0];

        assertThat(Long.parseLong(bytes)).as(output).isBetween(ArrivingMemory.OF_ONE / 3, ArrivingMemory.OF_ONE);
    }

    private int imageApi() throws IOException {
        Buffer response = Buffer.buffer("{\"data\": [{\"b64_json\": \"" + Base64.getEncoder().encodeToString(image())
                + "\"}]}");
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> send(request.response().setChunked(true), response, 0));
        server.listen(0, "localhost").toCompletionStage().toCompletableFuture().join();
        return server.actualPort();
    }

    private static String run(Class<?> program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + MEGABYTES + "m",
                "-XX:MaxDirectMemorySize=" + MEGABYTES + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static void send(HttpServerResponse response, Buffer body, int from) {
        if (body.length() - from <= PIECE) {
            response.end(body.slice(from, body.length()));
        } else {
            response.write(body.slice(from, from + PIECE)).onSuccess(sent -> send(response, body, from + PIECE));
        }
    }

    /** Large by a chunk that no decoder needs and that is kept nevertheless. */
    private static byte[] image() throws IOException {
        byte[] png = ImageApiStub.png(Style.SIMPLE);
        int chunk = 12;
        byte[] frames = PngChunks.chunk("fdAT", new byte[LENGTH - png.length - chunk]);
        ByteArrayOutputStream image = new ByteArrayOutputStream(LENGTH);
        image.write(Arrays.copyOf(png, SIGNATURE_AND_HEADER));
        image.write(frames);
        image.write(png, SIGNATURE_AND_HEADER, png.length - SIGNATURE_AND_HEADER);
        return image.toByteArray();
    }
}
