package com.kt.event.content.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;
import com.kt.event.content.provider.ResponseImage;

import io.smallrye.mutiny.Uni;

/** A provider that never tells the outcome of a call is not asked for it for good. */
class OutcomeInquiryEndTest {
    private final AtomicInteger inquiries = new AtomicInteger();

    static Stream<ImageFailure> thatTellNothing() {
        return Stream.of(ImageFailure.busy("status 503", null),
                new ImageFailure.Operator(OperatorFault.KEY, "status 401", null));
    }

    /** It must not look as if nothing had been made: the call would be paid again. */
    @ParameterizedTest
    @MethodSource("thatTellNothing")
    void isUnknownOnceNobodyWaits(ImageFailure failure) {
        ImageFailure end = catchThrowableOfType(ImageFailure.class, () -> ask(failure, Duration.ZERO));

        assertThat(end.outcome()).isEqualTo(CallOutcome.UNKNOWN);
        assertThat(end.billing()).isEqualTo(Billing.POSSIBLE);
        assertThat(end.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(end).hasMessageContaining(failure.getMessage());
        assertThat(inquiries).hasValue(1);
    }

    @Test
    void comesAfterFurtherInquiriesWhileSomebodyWaits() {
        assertThat(catchThrowableOfType(ImageFailure.class,
                () -> ask(ImageFailure.busy("status 503", null), Duration.ofMillis(1_500))).outcome())
                .isEqualTo(CallOutcome.UNKNOWN);
        assertThat(inquiries).hasValueGreaterThan(1);
    }

    @Test
    void keepsAnOutcome() {
        assertThat(catchThrowableOfType(ImageFailure.class,
                () -> ask(ImageFailure.refused("moderation"), Duration.ofSeconds(-1))).outcome())
                .isEqualTo(CallOutcome.REFUSED);
    }

    private ResponseImage ask(ImageFailure failure, Duration limit) {
        return OutcomeInquiry.ask(Uni.createFrom().deferred(() -> {
            inquiries.incrementAndGet();
            return Uni.createFrom().failure(failure);
        }), limit).await().atMost(PatientAwaitility.LIMIT);
    }
}
