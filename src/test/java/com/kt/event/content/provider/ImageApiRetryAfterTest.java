package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.ImageFailure.Billing;

/** The delay before the next call, and providers that forbid a retry. */
class ImageApiRetryAfterTest extends ImageApiFailuresSuite {
    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void passesOnTheRetryAfter(int status) {
        assertThat(failureOf(response(status, "17")).retryAfter()).contains(Duration.ofSeconds(17));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void hasNoRetryAfterWithoutTheHeader(int status) {
        assertThat(failureOf(response(status)).retryAfter()).isEmpty();
    }

    @Test
    void readsTheRetryAfterFromTheBodyWithoutTheHeader() {
        assertThat(failureOf(429, json("{'error': {'message': 'Rate limit. Please try again in 12s.'}}")).retryAfter())
                .contains(Duration.ofSeconds(12));
        assertThat(failureOf(429, json("{'detail': 'Request was throttled.', 'retry_after': 9}")).retryAfter())
                .contains(Duration.ofSeconds(9));
        assertThat(failureOf(429,
                json("[{'error': {'details': [{'@type': 'google.rpc.RetryInfo', 'retryDelay': '41.5s'}]}}]"))
                .retryAfter()).contains(Duration.ofMillis(41_500));
        assertThat(ImageApiFailures.of(429, Map.of("retry-after", "30")::get, "try again in 12s").retryAfter())
                .as("the header is there").contains(Duration.ofSeconds(30));
    }

    @Test
    void passesOnWhatTheBodySaysToAnOperatorToo() {
        ImageFailure failure = failureOf(401, json("{'error': {'message': 'Please try again in 12s.'}}"));

        assertOperator(failure, OperatorFault.KEY);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(12));
    }

    @Test
    void passesOnNothingThatTheBodySaysOfAnotherFailure() {
        assertThat(failureOf(500, json("{'error': {'message': 'Please try again in 12s.'}}")).retryAfter()).isEmpty();
    }

    @Test
    void waitsForTheResetOfALimitOnlyWhereALimitWasMet() {
        Map<String, String> headers = Map.of("x-ratelimit-reset", "12s");

        assertThat(ImageApiFailures.of(429, headers::get, "").retryAfter()).contains(Duration.ofSeconds(12));
        assertThat(ImageApiFailures.of(500, headers::get, "").retryAfter()).isEmpty();
    }

    @Test
    void allowsNoCallAfterAServerErrorIfTheProviderForbidsRetries() {
        assertThat(ImageApiFailures.of(500, Map.of("x-should-retry", "false")::get, "").billing())
                .isEqualTo(Billing.POSSIBLE);
        assertThat(ImageApiFailures.of(500, Map.of("x-should-retry", "true")::get, "").billing())
                .isEqualTo(Billing.UNLIKELY);
        assertThat(ImageApiFailures.of(504, Map.of("x-should-retry", "true")::get, "").billing())
                .as("says nothing of who pays").isEqualTo(Billing.POSSIBLE);
        assertThat(ImageApiFailures.of(429, Map.of("x-should-retry", "false")::get, "").billing())
                .as("nothing was made").isEqualTo(Billing.NONE);
    }
}
