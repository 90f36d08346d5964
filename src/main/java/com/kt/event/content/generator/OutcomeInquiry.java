package com.kt.event.content.generator;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.ImageApi;
import com.kt.event.content.provider.ImageClient;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ResponseImage;

import io.smallrye.mutiny.Uni;

/** Asks a provider for the outcome of a call by its id, which costs nothing, so that the call need not be paid again. */
@ApplicationScoped
class OutcomeInquiry {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    /** Fails with {@link ImageFailure}. While the provider cannot be asked, this goes on until it is cancelled. */
    Uni<ResponseImage> ask(ImageClient.Request request, ImageApi api, String id) {
        return Uni.createFrom().deferred(() -> request.resume(api, id))
                .onFailure(OutcomeInquiry::tellsNothing).retry().withBackOff(FIRST_RETRY, LONGEST_RETRY).indefinitely();
    }

    private static boolean tellsNothing(Throwable failure) {
        return failure instanceof ImageFailure known
                && (known.outcome() == CallOutcome.BUSY || known.outcome() == CallOutcome.OPERATOR);
    }
}
