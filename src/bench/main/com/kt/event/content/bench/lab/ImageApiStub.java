package com.kt.event.content.bench.lab;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** An image API for one system. It keeps connections open, and responds at once, after a time, or not until released. */
public class ImageApiStub {
    /** What a response holds: the image, or its address at this stub. */
    public enum Form {
        B64, URL
    }

    private static final int SMALL = 200;
    private static final int BACKLOG = 8192;
    /** A larger response is sent in pieces as they are read, because each one takes memory of its own until it is sent. */
    private static final int PIECE = 256 * 1024;

    private final Vertx vertx;
    private volatile Form form;
    private final HttpServer server;
    private final AtomicLong firstCall = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong names = new AtomicLong();
    private final List<Runnable> held = new ArrayList<>();
    private volatile long delay;
    private volatile boolean isHolding;
    private volatile Buffer image;
    private volatile Buffer b64;

    ImageApiStub(Vertx vertx, Form form) {
        this.vertx = vertx;
        this.form = form;
        imageSize(SMALL);
        server = Await.value(vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(BACKLOG))
                .requestHandler(this::handle).listen(0, "127.0.0.1"));
    }

    String address() {
        return "http://127.0.0.1:" + server.actualPort() + "/v1";
    }

    /** The images of later responses have so many bytes, or about 200 if that is more. */
    public final void imageSize(int bytes) {
        byte[] png = PngImage.ofSize(bytes);
        image = Buffer.buffer(png);
        b64 = Buffer.buffer(
                "{\"created\":1,\"data\":[{\"b64_json\":\"" + Base64.getEncoder().encodeToString(png) + "\"}]}");
    }

    /** Later responses have this form. Returns the one before. */
    public Form form(Form next) {
        Form before = form;
        form = next;
        return before;
    }

    /** Later calls are answered after this time. */
    public void respondAfter(long millis) {
        delay = millis;
        isHolding = false;
    }

    /** Later calls are not answered before {@link #release}. */
    public void hold() {
        isHolding = true;
    }

    /** Answers the calls that are held; later ones are answered at once. */
    public void release() {
        respondAfter(0);
        List<Runnable> released;
        synchronized (held) {
            released = List.copyOf(held);
            held.clear();
        }
        released.forEach(Runnable::run);
    }

    /** Calls that are not answered yet. */
    public int open() {
        return open.get();
    }

    public void forgetFirstCall() {
        firstCall.set(0);
    }

    /** When the first call since {@link #forgetFirstCall} arrived, as {@link System#nanoTime} tells it; 0 if none has. */
    public long firstCall() {
        return firstCall.get();
    }

    private void handle(HttpServerRequest request) {
        if (request.path().startsWith("/files/")) {
            request.response().putHeader("Content-Type", "image/png").end(image);
            return;
        }
        firstCall.compareAndSet(0, System.nanoTime());
        open.incrementAndGet();
        request.body().onSuccess(body -> schedule(request)).onFailure(failure -> open.decrementAndGet());
    }

    private void schedule(HttpServerRequest request) {
        if (isHolding) {
            Context context = vertx.getOrCreateContext();
            synchronized (held) {
                held.add(() -> context.runOnContext(ignored -> respond(request)));
            }
        } else if (delay > 0) {
            vertx.setTimer(delay, timer -> respond(request));
        } else {
            respond(request);
        }
    }

    private void respond(HttpServerRequest request) {
        open.decrementAndGet();
        if (!request.response().closed()) {
            Buffer body = body();
            send(request.response().putHeader("Content-Type", "application/json")
                    .putHeader("Content-Length", Integer.toString(body.length())), body, 0);
        }
    }

    private void send(HttpServerResponse response, Buffer body, int from) {
        if (body.length() - from <= PIECE) {
            response.end(body.getBuffer(from, body.length()));
        } else {
            response.write(body.getBuffer(from, from + PIECE)).onSuccess(sent -> send(response, body, from + PIECE));
        }
    }

    private Buffer body() {
        return form == Form.B64
                ? b64
                : Buffer.buffer("{\"created\":1,\"data\":[{\"url\":\"http://127.0.0.1:"
                        + server.actualPort() + "/files/" + names.incrementAndGet() + ".png\"}]}");
    }
}
