package com.kt.event.content.provider.dialect;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ProviderCall;
import com.kt.event.content.provider.ProviderRequest;
import com.kt.event.content.provider.ProviderResponse;
import com.kt.event.content.provider.ResponseImage;

import io.smallrye.mutiny.Uni;

/**
 * Asks for the outcome of a paid request until it is known, or the time of the call is over. A request that fails says
 * nothing about the outcome, and is repeated: it costs nothing.
 */
final class Polling {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final ProviderCall call;
    private final Supplier<ProviderRequest> request;
    private final Reading reading;

    interface Reading {
        /**
         * Null while the image is being generated.
         *
         * @throws ImageFailure if there will be none
         */
        ResponseImage read(ProviderResponse response, JsonNode body) throws IOException;
    }

    /** @param request called for each time that is asked */
    Polling(ProviderCall call, Supplier<ProviderRequest> request, Reading reading) {
        this.call = call;
        this.request = request;
        this.reading = reading;
    }

    /** The outcome of an earlier call. Fails as {@link #outcomeLater}, but never with a failure that means "ask again". */
    Uni<ResponseImage> outcome() {
        return ask(FIRST).onFailure(Polling::isMadeNothing).transform(failure -> new ImageFailure(
                ImageFailure.Reason.ERROR, ImageFailure.Billing.UNLIKELY, failure.getMessage()));
    }

    private static boolean isMadeNothing(Throwable failure) {
        return failure instanceof ImageFailure known
                && (known.outcome() == CallOutcome.BUSY || known.outcome() == CallOutcome.OPERATOR);
    }

    /** When the image has just been requested. Fails with {@link ImageFailure}, or with {@link TimeoutException}. */
    Uni<ResponseImage> outcomeLater() {
        return call.delay(FIRST).chain(() -> ask(FIRST.multipliedBy(2)));
    }

    /** @param wait before the next request */
    private Uni<ResponseImage> ask(Duration wait) {
        Duration next = wait.compareTo(LONGEST) < 0 ? wait.multipliedBy(2) : wait;
        return call.send(request.get(), new Answer())
                .onFailure(Polling::tellsNothing).recoverWithNull()
                .chain(answer -> {
                    if (answer == null) {
                        return call.delay(wait).chain(() -> ask(next));
                    }
                    return answer instanceof ImageFailure failure
                            ? Uni.createFrom().failure(failure)
                            : Uni.createFrom().item((ResponseImage) answer);
                });
    }

    /** The time limit of a request is what is left of the call's. */
    private static boolean tellsNothing(Throwable failure) {
        boolean isTooLarge = failure instanceof ImageFailure known && known.reason() == ImageFailure.Reason.INVALID;
        return !isTooLarge && !(failure instanceof TimeoutException) && !(failure instanceof ImageFailure.Permanent);
    }

    /** Returns the image, the failure that is the outcome of the paid request, or null. Other failures are the answer's own. */
    private final class Answer implements ProviderCall.Reading<Object> {
        @Override
        public Object read(ProviderResponse response) {
            JsonNode body;
            try {
                body = response.read(JsonNode.class);
            } catch (IOException e) {
                // The page of a gateway: it is asked again.
                return null;
            }
            try {
                return reading.read(response, body);
            } catch (ImageFailure outcome) {
                return outcome.ofRequest(response.requestId());
            } catch (IOException e) {
                return ImageFailure.invalid("the image in the response of the image API cannot be read")
                        .ofRequest(response.requestId());
            }
        }

        @Override
        public ImageFailure failure(ProviderResponse response) {
            // Without a record of the request there is nobody else to ask.
            return response.status() == 404 || response.status() == 410
                    ? ImageFailure.badRequest("the image API does not know its request any more")
                    : ImageFailure.unknown(ImageFailure.Reason.ERROR,
                            "the image API returned status " + response.status() + " for its request");
        }
    }
}
