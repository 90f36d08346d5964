package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

/** Sends requests byte by byte that no HTTP client would send. */
final class RawHttp implements AutoCloseable {
    private final Socket socket;

    RawHttp() {
        try {
            socket = new Socket("localhost", RestAssured.port);
            socket.setSoTimeout(60_000);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The response to one request on a connection of its own. */
    static Answer ask(String request) {
        try (RawHttp http = new RawHttp()) {
            http.send(request);
            Answer answer = http.answer(!request.startsWith("HEAD"));
            String[] words = request.split(" ", 3);
            ContractFilter.check(words[0], words[1], new ApiContract.Answer(answer.status(), answer.headers(),
                    answer.body().getBytes(StandardCharsets.UTF_8)));
            return answer;
        }
    }

    /** A request without a body. Each header ends with a line break. */
    static String request(String method, String target, String... headers) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("", headers) + "\r\n";
    }

    void send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer answer(boolean withBody) {
        try {
            InputStream in = socket.getInputStream();
            String status = line(in);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                int colon = header.indexOf(':');
                headers.put(header.substring(0, colon), header.substring(colon + 1).trim());
            }
            int length = withBody ? Integer.parseInt(headers.getOrDefault("Content-Length", "0")) : 0;
            byte[] body = in.readNBytes(length);
            assertThat(body).hasSize(length);
            return new Answer(Integer.parseInt(status.split(" ")[1]), headers,
                    new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for it. */
    boolean isClosed() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return e.getMessage().toLowerCase(Locale.ROOT).contains("reset");
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            assertThat(c).as("connection closed within the head of an answer").isNotNegative();
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Answer(int status, Map<String, String> headers, String body) {
        JsonPath json() {
            return JsonPath.from(body);
        }
    }
}
