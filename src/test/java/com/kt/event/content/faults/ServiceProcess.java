package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The packaged service as it ships: the native executable where one was built, else the JVM build. */
final class ServiceProcess extends ServerProcess {
    private static final Path NATIVE = Path.of(System.getProperty("native.image.path",
            BUILD.resolve("content-service-runner").toString()));
    private static final Path JAR = BUILD.resolve("quarkus-app/quarkus-run.jar");
    private static final Duration START_LIMIT = Duration.ofSeconds(180);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();

    private final Map<String, String> settings;

    ServiceProcess(String name, Path logs, Map<String, String> settings) {
        super(name, logs);
        this.settings = new LinkedHashMap<>(settings);
        this.settings.put("quarkus.http.host", "127.0.0.1");
        this.settings.put("quarkus.http.port", Integer.toString(port()));
    }

    @Override
    List<String> command() {
        return command(settings);
    }

    private static List<String> command(Map<String, String> settings, String... arguments) {
        boolean isNative = Files.isExecutable(NATIVE);
        List<String> command = new ArrayList<>();
        if (isNative) {
            command.add(NATIVE.toString());
        } else {
            command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        }
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        if (!isNative) {
            command.addAll(List.of("-jar", JAR.toString()));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs the service's own checker, which walks Redis and names every invariant that does not hold. Returns its output. */
    static String check(Map<String, String> settings) {
        try {
            Path output = Files.createTempFile("check", ".log");
            Process checker = new ProcessBuilder(command(settings, "check")).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
            boolean ended = checker.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
            checker.destroyForcibly();
            String said = Files.readString(output);
            Files.delete(output);
            assertThat(ended).as("the checker ends; it says:%n%s", said).isTrue();
            assertThat(checker.exitValue()).as("the checker's exit code; it says:%n%s", said).isZero();
            return said;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    ServiceProcess awaitReady() {
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> isReady());
        return this;
    }

    boolean isReady() {
        assertThat(isAlive()).as("%s lives, see %s", name(), log()).isTrue();
        return health("ready") == 200;
    }

    /** The status of the health check "ready" or "live"; 0 without a response. */
    int health(String kind) {
        try {
            return get("/q/health/" + kind).statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    /** Requests the images of a draft. Returns the id of the accepted job, or nothing after a 503. */
    Optional<String> tryToAccept(String draft) {
        HttpResponse<String> answer = generate(draft);
        assertThat(answer.statusCode()).as("POST for %s: %s", draft, answer.body()).isIn(202, 503);
        return Optional.of(answer).filter(it -> it.statusCode() == 202).map(it -> json(it).path("jobId").asText());
    }

    /** The response to the same request. Throws {@link UncheckedIOException} if there is none. */
    HttpResponse<String> generate(String draft) {
        return send(HttpRequest.newBuilder(uri("/api/content/images/" + draft + "/generate"))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> regenerate(String draft, String style, String idempotencyKey) {
        return send(HttpRequest.newBuilder(uri("/api/content/images/" + draft + "/styles/" + style + "/regenerate"))
                .header("Idempotency-Key", idempotencyKey).POST(HttpRequest.BodyPublishers.noBody()));
    }

    JsonNode job(String jobId) {
        HttpResponse<String> answer = jobAnswer(jobId);
        assertThat(answer.statusCode()).as("GET of job %s: %s", jobId, answer.body()).isEqualTo(200);
        return json(answer);
    }

    /** With its headers, such as Retry-After. Those of the request are names and values in turn. */
    HttpResponse<String> jobAnswer(String jobId, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/api/content/images/jobs/" + jobId));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** The sum over all tags; 0 for a metric that does not exist (yet). Names are those of /q/metrics. */
    double metric(String name) {
        return get("/q/metrics").body().lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    /** The bytes behind an image's link, whose host is that of the gateway in front of all instances. */
    byte[] open(String link) {
        try {
            HttpResponse<byte[]> answer = HTTP.send(request(uri(URI.create(link).getPath())).build(),
                    BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as(link).isEqualTo(200);
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    static JsonNode json(HttpResponse<String> answer) {
        return json(answer.body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(ANSWER_LIMIT);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(ANSWER_LIMIT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
