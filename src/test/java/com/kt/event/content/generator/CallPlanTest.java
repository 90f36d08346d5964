package com.kt.event.content.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.ImageApi;
import com.kt.event.content.provider.ImageApis;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;

class CallPlanTest {
    private static final ImageFailure BUSY = ImageFailure.busy("429", Duration.ofMinutes(5));
    private static final ImageFailure OPERATOR = new ImageFailure.Operator(OperatorFault.KEY, "401", null);
    private static final ImageFailure SERVER_ERROR = new ImageFailure(Reason.ERROR, Billing.UNLIKELY, "500");
    private static final ImageFailure TIMED_OUT = ImageFailure.unknown(Reason.TIMEOUT, "timeout");
    private static final ImageFailure REFUSED = ImageFailure.refused("moderation");

    private final ImageApi first = ImageApis.named("first");
    private final ImageApi second = ImageApis.named("second");
    private final CallPlan plan = plan(false, null);

    @Test
    void callsTheFirstOfTheOrder() {
        assertThat(plan.candidates()).containsExactly(first, second);
        assertThat(plan.last()).isEqualTo(first);
    }

    @Test
    void movesOnWhereNothingWasMade() {
        assertThat(plan.failed(first, BUSY)).isTrue();
        assertThat(plan.candidates()).containsExactly(second);

        assertThat(plan.failed(second, OPERATOR)).isTrue();
        assertThat(plan.candidates()).isEmpty();

        plan.restart();
        assertThat(plan.candidates()).containsExactly(first, second);
    }

    @Test
    void movesOnIfTheCircuitBreakerOfAnInstanceIsOpen() {
        assertThat(plan.failed(first, new ImageFailure.NotSent())).isTrue();
    }

    /** The image may have been made and billed. */
    @Test
    void staysWhereAServerErrorWas() {
        assertThat(plan.failed(first, SERVER_ERROR)).isFalse();
        assertThat(plan.candidates()).containsExactly(first);

        assertThat(plan.failed(first, BUSY)).isFalse();
        plan.restart();
        assertThat(plan.candidates()).containsExactly(first);
        assertThat(plan.hasOthers()).isFalse();
    }

    @Test
    void neverMovesOnAfterACallThatMayHaveBeenBilled() {
        assertThat(plan.failed(first, TIMED_OUT)).isFalse();
    }

    /** A worker has died during a call of the second. */
    @Test
    void repeatsAnEarlierCallAtItsOwnProvider() {
        CallPlan later = plan(true, second);

        assertThat(later.last()).isEqualTo(second);
        assertThat(later.candidates()).containsExactly(second);
        assertThat(later.failed(second, BUSY)).isFalse();
        assertThat(later.failed(second, REFUSED)).isFalse();
    }

    @Test
    void acceptsARefusalUnlessToldOtherwise() {
        assertThat(plan.failed(first, REFUSED)).isFalse();

        CallPlan appealing = plan(true, null);
        assertThat(appealing.failed(first, REFUSED)).isTrue();
        assertThat(appealing.candidates()).containsExactly(second);
        appealing.restart();
        assertThat(appealing.candidates()).containsExactly(second);
    }

    @Test
    void doesNotMoveOnWithABadRequest() {
        assertThat(plan.failed(first, ImageFailure.badRequest("400"))).isFalse();
        assertThat(plan.failed(first, new ImageFailure.Abandoned("stop"))).isFalse();
        assertThat(plan.failed(first, ImageFailure.invalid("no image"))).isFalse();
    }

    /** A worker has died while it waited for the second. */
    @Test
    void doesNotAskOneAgainThatHasRefused() {
        CallPlan later = new CallPlan(List.of(first, second), true, List.of("first", "renamed"), null);

        assertThat(later.last()).isEqualTo(second);
        assertThat(later.candidates()).containsExactly(second);
        assertThat(later.hasOthers()).isFalse();
        assertThat(later.isRefused()).isFalse();
        assertThat(later.failed(second, REFUSED)).isFalse();
    }

    @Test
    void isRefusedIfAllThatAreLeftHaveRefused() {
        assertThat(new CallPlan(List.of(first), true, List.of("first", "second"), null).isRefused()).isTrue();
        assertThat(plan.isRefused()).isFalse();
    }

    private CallPlan plan(boolean isModerationFallback, ImageApi bound) {
        return new CallPlan(List.of(first, second), isModerationFallback, List.of(), bound);
    }
}
