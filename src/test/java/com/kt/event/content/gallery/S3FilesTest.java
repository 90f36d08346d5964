package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.S3Server;
import com.kt.event.content.WaitingTest;
import com.kt.event.content.image.SpoolTesting;

import io.quarkus.runtime.configuration.ConfigurationException;

import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Image files in the bucket of a real S3 server. */
@WaitingTest
class S3FilesTest extends S3Suite {
    /** When any object of these tests counts as old. */
    private static final Instant LATER = Instant.now().plus(Duration.ofDays(1));

    private static S3Server server;
    private static S3AsyncClient s3;

    private S3Files files;

    @BeforeAll
    static void startServer() {
        server = new S3Server().start();
        s3 = client(server.settings());
    }

    @AfterAll
    static void stopServer() {
        s3.close();
        server.close();
    }

    @BeforeEach
    void open() {
        files = files(server.settings());
    }

    @AfterEach
    void empty() {
        keys().forEach(key -> s3.deleteObject(it -> it.bucket(S3Server.BUCKET).key(key)).join());
        files.close();
    }

    private static List<String> keys() {
        return s3.listObjectsV2(it -> it.bucket(S3Server.BUCKET)).join().contents().stream().map(S3Object::key)
                .toList();
    }

    private static void put(String key, String content) {
        s3.putObject(it -> it.bucket(S3Server.BUCKET).key(key), AsyncRequestBody.fromString(content)).join();
    }

    // --- keeping

    @Test
    void keepsBytesUnderANameThatEndsInTheExtension() {
        String name = get(files.write(image, "png", SpoolTesting.spool(bytes("bytes")))).image().fileName();

        assertThat(name).startsWith(image).endsWith(".png").matches("[A-Za-z0-9-]+\\.png");
        assertThat(content(name)).isEqualTo("bytes");
        assertThat(get(files.find(name)).size()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"png, image/png", "jpg, image/jpeg", "webp, image/webp"})
    void saysWhatTheBytesAreAndForHowLongTheyMayBeCached(String extension, String type) {
        String name = get(files.write(image, extension, SpoolTesting.spool(bytes("bytes")))).image().fileName();

        HeadObjectResponse head = s3.headObject(it -> it.bucket(S3Server.BUCKET).key(name)).join();
        assertThat(head.contentType()).isEqualTo(type);
        assertThat(head.cacheControl()).isEqualTo("public, immutable");
        assertThat(head.contentDisposition()).isEqualTo(SavedName.of(name, NOW).inline());
        assertThat(head.expiresString()).isEqualTo("Sun, 29 Nov 2026 00:00:00 GMT");
    }

    @Test
    void keepsTheImageThatAnotherWorkerHasWritten() {
        String first = get(files.write(image, "png", SpoolTesting.spool(bytes("first")))).image().fileName();

        WrittenFile second = get(files.write(image, "webp", SpoolTesting.spool(bytes("second"))));

        assertThat(second.isNew()).isFalse();
        assertThat(second.image().fileName()).isEqualTo(first);
        assertThat(content(first)).isEqualTo("first");
        assertThat(keys()).containsExactly(first);
    }

    /** Of several concurrent writers of the same image, each keeps its own object, and no object ever changes. */
    @Test
    void neverOverwritesAnObject() {
        List<CompletableFuture<String>> all = IntStream.range(0, 16).mapToObj(writer -> files
                .write(image, "png", SpoolTesting.spool(bytes(Integer.toHexString(writer).repeat(20_000))))
                .map(written -> written.image().fileName())
                .subscribeAsCompletionStage().toCompletableFuture()).toList();
        CompletableFuture.anyOf(all.toArray(CompletableFuture[]::new)).join();
        Map<String, String> early = keys().stream().collect(Collectors.toMap(key -> key, S3FilesTest::content));
        List<String> names = all.stream().map(CompletableFuture::join).toList();

        assertThat(keys()).containsAll(names);
        keys().forEach(
                key -> assertThat(content(key)).hasSize(20_000).isEqualTo(content(key).substring(0, 1).repeat(20_000)));
        early.forEach((key, content) -> assertThat(content(key)).isEqualTo(content));
        assertThat(get(files.findByName(image))).hasValueSatisfying(found -> assertThat(names).contains(found));
    }

    @Test
    void findsAnImageWhateverItsExtension() {
        String name = get(files.write(image, "webp", SpoolTesting.spool(bytes("bytes")))).image().fileName();

        assertThat(get(files.findByName(image))).hasValue(name);
        assertThat(get(files.findByName(UUID.randomUUID() + "-simple"))).isEmpty();
        assertThat(get(files.findByName(image.replace("-simple", "-fancy")))).isEmpty();
    }

    // --- serving

    @Test
    void reportsThatAnImageIsGoneBeforeItSendsAnything() {
        String name = get(files.write(image, "png", SpoolTesting.spool(bytes("bytes")))).image().fileName();
        StoredImage found = get(files.find(name));
        get(files.delete(name));

        assertThatThrownBy(() -> Received.from(found.bytes(), 0, 5)).isInstanceOf(NoSuchImageException.class);
        assertThatThrownBy(() -> get(files.find(name))).isInstanceOf(NoSuchImageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"family.png", "a-simple.png", "notes.txt"})
    void servesAndDeletesNoObjectsOfOthers(String key) {
        put(key, "somebody else's");

        assertThatThrownBy(() -> get(files.find(key))).isInstanceOf(NoSuchImageException.class);
        get(files.delete(key));
        get(files.deleteUnfinished(LATER));
        List<StoredFile> visited = new ArrayList<>();
        get(files.visit(visited::add));

        assertThat(visited).isEmpty();
        assertThat(content(key)).isEqualTo("somebody else's");
    }

    @Test
    void servesFilesThatWereCopiedFromADirectory() {
        put(image + ".png", "bytes");

        assertThat(get(files.find(image + ".png")).size()).isEqualTo(5);
        assertThat(get(files.findByName(image))).hasValue(image + ".png");
    }

    @Test
    void knowsWhetherAnImageIsThere() {
        String name = get(files.write(image, "png", SpoolTesting.spool(bytes("bytes")))).image().fileName();

        assertThat(get(files.isThere(name))).isTrue();
        assertThat(get(files.isThere(image + ".png"))).isFalse();
    }

    // --- deleting

    @Test
    void deletesAnImageAndMayBeAskedTwice() {
        String name = get(files.write(image, "png", SpoolTesting.spool(bytes("bytes")))).image().fileName();

        get(files.delete(name));
        get(files.delete(name));

        assertThat(keys()).isEmpty();
    }

    @Test
    void visitsImagesAndDeletesWhatIsLeftOfWrites() {
        String name = get(files.write(image, "png", SpoolTesting.spool(bytes("bytes")))).image().fileName();
        String part = ImageNames.newPart();
        put(part, "left by a crash");

        get(files.deleteUnfinished(Instant.EPOCH));
        assertThat(keys()).containsExactlyInAnyOrder(name, part);

        get(files.deleteUnfinished(LATER));
        assertThat(keys()).containsExactly(name);
        List<StoredFile> visited = new ArrayList<>();
        get(files.visit(visited::add));
        assertThat(visited).extracting(StoredFile::name).containsExactly(name);
        // The header has no fractions of a second.
        assertThat(visited.get(0).lastModified().truncatedTo(ChronoUnit.SECONDS))
                .isEqualTo(get(files.find(name)).lastModified());
    }

    // --- the bucket

    @Test
    void checksTheBucketAndLeavesNothingBehind() throws IOException {
        files.prepare();
        get(files.probe());

        assertThat(keys()).isEmpty();
    }

    @Test
    void refusesABucketThatDoesNotExist() {
        assertThatThrownBy(() -> files(server.settings(), "nobody").prepare())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("content.store.s3.bucket: there is no bucket nobody");
    }

    /** The bucket may come back, and with it the image. */
    @Test
    void doesNotCallAnImageMissingWhileTheBucketIs() {
        S3Files lost = files(server.settings(), "nobody");

        Stream.of(lost.find(image + ".png"), lost.isThere(image + ".png"), lost.probe()).forEach(
                answer -> assertThatThrownBy(() -> get(answer)).hasCauseInstanceOf(IOException.class));
    }

    private static String content(String key) {
        return s3.getObject(it -> it.bucket(S3Server.BUCKET).key(key),
                AsyncResponseTransformer.toBytes()).join().asUtf8String();
    }
}
