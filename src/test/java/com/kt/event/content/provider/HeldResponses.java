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
 * An image API that answers every call with a large image at once, but for the end, which it holds back until it is
 * told. It knows which of its answers are being received: they do not fit into the buffers on the way.
 */
public class HeldResponses implements QuarkusTestResourceLifecycleManager {
    /** So many images are received at a time. */
    static final int PLACES = 2;
    private static final int PIECES = 48;
    private static final int PIECE_LENGTH = 192 * 1024;
    /** A real one, and after its end as much as a large one has. */
    private static final byte[] IMAGE = whole(ImageApiStub.png(Style.FANCY));
    static final int IMAGE_LENGTH = IMAGE.length + PIECES * PIECE_LENGTH;
    private static final String PIECE = Base64.getEncoder().encodeToString(new byte[PIECE_LENGTH]);
    private static final String BEGIN = "{\"data\": [{\"b64_json\": \"" + Base64.getEncoder().encodeToString(IMAGE);
    private static final String END = "\"}]}";

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server = vertx.createHttpServer(new HttpServerOptions().setSendBufferSize(64 * 1024));
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private volatile boolean small;

    /** So that base64 may go on behind it. */
    private static byte[] whole(byte[] image) {
        return Arrays.copyOf(image, (image.length + 2) / 3 * 3);
    }

    /** After {@code StandIns}, whose image API this one replaces. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        server.requestHandler(request -> request.end().onSuccess(end -> answer(request)))
                .listen(0, "localhost").toCompletionStage().toCompletableFuture().join();
        return Map.of("content.image-api.url", "http://localhost:" + server.actualPort(),
                "content.image-api.max-arriving", "" + PLACES,
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

    /** All that were asked for since the last reset, but for small ones; the first first. */
    List<Answer> answers() {
        return answers;
    }

    /** Those of which all was received that was sent. */
    List<Answer> received() {
        return answers.stream().filter(Answer::isReceived).toList();
    }

    void reset() {
        small = false;
        answers.forEach(Answer::breakOff);
        answers.clear();
    }

    /** From now on answers are the addresses of images, which are held back in their turn. */
    void answersWithAddresses() {
        small = true;
    }

    private void answer(HttpServerRequest request) {
        if (small && request.method().name().equals("POST")) {
            request.response().end("{\"data\": [{\"url\": \"http://localhost:" + server.actualPort() + "/image\"}]}");
            return;
        }
        Answer answer = new Answer(request.response(),
                request.method() == HttpMethod.GET ? Buffer.buffer(IMAGE) : Buffer.buffer(BEGIN));
        answers.add(answer);
        answer.begin();
    }

    static final class Answer {
        private final HttpServerResponse response;
        private final Buffer beginning;
        private volatile boolean received;
        private volatile boolean closed;

        private Answer(HttpServerResponse response, Buffer beginning) {
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

        /** No handler is told of a connection that was closed before there was one. */
        boolean isClosed() {
            return closed || response.closed();
        }

        void end() {
            response.end(END);
        }

        void breakOff() {
            response.reset();
        }
    }
}
