package com.kt.event.content.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.gallery.ImageStores;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

/** The client notices every failure of a file while it is sent. */
class FileSliceResponseTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Path file;
    private long offset;
    private long size;
    private HttpServer server;

    @BeforeEach
    void serve() {
        file = directory.resolve("image.png");
        server = VERTX.createHttpServer().requestHandler(request -> FileSliceResponse
                .send(new FileSlice(ImageStores.bytesOf(VERTX, file), offset, size), request)
                .onFailure(failure -> {
                    if (!request.response().headWritten()) {
                        request.response().setStatusCode(404).end("gone");
                    }
                })).listen(0, "localhost").toCompletionStage().toCompletableFuture().join();
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 131_072, 5_000_001})
    void sendsItWhole(int length) throws IOException, InterruptedException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Files.write(file, bytes);
        size = length;

        for (Version version : Version.values()) {
            HttpResponse<byte[]> answer = get(version);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(length);
            assertThat(Arrays.equals(answer.body(), bytes)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 131072", "131072, 131072", "4999999, 1", "100, 4000000"})
    void sendsAPartOfIt(int from, int length) throws IOException, InterruptedException {
        byte[] bytes = new byte[5_000_000];
        new Random(from).nextBytes(bytes);
        Files.write(file, bytes);
        offset = from;
        size = length;

        for (Version version : Version.values()) {
            HttpResponse<byte[]> answer = get(version);
            assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(length);
            assertThat(Arrays.equals(answer.body(), 0, length, bytes, from, from + length)).isTrue();
        }
    }

    @Test
    void readsNoFileForAHead() throws IOException, InterruptedException {
        size = 10;

        HttpResponse<byte[]> answer = CLIENT.send(HttpRequest.newBuilder(address()).timeout(LIMIT)
                .method("HEAD", HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(10);
    }

    @Test
    void tellsAHeadOfItsLength() throws IOException, InterruptedException {
        Files.write(file, new byte[10]);
        size = 10;

        HttpResponse<byte[]> answer = CLIENT.send(HttpRequest.newBuilder(address()).timeout(LIMIT)
                .method("HEAD", HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(10);
        assertThat(get(Version.HTTP_1_1).body()).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheAnswerToOthersWhereItIsGone(Version version) throws IOException, InterruptedException {
        size = 10;

        HttpResponse<byte[]> answer = get(version);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).asString().isEqualTo("gone");
    }

    /** Like a file that is deleted between the check of its name and its opening, with which Vert.x's sendFile hangs. */
    @ParameterizedTest
    @EnumSource
    void leavesTheAnswerToOthersWhereItCannotBeRead(Version version) throws IOException, InterruptedException {
        Files.createDirectory(file);
        size = 10;

        assertThat(get(version).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource
    void breaksOffWhereItIsShorterThanItWas(Version version) throws IOException {
        try (RandomAccessFile shorter = new RandomAccessFile(file.toFile(), "rw")) {
            shorter.setLength(200_000);
        }
        size = 300_000;

        assertThatThrownBy(() -> get(version)).isInstanceOf(IOException.class).message()
                .doesNotContain("timed out");
    }

    private HttpResponse<byte[]> get(Version version) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(address()).version(version).timeout(LIMIT).build(),
                BodyHandlers.ofByteArray());
    }

    private URI address() {
        return URI.create("http://localhost:" + server.actualPort());
    }
}
