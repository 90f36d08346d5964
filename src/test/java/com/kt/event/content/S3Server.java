package com.kt.event.content;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.kt.event.content.embedded.EmbeddedRedis;

/**
 * An S3 server (S3Mock) from a jar, in a process of its own, with one bucket. After a restart it has the same port and
 * objects. It accepts all credentials.
 */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "images";

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final String MAIN = "org/springframework/boot/loader/launch/JarLauncher.class";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path directory;
    private final Path log;
    private final List<String> properties;
    private final int port = EmbeddedRedis.freePort();
    private final int tlsPort = EmbeddedRedis.freePort();
    private Process process;

    /** @param properties of S3Mock, such as {@code server.ssl.key-store=…} */
    public S3Server(String... properties) {
        this.properties = List.of(properties);
        try {
            directory = Files.createTempDirectory("s3");
            log = Files.createTempFile("s3-", ".log");
            log.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Also waits until it responds. */
    public S3Server start() {
        try {
            process = new ProcessBuilder(command()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        await().atMost(START_LIMIT).ignoreExceptions().until(() -> HTTP.send(HttpRequest
                .newBuilder(URI.create(uri() + "/" + BUCKET)).timeout(Duration.ofSeconds(5)).build(),
                BodyHandlers.discarding())
                .statusCode() == 200);
        return this;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
                        "-Dhttp.port=" + port, "-Dserver.port=" + tlsPort, "-Dspring.main.lazy-initialization=true",
                        "-Dlogging.level.root=WARN",
                        "-Dcom.adobe.testing.s3mock.store.root=" + directory,
                        "-Dcom.adobe.testing.s3mock.store.retainFilesOnExit=true",
                        "-Dcom.adobe.testing.s3mock.store.initialBuckets=" + BUCKET));
        properties.forEach(property -> command.add("-D" + property));
        command.addAll(List.of("-jar", jar()));
        return command;
    }

    /** The jar is on the class path; its own classes are not, because it contains them in further jars. */
    private static String jar() {
        URL main = Thread.currentThread().getContextClassLoader().getResource(MAIN);
        return main.getPath().replaceFirst("^file:", "").replaceFirst("!/.*", "");
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** SIGKILL: connections are refused. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SIGSTOP: connections are accepted and nothing is answered. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public URI uri() {
        return URI.create("http://localhost:" + port);
    }

    /** With the certificate that the properties name, else with one of S3Mock. */
    public URI tlsUri() {
        return URI.create("https://localhost:" + tlsPort);
    }

    /** The settings of a service that stores its images here. */
    public Map<String, String> settings() {
        return settings(uri());
    }

    /** The same through another address. */
    public static Map<String, String> settings(URI address) {
        return Map.of("content.store.type", "s3",
                "content.store.s3.bucket", BUCKET,
                "quarkus.s3.endpoint-override", address.toString(),
                "quarkus.s3.path-style-access", "true",
                "quarkus.s3.aws.region", "us-east-1",
                "quarkus.s3.aws.credentials.type", "static",
                "quarkus.s3.aws.credentials.static-provider.access-key-id", "key-id",
                "quarkus.s3.aws.credentials.static-provider.secret-access-key", "key-secret");
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        try (var files = Files.walk(directory)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
