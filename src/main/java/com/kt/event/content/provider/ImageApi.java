package com.kt.event.content.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

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
 * The image API behind its guards. The breaker opens when half of the last eight calls failed by the provider's fault;
 * the timeout only stops waiting, so the time limit of the call itself, set just below it, is what frees the socket.
 */
@ApplicationScoped
class ImageApi {
    /** Seconds are what an image takes, and reading it may need some as well. */
    private static final Duration TO_RECEIVE = Duration.ofSeconds(1);

    private static final Pattern ABSOLUTE = Pattern.compile("\\s*https?:", Pattern.CASE_INSENSITIVE);

    private final Vertx vertx;
    private final HttpTransport transport;
    private final ImageApiConfig config;
    private final ClientSettings settings;
    private final ObjectMapper json;
    private final ResponseReader answers = new ResponseReader();
    private final HttpAddress address;
    private final long maxAnswerBytes;

    ImageApi(Vertx vertx, ClientSettings settings, ImageApiConfig config, ObjectMapper json) {
        this.vertx = vertx;
        this.transport = new HttpTransport(vertx.getDelegate(), settings.forCalls());
        this.config = config;
        this.settings = settings;
        this.json = json;
        this.address = HttpAddress.of(config.url().toString()).below("/images/generations");
        // Base64 takes four bytes for three, and the JSON around it next to nothing.
        this.maxAnswerBytes = config.maxPictureSize().asLongValue() * 4 / 3 + 64 * 1024;
    }

    /**
     * Asks for one image, once. Fails with {@link ImageFailure}, with the breaker's
     * {@code CircuitBreakerOpenException} without having asked, or with the timeout's {@code TimeoutException}.
     *
     * @param permit acquired to receive the image, and released on failure
     */
    @CircuitBreaker(requestVolumeThreshold = 8, failureRatio = 0.5, delay = 10, delayUnit = ChronoUnit.SECONDS,
            skipOn = {ImageFailure.Permanent.class, ImageFailure.Operator.class})
    @CircuitBreakerName(SharedBreaker.NAME)
    @Timeout(value = 5, unit = ChronoUnit.MINUTES)
    public Uni<ResponseImage> generate(String prompt, DownloadPermit permit) {
        return Uni.createFrom().deferred(() -> transport.send(call(prompt, permit)))
                .chain(answer -> vertx.executeBlocking(() -> read(answer), false))
                .onFailure().invoke(permit::release)
                .onFailure().transform(ImageApiFailures::of);
    }

    private HttpCall call(String prompt, DownloadPermit permit) {
        RequestOptions request = address.request().setMethod(HttpMethod.POST)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.ACCEPT, "application/json")
                .putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY)
                .putHeader(HttpHeaders.USER_AGENT, settings.userAgent());
        config.key().ifPresent(key -> authorize(request, key));
        return new HttpCall(request, body(prompt), maxAnswerBytes, settings.readTimeout().plus(TO_RECEIVE), null,
                permit);
    }

    /** Without the key in the failure, which is that no header may hold it. */
    private static void authorize(RequestOptions request, String key) {
        try {
            request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key);
        } catch (IllegalArgumentException e) {
            throw new ImageFailure(ImageFailure.Reason.ERROR, ImageFailure.Billing.NONE,
                    "content.image-api.key is none that a header may hold");
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

    /** Nothing of the answer goes into a message: it may quote the prompt. */
    private ResponseImage read(HttpResponse answer) {
        String coding = answer.headers().get(HttpHeaders.CONTENT_ENCODING);
        if (!answer.isGood()) {
            throw ImageApiFailures.of(answer.status(), answer.headers()::get, explanation(coding, answer.body()));
        }
        try {
            return drawn(answer, answers.read(ContentCoding.undo(coding, answer.body(), maxAnswerBytes),
                    GenerationResponse.class));
        } catch (IOException e) {
            throw ImageApiFailures.invalid("the image API's answer cannot be read");
        }
    }

    private static String explanation(String coding, ResponseBody body) {
        try {
            return ContentCoding.undo(coding, body, HttpExchange.MAX_ERROR_BYTES).text();
        } catch (IOException | ImageFailure e) {
            return "";
        }
    }

    private ResponseImage drawn(HttpResponse answer, ResponseReader.Read<GenerationResponse> read) throws IOException {
        GenerationResponse response = read.value();
        if (response == null) {
            throw ImageApiFailures.invalid("the image API's answer cannot be read");
        }
        if (Moderation.marked(response)) {
            throw ImageApiFailures.rejected("the image API's moderation withheld the image");
        }
        response.error().ifPresent(error -> {
            throw ImageApiFailures.ofErrorInside(error, answer.status(), answer.headers()::get);
        });
        return drawn(read, response.image().orElseThrow(() -> ImageApiFailures
                .ofNoImage(response.rest(), answer.status(), answer.headers()::get)));
    }

    private ResponseImage drawn(ResponseReader.Read<?> answer, GenerationResponse.Item item) throws IOException {
        String image = item.base64() != null ? item.base64() : item.url();
        if (!isAddress(image, image.equals(item.url()), answer)) {
            return new ResponseImage(Base64Text.decode(answer.openLast(image), answer.upperLengthOf(image)), null);
        }
        try {
            return new ResponseImage(null, address.resolve(image));
        } catch (IllegalArgumentException e) {
            throw ImageApiFailures.invalid("the image's address is not an http address");
        }
    }

    /** Some gateways put the one in the other's place. No address is long, and no base64 has a colon in it. */
    private static boolean isAddress(String image, boolean isUrl, ResponseReader.Read<?> answer) throws IOException {
        return !answer.isLong(image) && !answer.isDataAddress(image)
                && (isUrl || ABSOLUTE.matcher(image).lookingAt());
    }
}
