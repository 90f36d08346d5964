package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import com.kt.event.content.S3Server;

/** A new bucket on an S3 server, which can be frozen. */
final class TestBucket implements TestStore {
    private static final Pattern KEY = Pattern.compile("<Key>([^<]+)</Key>");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final S3Server server;
    private final boolean isServerShared;
    private final String name = "images-" + UUID.randomUUID();

    private TestBucket(S3Server server, boolean isServerShared) {
        this.server = server;
        this.isServerShared = isServerShared;
        send(HttpRequest.newBuilder(uri("")).PUT(BodyPublishers.noBody()));
    }

    static TestBucket onSharedServer() {
        return new TestBucket(Shared.SERVER, true);
    }

    static TestBucket onServerOfItsOwn() {
        return new TestBucket(new S3Server().start(), false);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(server.settings());
        settings.put("content.store.s3.bucket", name);
        return settings;
    }

    @Override
    public List<String> names() {
        return KEY.matcher(send(HttpRequest.newBuilder(uri("?list-type=2")))).results().map(key -> key.group(1))
                .toList();
    }

    @Override
    public void fail() {
        server.freeze();
    }

    @Override
    public void heal() {
        server.thaw();
    }

    @Override
    public void close() {
        if (!isServerShared) {
            server.close();
        }
    }

    private URI uri(String query) {
        return URI.create(server.uri() + "/" + name + query);
    }

    private static String send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Started for the first test that needs it, and ended with the JVM. */
    private static final class Shared {
        private static final S3Server SERVER = new S3Server().start();
    }
}
