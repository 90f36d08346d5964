package com.kt.event.content.provider;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.kt.event.content.image.SpoolDirectory;
import com.kt.event.content.image.Spools;

import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;

/** Collects the bodies of responses. */
final class Replies {
    private static final Spools SPOOLS = new Spools(new SpoolDirectory(Path.of("target"), Long.MAX_VALUE, 1 << 20));

    private final Map<ResponseBody, ByteArrayOutputStream> received = new ConcurrentHashMap<>();

    /** A response with its body, which is that of an error if the response is one. */
    record Reply(int status, MultiMap headers, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    ResponseBody newBody(long maxBytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ResponseBody body = new ResponseBody((block, count) -> bytes.write(block, 0, count), SPOOLS, maxBytes);
        received.put(body, bytes);
        return body;
    }

    Uni<Reply> send(HttpTransport transport, HttpCall call) {
        return transport.send(call).map(response -> new Reply(response.status(), response.headers(),
                response.isGood() ? received.get(call.body()).toByteArray() : response.error().getBytes()));
    }
}
