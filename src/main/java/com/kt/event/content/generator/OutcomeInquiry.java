package com.kt.event.content.generator;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.ImageApi;
import com.kt.event.content.provider.ImageClient;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Reason;
import com.kt.event.content.provider.ResponseImage;

import io.smallrye.mutiny.Uni;

/** Asks a provider for the outcome of a call by its id, which costs nothing, so that the call need not be paid again. */
@ApplicationScoped
class OutcomeInquiry {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    /** Fails with {@link ImageFailure}. While the provider cannot be asked, this goes on for as long as somebody waits. */
    Uni<ResponseImage> ask(ImageClient.Request request, ImageApi api, String id, CallLedger ledger) {
        return ask(Uni.createFrom().deferred(() -> request.resume(api, id)), ledger.timeLeft());
    }

    /**
     * @param inquiry ends within the time limit of a call
     * @param limit after which it is not repeated
     */
    static Uni<ResponseImage> ask(Uni<ResponseImage> inquiry, Duration limit) {
        return Uni.createFrom().deferred(() -> {
            long end = System.nanoTime() + limit.toNanos();
            return inquiry.onFailure(failure -> tellsNothing(failure) && end - System.nanoTime() > 0)
                    .retry().withBackOff(FIRST_RETRY, LONGEST_RETRY).indefinitely()
                    .onFailure(OutcomeInquiry::tellsNothing).transform(failure -> ImageFailure.unknown(Reason.TIMEOUT,
                            "the outcome of the call is not known in time: " + failure.getMessage()));
        });
    }

    private static boolean tellsNothing(Throwable failure) {
        return failure instanceof ImageFailure known
                && (known.outcome() == CallOutcome.BUSY || known.outcome() == CallOutcome.OPERATOR);
    }
}
