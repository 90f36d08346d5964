package com.kt.event.content.faults;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.faults.StormPlan.OperatorError;
import com.kt.event.content.faults.StormRecord.Call;

/** An image API with the planned faults, which records every call. */
final class StormProvider implements AutoCloseable {
    private static final Pattern TITLE = Pattern.compile("Headline, [^\n]*: \"([^\n]*)\"");
    private static final Pattern STYLE = Pattern.compile("Style: (\\w+)\n");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGE = 2_000_000;

    private final StormPlan plan;
    private final StormRecord record;
    private final ServerSocket listener = new ServerSocket();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Integer> numbers;
    private final int index;
    private final Map<String, Integer> downloads = new ConcurrentHashMap<>();
    private final Instant start = Instant.now();
    /** The delay of each good image after the storm; null while the plan decides. */
    private volatile Duration calm;

    StormProvider(StormPlan plan, StormRecord record) throws IOException {
        this(plan, record, 0, new ConcurrentHashMap<>());
    }

    private StormProvider(StormPlan plan, StormRecord record, int index, Map<String, Integer> numbers)
            throws IOException {
        this.index = index;
        this.numbers = numbers;
        this.plan = plan;
        this.record = record;
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), ServerProcess.freePort()), 1_024);
        threads.execute(this::accept);
    }

    /** Another one, which fails independently. Calls are numbered across both. */
    StormProvider another(StormPlan itsPlan) throws IOException {
        return new StormProvider(itsPlan, record, index + 1, numbers);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on every call receives its image after this time. */
    void calmDown(Duration each) {
        calm = each;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // The socket is closed.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            StormHttp http = new StormHttp(socket);
            http.read();
            if (http.path().startsWith("/images/")) {
                download(http);
            } else if (http.path().startsWith("/v1/models/")) {
                // The daily watch asks for the model, which is no call.
                http.answer(200, "{}".getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
            } else {
                generate(http);
            }
        } catch (IOException e) {
            // The client is dead, or the response is complete.
        }
    }

    private void generate(StormHttp http) throws IOException {
        String prompt = JSON.readTree(http.body()).path("prompt").asText();
        String draft = found(TITLE, prompt);
        String style = found(STYLE, prompt);
        int number = numbers.merge(draft + " " + style, 1, Integer::sum);
        Instant now = Instant.now();
        Optional<OperatorError> operator = calm == null
                ? plan.operatorErrors().stream().filter(it -> it.covers(Duration.between(start, now))).findFirst()
                : Optional.empty();
        StormShape shape = calm != null
                ? StormShape.GOOD
                : operator.isPresent() ? StormShape.OPERATOR : plan.shape(draft, style, number);
        int variant = plan.variant(draft, style, number, 60);
        StormAnswer answer = new StormAnswer(http, shape, variant,
                StormImage.of(draft, style, number, shape == StormShape.GOOD_LARGE ? LARGE : 0),
                "/images/" + draft + "/" + style + "/" + number + "/" + shape, port());
        record.calls.add(new Call(draft, style, number, now, shape, StormImage.sha256(answer.image()),
                answer.notBefore(now), index));
        sleep(calm != null ? calm : Duration.ofMillis(50 + variant * 5L));
        if (operator.isPresent()) {
            answer.operatorError(operator.get());
        } else {
            answer.send();
        }
    }

    /** Some image hosts refuse requests without a user agent. */
    private void download(StormHttp http) throws IOException {
        String[] path = http.path().split("/");
        StormShape shape = StormShape.valueOf(path[5]);
        byte[] image = StormImage.of(path[2], path[3], Integer.parseInt(path[4]), 0);
        int looks = downloads.merge(http.path(), 1, Integer::sum);
        if (http.header("user-agent").isEmpty()) {
            http.answer(403, "no User-Agent".getBytes(StandardCharsets.UTF_8));
        } else if (shape == StormShape.GOOD_REDIRECT && path.length == 6) {
            http.answer(302, new byte[0], "Location", http.path() + "/there");
        } else if (shape == StormShape.GOOD_URL_LATE && looks == 1) {
            http.answer(404, "not yet".getBytes(StandardCharsets.UTF_8));
        } else if (shape == StormShape.CUT_IN_URL_BODY) {
            http.head(200, image.length, "Content-Type", "image/png");
            http.write(Arrays.copyOf(image, image.length / 2));
        } else {
            http.answer(200, image, "Content-Type", "image/png");
        }
    }

    private static String found(Pattern pattern, String prompt) {
        Matcher matcher = pattern.matcher(prompt);
        if (!matcher.find()) {
            throw new UncheckedIOException(new IOException("the prompt has no " + pattern + ": " + prompt));
        }
        return matcher.group(1);
    }

    /** The time that the provider needs. */
    static void sleep(Duration time) throws IOException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }
}
