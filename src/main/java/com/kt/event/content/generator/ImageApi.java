package com.kt.event.content.generator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;

/**
 * The image API behind its guards. The breaker opens when half of the last eight calls failed by the provider's fault;
 * the timeout only stops waiting, so the REST client's own read timeout, set just below it, is what frees the socket. That
 * ends when the answer begins (Vert.x 4.5.25, HttpClientRequestBase), so the same limit, a little later, is set here.
 */
@ApplicationScoped
class ImageApi {
    static final String BREAKER = "image-api";

    /** An answer that is no longer holds no picture, and need not wait. */
    private static final int SHORT = 4 * 1024;

    private final ImageApiClient client;
    private final ImageApiConfig config;
    private final ObjectReader responses;
    private final String authorization;
    private final long maxAnswerBytes;
    private final ScheduledExecutorService timer;
    private final Duration limit;

    ImageApi(@RestClient ImageApiClient client, ImageApiConfig config, ObjectMapper json,
            @Identifier("time-limits") ScheduledExecutorService timer,
            @ConfigProperty(name = "quarkus.rest-client.image-api.read-timeout") long readTimeout) {
        this.client = client;
        this.timer = timer;
        this.limit = Duration.ofMillis(readTimeout).plusSeconds(1);
        this.config = config;
        this.responses = json.readerFor(GenerationResponse.class);
        this.authorization = config.key().map(key -> "Bearer " + key).orElse(null);
        // Base64 takes four bytes for three, and the JSON around it next to nothing.
        this.maxAnswerBytes = config.maxPictureSize().asLongValue() * 4 / 3 + 64 * 1024;
    }

    /**
     * Asks for one picture, once. Fails with {@link ImageFailure}, with the breaker's
     * {@code CircuitBreakerOpenException} without having asked, or with the timeout's {@code TimeoutException}.
     *
     * @param place that it comes in at, and keeps where it comes to a picture
     */
    @CircuitBreaker(requestVolumeThreshold = 8, failureRatio = 0.5, delay = 10, delayUnit = ChronoUnit.SECONDS,
            skipOn = {ImageFailure.Permanent.class, ImageFailure.Operator.class})
    @CircuitBreakerName(BREAKER)
    @Timeout(value = 5, unit = ChronoUnit.MINUTES)
    Uni<GenerationResponse.Item> generate(String prompt, AnswerGate.Place place) {
        GenerationRequest request = new GenerationRequest(config.model(), prompt, 1, config.size(),
                config.quality().orElse(null));
        return client.generate(authorization, request)
                .collect().in(() -> new Answer(place), Answer::add)
                .ifNoItem().after(limit).on(timer).failWith(TimeoutException::new)
                .map(this::onlyItem)
                .onFailure().invoke(place::leave)
                .onFailure().transform(ImageApiFailures::of);
    }

    private GenerationResponse.Item onlyItem(Answer answer) {
        GenerationResponse response = parse(answer);
        if (Moderation.marked(response)) {
            throw ImageApiFailures.rejected("the image API's moderation withheld the picture");
        }
        response.error().ifPresent(error -> {
            throw ImageApiFailures.ofErrorInside(error, 200);
        });
        return response.picture()
                .orElseThrow(() -> ImageApiFailures.invalid("the image API's answer holds no picture"));
    }

    private GenerationResponse parse(Answer answer) {
        try {
            GenerationResponse response = responses.readValue(answer.read());
            if (response != null) {
                return response;
            }
        } catch (IOException e) {
            // Nothing of the answer goes into the message: it may quote the prompt.
        }
        throw ImageApiFailures.invalid("the image API's answer cannot be read");
    }

    /** What has come so far; in pieces, for one array would have to grow, and be copied, again and again. */
    private final class Answer {
        private final AnswerGate.Place place;
        private final List<InputStream> pieces = new ArrayList<>();
        private long length;

        Answer(AnswerGate.Place place) {
            this.place = place;
        }

        void add(AnswerPiece piece) {
            length += piece.bytes().length;
            if (length > maxAnswerBytes) {
                throw ImageApiFailures.invalid("the image API's answer is larger than " + maxAnswerBytes + " bytes");
            }
            pieces.add(new ByteArrayInputStream(piece.bytes()));
            if (length > SHORT && !place.ask(piece.answer()::resume)) {
                piece.answer().pause();
            }
        }

        InputStream read() {
            return new SequenceInputStream(Collections.enumeration(pieces));
        }
    }
}
