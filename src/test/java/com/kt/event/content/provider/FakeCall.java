package com.kt.event.content.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.image.SpoolTesting;

import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** A call without a network: it notes what a dialect does, and returns the responses that a test has prepared. */
public final class FakeCall implements ProviderCall {
    private final ProviderConfig config;
    private final Deque<Prepared> responses = new ArrayDeque<>();
    private final List<String> events = new ArrayList<>();

    private record Prepared(int status, MultiMap headers, String body) {
    }

    public FakeCall(ProviderConfig config) {
        this.config = config;
    }

    /** Prepares the next response; single quotes stand for double ones. */
    public FakeCall responds(int status, String body, String... headers) {
        MultiMap all = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        responses.add(new Prepared(status, all, body.replace('\'', '"')));
        return this;
    }

    /** Each request as its method, URI, headers and body on one line; each recorded id and delay. */
    public List<String> events() {
        return events;
    }

    @Override
    public ProviderConfig config() {
        return config;
    }

    @Override
    public <T> Uni<T> send(ProviderRequest request, Reading<T> reading) {
        return Uni.createFrom().item(() -> {
            var options = request.options("test");
            events.add(
                    options.getMethod() + " " + (options.isSsl() ? "https" : "http") + "://" + options.getHost() + ":"
                            + options.getPort() + options.getURI() + " "
                            + options.getHeaders().toString().replace("\n", " ").strip() + " " + request.content());
            return read(responses.remove(), request.address(), reading);
        });
    }

    private <T> T read(Prepared prepared, HttpAddress address, Reading<T> reading) {
        boolean isGood = HttpResponse.isGood(prepared.status);
        JsonBody json = new JsonBody(SpoolTesting.spools());
        Buffer error = isGood ? Buffer.buffer() : Buffer.buffer(prepared.body);
        ProviderResponse response = new ProviderResponse(new HttpResponse(prepared.status, prepared.headers, error),
                json,
                new ResponseReader(), address, null);
        if (!isGood) {
            throw reading.failure(response);
        }
        try {
            byte[] bytes = prepared.body.getBytes(StandardCharsets.UTF_8);
            json.accept(bytes, bytes.length);
            return reading.read(response);
        } catch (IOException e) {
            throw ImageFailure.invalid("the response of the image API cannot be read");
        }
    }

    @Override
    public Uni<Void> recordId(String id) {
        return Uni.createFrom().item(() -> {
            events.add("id " + id);
            return null;
        });
    }

    @Override
    public Uni<Void> delay(Duration time) {
        return Uni.createFrom().item(() -> {
            events.add("delay " + time);
            return null;
        });
    }

    @Override
    public Buffer json(Object request) {
        try {
            return Buffer.buffer(new ObjectMapper().writeValueAsBytes(request));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
