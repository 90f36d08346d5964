package com.kt.event.content.generator;

import java.time.Duration;
import java.util.function.Function;

import com.kt.event.content.breaker.CallFailure;
import com.kt.event.content.breaker.CallPermit;
import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ResponseImage;

import io.smallrye.mutiny.Uni;

/**
 * One paid call that holds a permit. The breaker hears of it once it has ended or timed out. Its outcome may be asked for after
 * that for as long as the job lasts, while it keeps only its slot within the provider's limits: the provider is still at work.
 */
final class PermittedCall {
    private final CallPermit permit;
    private final CallLedger ledger;
    /** By which the outcome can be asked for, whether or not it could be recorded; null until the provider has told it. */
    private volatile String id;

    PermittedCall(CallPermit permit, CallLedger ledger) {
        this.permit = permit;
        this.ledger = ledger;
    }

    /** The provider has told the id of the call. */
    Uni<Void> identify(String told) {
        id = told;
        return ledger.recordId(told);
    }

    /**
     * The outcome of the call, once the breaker has heard of it.
     *
     * @param inquiry asks for the outcome by the call's id
     */
    Uni<ResponseImage> outcome(Uni<ResponseImage> call, Function<String, Uni<ResponseImage>> inquiry) {
        return call
                .onItem().call(permit::success)
                .onFailure(ImageFailure.class).recoverWithUni(failure -> report(failure)
                        .chain(() -> Uni.createFrom().failure(failure)))
                .onFailure(failure -> !(failure instanceof ImageFailure)).call(permit::abandoned)
                .onCancellation().call(permit::abandoned)
                .onFailure(this::canBeAskedFor).recoverWithUni(() -> inquiry.apply(id)
                        .onTermination().invoke(() -> LimitedPermit.releaseSlot(permit)));
    }

    private boolean canBeAskedFor(Throwable failure) {
        return failure instanceof ImageFailure known && known.outcome() == CallOutcome.UNKNOWN
                && !(failure instanceof ImageFailure.Abandoned) && id != null;
    }

    private Uni<Void> report(ImageFailure failure) {
        if (failure instanceof ImageFailure.Abandoned || failure instanceof ImageFailure.NotSent) {
            return permit.abandoned();
        }
        if (failure instanceof ImageFailure.Permanent) {
            return permit.success();
        }
        OperatorFault fault = failure instanceof ImageFailure.Operator operator ? operator.fault() : null;
        CallPermit reported = canBeAskedFor(failure) ? LimitedPermit.withoutSlot(permit) : permit;
        return reported
                .failure(new CallFailure(failure.getMessage(), failure.retryAfter().orElse(Duration.ZERO), fault));
    }
}
