package com.kt.event.content.faults;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;
import javax.net.ssl.SSLContext;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/** A scriptable image API that records every call. It identifies jobs by the event's title. No two images are alike. */
final class Provider implements AutoCloseable {
    private static final Pattern TITLE = Pattern.compile("Headline, [^\n]*: \"([^\n]*)\"");
    private static final Pattern STYLE = Pattern.compile("Style: (\\w+)\n");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Enough for the connections of 100 jobs at once. */
    private static final int BACKLOG = 1_024;

    private final int port = ServerProcess.freePort();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Function<Call, Answer> script;
    private volatile Function<Call, Answer> downloadScript;
    /** Null for plain http. */
    private final SSLContext certificate;
    private HttpServer server;

    /** A call for an image: its title and style, its time, and its number among the calls with these, from 1. */
    record Call(String title, String style, int number, Instant at) {
        byte[] image() {
            BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 64; i++) {
                image.setRGB(i, i, hashCode() * (i + 1));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                ImageIO.write(image, "png", bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        boolean drew(byte[] image) {
            return Arrays.equals(image, image());
        }
    }

    /** The response to a call, and its time. */
    record Answer(int status, Map<String, String> headers, byte[] body, CompletionStage<?> when) {
        private static final CompletionStage<?> AT_ONCE = CompletableFuture.completedFuture(null);

        /** The image, within the response. */
        static Answer image(Call call) {
            return json("{\"data\": [{\"b64_json\": \"" + Base64.getEncoder().encodeToString(call.image()) + "\"}]}");
        }

        static Answer bytes(byte[] body) {
            return new Answer(200, Map.of(), body, AT_ONCE);
        }

        static Answer json(String body) {
            return new Answer(200, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8),
                    AT_ONCE);
        }

        static Answer status(int status) {
            return new Answer(status, Map.of(), new byte[0], AT_ONCE);
        }

        static Answer never() {
            return status(200).when(new CompletableFuture<>());
        }

        Answer header(String name, String value) {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put(name, value);
            return new Answer(status, all, body, when);
        }

        Answer after(Duration delay) {
            return when(CompletableFuture.runAsync(() -> {
            }, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)));
        }

        /** The test completes {@code released}. */
        Answer when(CompletionStage<?> released) {
            return new Answer(status, headers, body, released);
        }
    }

    Provider() {
        this(null);
    }

    /** A provider that speaks https. */
    Provider(SSLContext certificate) {
        this.certificate = certificate;
        draws();
        listen();
    }

    /** The value of {@code content.image-api.url}. */
    String url() {
        return address() + "/v1";
    }

    /** With https, the host name is that of the certificate. */
    private String address() {
        return certificate == null ? "http://127.0.0.1:" + port : "https://localhost:" + port;
    }

    void draws() {
        answers(Answer::image);
        downloadScript = call -> Answer.bytes(call.image());
    }

    /** Applies to new calls; open calls keep their response. */
    void answers(Function<Call, Answer> next) {
        script = next;
    }

    /** The address of the image, which this provider serves. */
    Answer imageUrl(Call call) {
        return Answer.json("{\"data\": [{\"url\": \"" + address() + "/images/" + calls.indexOf(call) + "\"}]}");
    }

    /** The response to the download of an image. */
    void answersDownloads(Function<Call, Answer> next) {
        downloadScript = next;
    }

    /** Connections are refused until it listens again. Open ones are cut. */
    void stopListening() {
        server.stop(0);
    }

    void listen() {
        try {
            server = create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/images/generations", this::generate);
        server.createContext("/images/", this::download);
        server.start();
    }

    private HttpServer create(InetSocketAddress at) throws IOException {
        if (certificate == null) {
            return HttpServer.create(at, BACKLOG);
        }
        HttpsServer https = HttpsServer.create(at, BACKLOG);
        https.setHttpsConfigurator(new HttpsConfigurator(certificate));
        return https;
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    List<Call> calls(String title) {
        return calls.stream().filter(call -> call.title().equals(title)).toList();
    }

    List<Call> calls(String title, String style) {
        return calls(title).stream().filter(call -> call.style().equals(style)).toList();
    }

    @Override
    public void close() {
        stopListening();
        threads.shutdownNow();
    }

    private void generate(HttpExchange exchange) throws IOException {
        String prompt = JSON.readTree(exchange.getRequestBody()).path("prompt").asText();
        answer(exchange, script.apply(record(found(TITLE, prompt), found(STYLE, prompt))));
    }

    private synchronized Call record(String title, String style) {
        Call call = new Call(title, style, calls(title, style).size() + 1, Instant.now());
        calls.add(call);
        return call;
    }

    private void download(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        answer(exchange, downloadScript.apply(calls.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)))));
    }

    /** A call that waits for its response holds no thread. */
    private void answer(HttpExchange exchange, Answer answer) {
        answer.when().thenRunAsync(() -> {
            try (exchange) {
                answer.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
                exchange.getResponseBody().write(answer.body());
            } catch (IOException e) {
                // The client is dead.
            }
        }, threads);
    }

    private static String found(Pattern pattern, String prompt) {
        Matcher matcher = pattern.matcher(prompt);
        if (!matcher.find()) {
            throw new IllegalArgumentException("the prompt has no " + pattern + ": " + prompt);
        }
        return matcher.group(1);
    }
}
