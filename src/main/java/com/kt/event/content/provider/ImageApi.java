package com.kt.event.content.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.breaker.SharedBreaker;

import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;

/**
 * The guarded calls of the image API. The circuit breaker opens when half of the last eight calls failed through the
 * provider's fault. The timeout only stops the wait; the call's own time limit, which is just below it, frees the socket.
 */
@ApplicationScoped
class ImageApi {
    /** Added to the read timeout, for the transfer of the response. */
    private static final Duration TRANSFER = Duration.ofSeconds(1);

    /** In bytes. */
    private static final int SHORT = 4096;

    private static final Pattern ABSOLUTE = Pattern.compile("\\s*https?:", Pattern.CASE_INSENSITIVE);

    private final Vertx vertx;
    private final HttpTransport transport;
    private final ImageApiConfig config;
    private final ClientSettings settings;
    private final ObjectMapper json;
    private final ResponseReader reader = new ResponseReader();
    private final HttpAddress address;
    private final long maxResponseBytes;

    ImageApi(Vertx vertx, ClientSettings settings, ImageApiConfig config, ObjectMapper json) {
        this.vertx = vertx;
        this.transport = new HttpTransport(vertx.getDelegate(), settings.forCalls());
        this.config = config;
        this.settings = settings;
        this.json = json;
        this.address = HttpAddress.of(config.url().toString()).below("/images/generations");
        // Base64 takes four bytes for three, and the JSON around it very few.
        this.maxResponseBytes = config.maxPictureSize().asLongValue() * 4 / 3 + 64 * 1024;
    }

    @PreDestroy
    void close() {
        transport.close();
    }

    /**
     * Requests one image, once. Fails with {@link ImageFailure}, with the breaker's
     * {@code CircuitBreakerOpenException} without a call, or with the timeout's {@code TimeoutException}.
     *
     * @param permit acquired to receive the image, and released on failure
     */
    @CircuitBreaker(requestVolumeThreshold = 8, failureRatio = 0.5, delay = 10, delayUnit = ChronoUnit.SECONDS,
            skipOn = {ImageFailure.Permanent.class, ImageFailure.Operator.class})
    @CircuitBreakerName(SharedBreaker.NAME)
    @Timeout(value = 5, unit = ChronoUnit.MINUTES)
    public Uni<ResponseImage> generate(String prompt, DownloadPermit permit) {
        return Uni.createFrom().deferred(() -> transport.send(call(prompt, permit)))
                .chain(response -> isShort(response)
                        ? Uni.createFrom().item(() -> read(response))
                        : vertx.executeBlocking(() -> read(response), false))
                .onFailure().invoke(permit::release)
                .onFailure().transform(ImageApiFailures::of);
    }

    /** One with an address, as a rule, which takes less time to read than to hand to another thread. */
    private static boolean isShort(HttpResponse response) {
        return response.body().length() <= SHORT && !response.headers().contains(HttpHeaders.CONTENT_ENCODING);
    }

    private HttpCall call(String prompt, DownloadPermit permit) {
        RequestOptions request = address.request().setMethod(HttpMethod.POST)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.ACCEPT, "application/json")
                .putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY)
                .putHeader(HttpHeaders.USER_AGENT, settings.userAgent());
        config.key().ifPresent(key -> authorize(request, key));
        return new HttpCall(request, body(prompt), maxResponseBytes, settings.readTimeout().plus(TRANSFER), null,
                permit);
    }

    /** The exception quotes the key, so it is replaced. */
    private static void authorize(RequestOptions request, String key) {
        try {
            request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key);
        } catch (IllegalArgumentException e) {
            throw new ImageFailure(ImageFailure.Reason.ERROR, ImageFailure.Billing.NONE,
                    "content.image-api.key is not a valid header value");
        }
    }

    private Buffer body(String prompt) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(new GenerationRequest(config.model(), prompt, 1, config.size(),
                    config.quality().orElse(null))));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No message quotes the response, which may quote the prompt. */
    private ResponseImage read(HttpResponse response) {
        String coding = response.headers().get(HttpHeaders.CONTENT_ENCODING);
        if (!response.isGood()) {
            throw ImageApiFailures.of(response.status(), response.headers()::get,
                    errorText(coding, response.body()));
        }
        try {
            ResponseBody body = ContentCoding.undo(coding, response.body(), maxResponseBytes);
            return image(response, reader.read(body, GenerationResponse.class));
        } catch (IOException e) {
            throw ImageApiFailures.invalid("the response of the image API cannot be read");
        }
    }

    private static String errorText(String coding, ResponseBody body) {
        try {
            return ContentCoding.undo(coding, body, HttpExchange.MAX_ERROR_BYTES).text();
        } catch (IOException | ImageFailure e) {
            return "";
        }
    }

    private ResponseImage image(HttpResponse http, ResponseReader.Read<GenerationResponse> read) throws IOException {
        GenerationResponse response = read.value();
        if (response == null) {
            throw ImageApiFailures.invalid("the response of the image API cannot be read");
        }
        if (Moderation.isWithheld(response)) {
            throw ImageApiFailures.rejected("the image API's moderation withheld the image");
        }
        response.error().ifPresent(error -> {
            throw ImageApiFailures.ofErrorInside(error, http.status(), http.headers()::get);
        });
        return image(read, response.image().orElseThrow(() -> ImageApiFailures
                .ofNoImage(response.rest(), http.status(), http.headers()::get)));
    }

    private ResponseImage image(ResponseReader.Read<?> response, GenerationResponse.Item item) throws IOException {
        String image = item.base64() != null ? item.base64() : item.url();
        if (!isAddress(image, image.equals(item.url()), response)) {
            return new ResponseImage(Base64Text.decode(response.consume(image), response.upperLengthOf(image)), null);
        }
        try {
            return new ResponseImage(null, address.resolve(image));
        } catch (IllegalArgumentException e) {
            throw ImageApiFailures.invalid("the image's URL is not an http URL");
        }
    }

    /** Some gateways send base64 as a URL or the reverse. A URL is not long, and base64 has no colon. */
    private static boolean isAddress(String image, boolean isUrl, ResponseReader.Read<?> response) throws IOException {
        return !response.isLong(image) && !response.isDataUrl(image)
                && (isUrl || ABSOLUTE.matcher(image).lookingAt());
    }
}
