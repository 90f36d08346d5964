package com.kt.event.content.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

import com.kt.event.content.faults.StormPlan.OperatorError;

/**
 * One response of the provider, of a given shape.
 *
 * @param variant selects one of several equivalent forms
 * @param path of the image, for responses that name its address
 */
record StormAnswer(StormHttp http, StormShape shape, int variant, byte[] image, String path, int port) {
    private static final int HUGE = 8_000_000;
    private static final int[] CDN = {521, 522, 523, 525, 526, 529, 530};
    private static final int[] BROKEN = {500, 502, 520, 527};
    private static final int[] UNKNOWN = {408, 504, 524};
    private static final String JSON = "application/json";

    /** The earliest retry that the provider allows; null if it names none. */
    Instant notBefore(Instant now) {
        return switch (shape) {
            case BUSY_SECONDS -> now.plusSeconds(seconds());
            // A date has no fractions of a second.
            case BUSY_DATE -> now.plusSeconds(seconds()).truncatedTo(ChronoUnit.SECONDS);
            case BUSY_FRACTION -> now.plusMillis(seconds() * 1_000L + 500);
            case BUSY_MILLIS, BUSY_TEXT -> now.plusMillis(seconds() * 1_000L + 300);
            default -> null;
        };
    }

    private int seconds() {
        return 1 + variant % 3;
    }

    void send() throws IOException {
        switch (shape) {
            case GOOD, GOOD_LARGE -> json(200, good(image));
            case GOOD_URL, GOOD_REDIRECT, GOOD_URL_LATE, CUT_IN_URL_BODY ->
                json(200, "{\"data\":[{\"url\":\"http://127.0.0.1:" + port + path + "\"}]}");
            case GOOD_SLOW -> after(1_500, good(image));
            case TOO_SLOW -> after(7_000, good(image));
            case GOOD_DRIP -> drip(good(image).getBytes(StandardCharsets.UTF_8));
            case GOOD_INTERIM -> interim();
            case GOOD_GZIP -> zipped(good(image).getBytes(StandardCharsets.UTF_8));
            case SILENT -> http.awaitHangUp();
            case CUT_BEFORE_HEAD -> StormProvider.sleep(Duration.ofMillis(10L * variant));
            case CUT_IN_BODY -> cutInBody();
            case RESET_AFTER_REQUEST -> http.reset();
            case BUSY_SECONDS, BUSY_DATE, BUSY_FRACTION, BUSY_MILLIS, BUSY_TEXT, BUSY_503, BUSY_CDN -> busy();
            case OPERATOR -> throw new IllegalStateException("what the operator has to do is not known here");
            default -> bad();
        }
    }

    private void busy() throws IOException {
        String limit = error("rate_limit_exceeded", "requests", "Rate limit reached.");
        switch (shape) {
            case BUSY_SECONDS -> json(429, limit, "Retry-After", Integer.toString(seconds()));
            case BUSY_DATE -> json(429, limit, "Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME
                    .format(Instant.now().plusSeconds(seconds()).atOffset(ZoneOffset.UTC)));
            case BUSY_FRACTION -> json(429, limit, "Retry-After", seconds() + ".5");
            case BUSY_MILLIS -> json(429, limit, "retry-after-ms", seconds() + "300");
            case BUSY_TEXT -> json(429, error("rate_limit_exceeded", "requests",
                    "Rate limit reached. Please try again in " + seconds() + ".3s."));
            case BUSY_503 -> json(503, error("", "server_error", "The engine is overloaded."));
            default -> http.answer(CDN[variant % CDN.length], "<html>origin</html>".getBytes(StandardCharsets.UTF_8),
                    "Content-Type", "text/html");
        }
    }

    private void bad() throws IOException {
        switch (shape) {
            case BROKE_DOWN -> json(BROKEN[variant % BROKEN.length], error("server_error", "server_error", "Sorry."));
            case UNKNOWN -> json(UNKNOWN[variant % UNKNOWN.length], "{}");
            case REFUSED -> refused();
            case BAD_REQUEST_HUGE -> json(400, error("invalid_value", "invalid_request_error", "x".repeat(HUGE)));
            case ERROR_HUGE -> json(500, error("server_error", "server_error", "x".repeat(HUGE)));
            case ERROR_IN_OK -> json(200, error("server_error", "server_error", "The server had an error."));
            case HTML -> http.answer(200, "<html><body>Welcome</body></html>".getBytes(StandardCharsets.UTF_8),
                    "Content-Type", "text/html");
            case NO_DATA -> json(200, "{\"created\":1795600000,\"data\":[],\"usage\":{\"input_tokens\":0,"
                    + "\"output_tokens\":0,\"total_tokens\":0}}");
            case TRUNCATED_IMAGE -> json(200, good(Arrays.copyOf(image, image.length - 100)));
            case WRONG_TYPE -> json(200, good("%PDF-1.7 this is no image".getBytes(StandardCharsets.UTF_8)));
            case HUGE_JSON -> json(200, "{" + "\"a\":1,".repeat(700_000) + "\"b\":1}");
            default -> throw new IllegalStateException("nobody says how to send " + shape);
        }
    }

    void operatorError(OperatorError error) throws IOException {
        String type = error.code().equals("insufficient_quota") ? error.code() : "invalid_request_error";
        json(error.status(), error(error.code(), type, "Your resource has been temporarily blocked."));
    }

    private void refused() throws IOException {
        switch (variant % 4) {
            case 0 ->
                json(400, error("moderation_blocked", "image_generation_user_error", "Your request was rejected."));
            case 1 -> json(400, error("content_policy_violation", "invalid_request_error", "Rejected."));
            case 2 -> json(400, error("contentFilter", "", "Your task failed as a result of our safety system."));
            default -> json(200, "{\"data\":[{\"finish_reason\":\"CONTENT_FILTERED\"}]}");
        }
    }

    private void interim() throws IOException {
        http.interim(variant % 2 == 0 ? 102 : 103);
        StormProvider.sleep(Duration.ofMillis(200));
        json(200, good(image));
    }

    private void after(int millis, String body) throws IOException {
        StormProvider.sleep(Duration.ofMillis(millis));
        json(200, body);
    }

    private void drip(byte[] body) throws IOException {
        http.head(200, body.length, "Content-Type", JSON);
        int piece = body.length / 15 + 1;
        for (int i = 0; i < body.length; i += piece) {
            http.write(Arrays.copyOfRange(body, i, Math.min(body.length, i + piece)));
            StormProvider.sleep(Duration.ofMillis(100));
        }
    }

    private void cutInBody() throws IOException {
        byte[] body = good(image).getBytes(StandardCharsets.UTF_8);
        http.head(200, body.length, "Content-Type", JSON);
        http.write(Arrays.copyOf(body, body.length / 2));
    }

    /** RFC 9110, 12.5.3: without Accept-Encoding, any coding is acceptable. */
    private void zipped(byte[] body) throws IOException {
        String accepted = http.header("accept-encoding");
        if (!accepted.isEmpty() && !accepted.contains("gzip")) {
            http.answer(200, body, "Content-Type", JSON);
            return;
        }
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.answer(200, zipped.toByteArray(), "Content-Type", JSON, "Content-Encoding", "gzip");
    }

    private void json(int status, String body, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = JSON;
        http.answer(status, body.getBytes(StandardCharsets.UTF_8), all);
    }

    private static String good(byte[] image) {
        return "{\"created\":1795600000,\"data\":[{\"b64_json\":\"" + Base64.getEncoder().encodeToString(image)
                + "\"}]}";
    }

    private static String error(String code, String type, String message) {
        return "{\"error\":{\"code\":\"" + code + "\",\"type\":\"" + type + "\",\"param\":null,\"message\":\"" + message
                + "\"}}";
    }
}
