package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import com.kt.event.content.ratelimit.ResponseLimits;

import io.vertx.core.MultiMap;

/** The forms in which providers name the limits of an account. */
class RateLimitHeadersTest {
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    @Test
    void readsTheLimitOfImages() {
        headers.add("X-RateLimit-Limit-Input-Images", "5").add("x-ratelimit-remaining-input-images", "2")
                .add("x-ratelimit-reset-input-images", "36s");

        assertThat(seen()).isEqualTo(new ResponseLimits(5, 2, Duration.ofSeconds(36), Duration.ZERO, false));
    }

    @Test
    void theStrictestLimitOfCallsCounts() {
        headers.add("x-ratelimit-limit-requests", "500").add("x-ratelimit-limit", "20")
                .add("x-ratelimit-remaining", "3")
                .add("x-ratelimit-limit-tokens", "1");

        assertThat(seen().limit()).isEqualTo(20);
        assertThat(seen().remaining()).isEqualTo(3);
    }

    @Test
    void whateverIsUsedUpStopsCalls() {
        headers.add("x-ratelimit-remaining-tokens", "0").add("x-ratelimit-reset-tokens", "1m6s")
                .add("x-ratelimit-remaining-anything", "0").add("x-ratelimit-reset-anything", "240ms")
                .add("x-ratelimit-remaining-requests", "1").add("x-ratelimit-reset-requests", "9m");

        assertThat(seen().exhausted()).hasSeconds(66);
        assertThat(seen().limit()).isZero();
    }

    @Test
    void readsSecondsAndPolicies() {
        headers.add("x-ratelimit-limit", "6;w=60").add("x-ratelimit-remaining", "0").add("x-ratelimit-reset", "9");

        assertThat(seen()).isEqualTo(new ResponseLimits(6, 0, Duration.ofSeconds(9), Duration.ofSeconds(9), false));
    }

    @Test
    void whatCannotBeReadSaysNothing() {
        headers.add("x-ratelimit-limit", "many").add("x-ratelimit-remaining", "").add("x-ratelimit-reset", "1795600000")
                .add("x-ratelimit-limit-a", "99999999999").add("x-ratelimit-scope", "5").add("ratelimit-limit", "3");

        assertThat(seen()).isEqualTo(ResponseLimits.NONE);
    }

    @Test
    void aRefusalCountsWithoutHeaders() {
        assertThat(RateLimitHeaders.of(headers, true)).isEqualTo(new ResponseLimits(0, -1, Duration.ZERO,
                Duration.ZERO, true));
        assertThat(seen()).isSameAs(ResponseLimits.NONE);
    }

    private ResponseLimits seen() {
        return RateLimitHeaders.of(headers, false);
    }
}
