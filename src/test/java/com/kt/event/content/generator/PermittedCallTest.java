package com.kt.event.content.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import com.kt.event.content.breaker.CallFailure;
import com.kt.event.content.breaker.CallPermit;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;
import com.kt.event.content.provider.ResponseImage;
import com.kt.event.content.ratelimit.CallSlot;

import io.smallrye.mutiny.Uni;

class PermittedCallTest {
    private static final ImageFailure TIMEOUT = new ImageFailure(Reason.TIMEOUT, Billing.POSSIBLE, "timeout");

    private final List<String> reports = new ArrayList<>();
    private final List<String> inquiries = new ArrayList<>();
    private final CompletableFuture<ResponseImage> inquiry = new CompletableFuture<>();
    private String id;
    private boolean isRecordable = true;

    /** As the probe's success or failure, it would close or open the breaker of all instances. */
    @Test
    void reportsNeitherSuccessNorFailureOfACallThatThisServiceEnded() {
        id = "p-1";

        fail(new ImageFailure.Abandoned("the service stops"));

        assertThat(reports).containsExactly("abandoned", "slot released");
        assertThat(inquiries).isEmpty();
    }

    @Test
    void reportsThatTheProviderWorksIfItRefusesAPrompt() {
        fail(new ImageFailure.Permanent(Reason.REJECTED, "moderation"));

        assertThat(reports).containsExactly("success", "slot released");
    }

    @Test
    void reportsWhatMayBeTheProvidersFault() {
        fail(TIMEOUT);

        assertThat(reports).containsExactly("failure: timeout", "slot released");
    }

    /** The probe would block its provider for as long as the outcome is not known, which may be as long as the job lasts. */
    @Test
    void reportsATimeoutBeforeItAsksForTheOutcomeAndKeepsItsSlotUntilThat() {
        id = "p-1";

        CompletableFuture<ResponseImage> outcome = fail(TIMEOUT);

        assertThat(inquiries).containsExactly("p-1");
        assertThat(reports).containsExactly("failure: timeout");
        inquiry.complete(null);
        assertThat(outcome).isCompleted();
        assertThat(reports).containsExactly("failure: timeout", "slot released");
    }

    /** Redis does not reply, and the call times out before that. A crash would lose the id, this service need not. */
    @Test
    void asksByAnIdThatCannotBeRecorded() {
        id = "p-1";
        isRecordable = false;

        assertThat(fail(TIMEOUT)).isNotDone();

        assertThat(inquiries).containsExactly("p-1");
    }

    @Test
    void reportsNothingMoreOfAnInquiryThatFailsOrIsCancelled() {
        id = "p-1";
        CompletableFuture<ResponseImage> failing = fail(TIMEOUT);
        inquiry.completeExceptionally(ImageFailure.refused("moderation"));
        assertThat(failing).isCompletedExceptionally();

        CompletableFuture<ResponseImage> cancelled = call(Uni.createFrom().failure(TIMEOUT),
                Uni.createFrom().nothing());
        cancelled.cancel(false);

        assertThat(reports).containsExactly("failure: timeout", "slot released", "failure: timeout", "slot released");
    }

    @Test
    void givesThePermitBackIfTheCallIsCancelledOrDoesNotGoOut() {
        call(Uni.createFrom().nothing(), Uni.createFrom().nothing()).cancel(false);
        call(Uni.createFrom().failure(new IllegalStateException("no record")), Uni.createFrom().nothing());

        assertThat(reports).containsExactly("abandoned", "slot released", "abandoned", "slot released");
    }

    private CompletableFuture<ResponseImage> fail(ImageFailure failure) {
        return call(Uni.createFrom().failure(failure), Uni.createFrom().completionStage(inquiry));
    }

    private CompletableFuture<ResponseImage> call(Uni<ResponseImage> call, Uni<ResponseImage> asked) {
        CallLedger ledger = new NoLedger() {
            @Override
            public Uni<Void> recordId(String told) {
                return isRecordable ? Uni.createFrom().voidItem() : Uni.createFrom().nothing();
            }
        };
        PermittedCall permitted = new PermittedCall(
                new LimitedPermit(new RecordingPermit(), new RecordingSlot()), ledger);
        if (id != null) {
            permitted.identify(id).subscribeAsCompletionStage();
        }
        return permitted.outcome(call, by -> {
            inquiries.add(by);
            return asked;
        }).subscribeAsCompletionStage();
    }

    private Uni<Void> report(String outcome) {
        return Uni.createFrom().voidItem().invoke(() -> reports.add(outcome));
    }

    private final class RecordingSlot implements CallSlot {
        @Override
        public boolean isLate() {
            return false;
        }

        @Override
        public Uni<Void> release() {
            return report("slot released");
        }
    }

    private final class RecordingPermit implements CallPermit {
        @Override
        public Uni<Void> success() {
            return report("success");
        }

        @Override
        public Uni<Void> failure(CallFailure failure) {
            return report("failure: " + failure.reason());
        }

        @Override
        public Uni<Void> abandoned() {
            return report("abandoned");
        }
    }
}
