package com.kt.event.content.generator;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.breaker.CallFailure;
import com.kt.event.content.breaker.CallPermit;
import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.breaker.SharedBreaker;
import com.kt.event.content.provider.ImageClient;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ResponseImage;

import io.smallrye.mutiny.Uni;

/**
 * Makes paid calls. Each waits for a permit of the breaker and is recorded before it goes out. A failure is recorded, and
 * reported to the breaker, before the caller sees it.
 */
@ApplicationScoped
class PaidCalls {
    private final SharedBreaker breaker;
    private final ProviderRecovery recovery;

    PaidCalls(SharedBreaker breaker, ProviderRecovery recovery) {
        this.breaker = breaker;
        this.recovery = recovery;
    }

    /** Fails with {@link ImageFailure}, and as the ledger does. */
    Uni<ResponseImage> send(ImageClient.Request request, CallLedger ledger) {
        return breaker.acquire().chain(permit -> send(request, permit, ledger));
    }

    private Uni<ResponseImage> send(ImageClient.Request request, CallPermit permit, CallLedger ledger) {
        return ledger.recordCall()
                .chain(request::send)
                .onItem().invoke(recovery::callSucceeded)
                .onItem().call(permit::success)
                .onFailure(ImageFailure.class).recoverWithUni(failure -> settle(failure, permit, ledger)
                        .chain(() -> Uni.createFrom().failure(failure)))
                .onFailure(failure -> !(failure instanceof ImageFailure)).call(permit::abandoned)
                .onCancellation().call(permit::abandoned);
    }

    private static Uni<Void> settle(ImageFailure failure, CallPermit permit, CallLedger ledger) {
        if (failure instanceof ImageFailure.NotSent) {
            return permit.abandoned().chain(ledger::recordNotSent);
        }
        if (failure instanceof ImageFailure.Operator operator) {
            return permit.failure(callFailure(failure, operator.fault())).chain(ledger::recordNotSent);
        }
        Uni<Void> reported = failure instanceof ImageFailure.Permanent
                ? permit.success()
                : permit.failure(callFailure(failure, null));
        return switch (failure.billing()) {
            case NONE -> reported.chain(ledger::recordRefusal);
            case UNLIKELY -> reported.chain(ledger::recordServerError);
            case POSSIBLE -> reported;
        };
    }

    private static CallFailure callFailure(ImageFailure failure, OperatorFault fault) {
        return new CallFailure(failure.getMessage(), failure.retryAfter().orElse(Duration.ZERO), fault);
    }
}
