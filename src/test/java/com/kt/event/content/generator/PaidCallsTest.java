package com.kt.event.content.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.kt.event.content.breaker.CallFailure;
import com.kt.event.content.breaker.CallPermit;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;

import io.smallrye.mutiny.Uni;

class PaidCallsTest {
    private final List<String> reports = new ArrayList<>();

    /** As the probe's success or failure, it would close or open the breaker of all instances. */
    @Test
    void reportsNeitherSuccessNorFailureOfACallThatThisServiceEnded() {
        settle(new ImageFailure.Abandoned("the service stops"));

        assertThat(reports).containsExactly("abandoned");
    }

    @Test
    void reportsThatTheProviderWorksIfItRefusesAPrompt() {
        settle(new ImageFailure.Permanent(Reason.REJECTED, "moderation"));

        assertThat(reports).containsExactly("success");
    }

    @Test
    void reportsWhatMayBeTheProvidersFault() {
        settle(new ImageFailure(Reason.TIMEOUT, Billing.POSSIBLE, "timeout"));

        assertThat(reports).containsExactly("failure: timeout");
    }

    private void settle(ImageFailure failure) {
        PaidCalls.settle(failure, new RecordingPermit(), new NoLedger()).await().indefinitely();
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

        private Uni<Void> report(String outcome) {
            return Uni.createFrom().voidItem().invoke(() -> reports.add(outcome));
        }
    }
}
