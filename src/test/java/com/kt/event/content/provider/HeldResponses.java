package com.kt.event.content.provider;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * An image API that responds to each call with a large image at once, except for its end, which it holds back until the test
 * releases it. It knows which of its responses are being received: they do not fit into the buffers on the way.
 */
public class HeldResponses implements QuarkusTestResourceLifecycleManager {
    /** How many images are received at a time. */
    static final int PERMITS = 2;
    private static final int PIECES = 48;
    private static final int PIECE_LENGTH = 192 * 1024;
    /** A valid image, followed by as many bytes as a large one has. */
    private static final byte[] IMAGE = whole(ImageApiStub.png(Style.FANCY));
    static final int IMAGE_LENGTH = IMAGE.length + PIECES * PIECE_LENGTH;
    private static final String PIECE = Base64.getEncoder().encodeToString(new byte[PIECE_LENGTH]);
    private static final String BEGIN = "{\"data\": [{\"b64_json\": \"" + Base64.getEncoder().encodeToString(IMAGE);
    private static final String END = "\"}]}";

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server = vertx.createHttpServer(new HttpServerOptions().setSendBufferSize(64 * 1024));
    private final List<HeldResponse> responses = new CopyOnWriteArrayList<>();
    private volatile boolean small;

    /** The length is a multiple of three, so that base64 can be appended to that of the image. */
    private static byte[] whole(byte[] image) {
        return Arrays.copyOf(image, (image.length + 2) / 3 * 3);
    }

    /** After {@code StandIns}, whose image API is replaced by this one. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        server.requestHandler(request -> request.end().onSuccess(end -> respond(request)))
                .listen(0, "localhost").toCompletionStage().toCompletableFuture().join();
        return Map.of("content.image-api.url", "http://localhost:" + server.actualPort(),
                "content.image-api.max-arriving", "" + PERMITS,
                "content.image-api.allow-private-addresses", "true");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(HeldResponses.class));
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** All large responses since the last reset, in the order of the requests. */
    List<HeldResponse> responses() {
        return responses;
    }

    /** Those that were received as far as they were sent. */
    List<HeldResponse> received() {
        return responses.stream().filter(HeldResponse::isReceived).toList();
    }

    void reset() {
        small = false;
        responses.forEach(HeldResponse::breakOff);
        responses.clear();
    }

    /** From now on responses hold URLs of images; these are held back in turn. */
    void respondsWithUrls() {
        small = true;
    }

    private void respond(HttpServerRequest request) {
        if (small && request.method().name().equals("POST")) {
            request.response().end("{\"data\": [{\"url\": \"http://localhost:" + server.actualPort() + "/image\"}]}");
            return;
        }
        HeldResponse held = new HeldResponse(request.response(),
                request.method() == HttpMethod.GET ? Buffer.buffer(IMAGE) : Buffer.buffer(BEGIN));
        responses.add(held);
        held.begin();
    }

    static final class HeldResponse {
        private final HttpServerResponse response;
        private final Buffer beginning;
        private volatile boolean received;
        private volatile boolean closed;

        private HeldResponse(HttpServerResponse response, Buffer beginning) {
            this.response = response;
            this.beginning = beginning;
        }

        private void begin() {
            response.closeHandler(close -> closed = true);
            response.exceptionHandler(failure -> closed = true);
            response.setChunked(true).write(beginning);
            send(PIECES);
        }

        private void send(int pieces) {
            if (pieces == 0) {
                received = true;
            } else {
                response.write(PIECE).onSuccess(flushed -> send(pieces - 1));
            }
        }

        boolean isReceived() {
            return received;
        }

        /** A handler is not notified of a connection that was closed before it was set. */
        boolean isClosed() {
            return closed || response.closed();
        }

        boolean isEnded() {
            return response.ended();
        }

        void end() {
            response.end(END);
        }

        void breakOff() {
            response.reset();
        }
    }
}
