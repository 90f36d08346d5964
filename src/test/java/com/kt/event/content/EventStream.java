package com.kt.event.content;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A client of a stream of Server-Sent Events that records each block and its time. */
public final class EventStream implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(Version.HTTP_1_1)
            .connectTimeout(PatientAwaitility.LIMIT).build();
    private static final Duration ANSWER_LIMIT = PatientAwaitility.LIMIT;

    private final HttpResponse<InputStream> answer;
    private final List<Block> blocks = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    /** The lines between two empty lines. */
    public record Block(Instant at, List<String> lines) {
        public Optional<String> id() {
            return field("id");
        }

        public Optional<String> retry() {
            return field("retry");
        }

        public Optional<String> data() {
            return field("data");
        }

        /** A comment is a field without a name. */
        public Optional<String> comment() {
            return field("");
        }

        public Optional<String> field(String name) {
            return lines.stream().filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1)).findFirst();
        }
    }

    /** @param headers names and values in turn */
    public EventStream(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER_LIMIT)
                .header("Accept", "text/event-stream");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            answer = HTTP.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Thread reader = new Thread(this::read, "event-stream");
        reader.setDaemon(true);
        reader.start();
    }

    public int status() {
        return answer.statusCode();
    }

    public Optional<String> header(String name) {
        return answer.headers().firstValue(name);
    }

    public Map<String, List<String>> headers() {
        return answer.headers().map();
    }

    /** All blocks so far, as they were sent. */
    public String text() {
        return blocks.stream().map(block -> String.join("\n", block.lines()) + "\n\n").collect(Collectors.joining());
    }

    /** All blocks so far. */
    public List<Block> blocks() {
        return List.copyOf(blocks);
    }

    /** The blocks with data. */
    public List<Block> events() {
        return blocks.stream().filter(block -> block.data().isPresent()).toList();
    }

    /** The data of the last event; empty if there is none yet. */
    public String lastData() {
        List<Block> events = events();
        return events.isEmpty() ? "" : events.get(events.size() - 1).data().orElseThrow();
    }

    /** Whether the server has ended the stream in the regular way. */
    public boolean isEnded() {
        return ended;
    }

    /** Closes the connection. */
    @Override
    public void close() {
        try {
            answer.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            List<String> lines = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    blocks.add(new Block(Instant.now(), List.copyOf(lines)));
                    lines.clear();
                } else {
                    lines.add(line);
                }
            }
            ended = true;
        } catch (IOException e) {
            // The connection was closed.
        }
    }
}
