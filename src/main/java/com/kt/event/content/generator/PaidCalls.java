package com.kt.event.content.generator;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.generator.ProviderChoice.Chosen;
import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.ImageApi;
import com.kt.event.content.provider.ImageClient;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ResponseImage;
import com.kt.event.content.ratelimit.CallSlot;

import io.smallrye.mutiny.Uni;

/**
 * Makes paid calls. Each waits for a permit of the breaker and is recorded before it goes out. A failure is recorded, and
 * reported to the breaker, before the caller sees it.
 */
@ApplicationScoped
class PaidCalls {
    private final ProviderChoice choice;
    private final OutcomeInquiry inquiry;
    private final ProviderRecovery recovery;
    private final CallMetrics metrics;

    PaidCalls(ProviderChoice choice, OutcomeInquiry inquiry, ProviderRecovery recovery, CallMetrics metrics) {
        this.choice = choice;
        this.inquiry = inquiry;
        this.recovery = recovery;
        this.metrics = metrics;
    }

    /** Makes a call, and further ones at other providers as long as the plan allows. Fails with {@link ImageFailure}. */
    Uni<ResponseImage> send(ImageClient.Request request, CallPlan plan, CallLedger ledger) {
        return Uni.createFrom().deferred(() -> canBeAskedFor(plan, ledger)
                ? askForTheLast(request, plan, ledger)
                : choice.choose(plan).chain(chosen -> send(request, chosen, plan, ledger))
                        .onFailure(OutcomeAwaitedException.class)
                        .recoverWithUni(() -> askForTheLast(request, plan, ledger)));
    }

    /** Not if the provider is not configured any more: another one does not know the id. */
    private static boolean canBeAskedFor(CallPlan plan, CallLedger ledger) {
        return ledger.openId() != null && plan.last().name().equals(ledger.lastProvider());
    }

    /** A worker has died or stopped after the provider had told the call's id. */
    private Uni<ResponseImage> askForTheLast(ImageClient.Request request, CallPlan plan, CallLedger ledger) {
        CallSlot slot = plan.last().limiter().resume();
        return inquiry.ask(request, plan.last(), ledger.openId(), ledger)
                .onTermination().invoke(slot::end)
                .invoke(() -> succeeded(plan.last()))
                .onFailure(ImageFailure.class).invoke(failure -> metrics.ended(plan.last(), failure.outcome()))
                .onFailure(ImageFailure.class).call(failure -> plan.failed(plan.last(), failure)
                        || failure.billing() != Billing.UNLIKELY
                                ? Uni.createFrom().voidItem()
                                : ledger.recordServerError());
    }

    private Uni<ResponseImage> send(ImageClient.Request request, Chosen chosen, CallPlan plan, CallLedger ledger) {
        plan.called(chosen.api());
        return call(request, chosen, ledger)
                .onFailure(ImageFailure.class)
                .recoverWithUni(failure -> next(chosen, plan, failure, ledger)
                        .chain(next -> next.isPresent()
                                ? send(request, next.get(), plan, ledger)
                                : Uni.createFrom().failure(failure)));
    }

    private Uni<Optional<Chosen>> next(Chosen failed, CallPlan plan, ImageFailure failure, CallLedger ledger) {
        if (!plan.failed(failed.api(), failure)) {
            return Uni.createFrom().item(Optional.empty());
        }
        // A permit that is held must be used or given back, so nothing that may fail comes between. A refusal ends the image
        // unless another provider makes it, so that one is waited for.
        return failure.outcome() == CallOutcome.REFUSED
                ? ledger.recordModerationRefusal().chain(() -> choice.choose(plan)).map(Optional::of)
                : choice.tryNow(plan);
    }

    private Uni<ResponseImage> call(ImageClient.Request request, Chosen chosen, CallLedger ledger) {
        PermittedCall call = new PermittedCall(chosen.permit(), ledger);
        return call.outcome(ledger.recordCall(chosen.api().name()).chain(() -> sendInTime(request, chosen, call)),
                id -> inquiry.ask(request, chosen.api(), id, ledger))
                .onItem().invoke(() -> succeeded(chosen.api()))
                .onFailure(ImageFailure.class).invoke(failure -> metrics.ended(chosen.api(), failure.outcome()))
                .onFailure(ImageFailure.class).recoverWithUni(failure -> record(failure, ledger)
                        .chain(() -> Uni.createFrom().failure(failure)));
    }

    private static Uni<ResponseImage> sendInTime(ImageClient.Request request, Chosen chosen, PermittedCall call) {
        return LimitedPermit.isLate(chosen.permit())
                ? Uni.createFrom().failure(new ImageFailure.NotSent("the call was late"))
                : request.send(chosen.api(), call::identify);
    }

    private void succeeded(ImageApi api) {
        recovery.callSucceeded(api.name());
        metrics.ended(api, CallOutcome.IMAGE);
    }

    private static Uni<Void> record(ImageFailure failure, CallLedger ledger) {
        if (failure instanceof ImageFailure.NotSent || failure instanceof ImageFailure.Operator) {
            return ledger.recordNotSent();
        }
        return switch (failure.billing()) {
            case NONE -> ledger.recordRefusal();
            case UNLIKELY -> ledger.recordServerError();
            case POSSIBLE -> Uni.createFrom().voidItem();
        };
    }
}
