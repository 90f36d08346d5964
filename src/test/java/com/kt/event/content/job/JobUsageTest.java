package com.kt.event.content.job;

import static com.kt.event.content.recommendation.Style.FANCY;
import static com.kt.event.content.recommendation.Style.SIMPLE;
import static com.kt.event.content.recommendation.Style.TRENDY;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

import com.kt.event.content.cost.Cost;

/** What a job sums up of its styles. */
class JobUsageTest extends JobSuite {
    private final Job started = called(created);

    @Test
    void sumsByProviderAndModel() {
        Job job = started.complete(SIMPLE, LINK, origin("main", "a", 57L, 1_834L, "0.05"), LATER)
                .complete(FANCY, LINK, origin("main", "a", 60L, 1_834L, "0.06"), LATER)
                .complete(TRENDY, LINK, origin("second", "b", null, null, null), LATER);

        assertThat(job.usage()).containsExactly(
                new ProviderUsage("main", "a", 2, 117L, 3_668L, usd("0.11")),
                new ProviderUsage("second", "b", 1, null, null, null));
    }

    @Test
    void aSumWithAnUnknownPartIsUnknown() {
        Job job = started.complete(SIMPLE, LINK, origin("main", "a", 57L, null, "0.05"), LATER)
                .complete(FANCY, LINK, origin("main", "a", null, null, null), LATER);

        assertThat(job.usage()).containsExactly(new ProviderUsage("main", "a", 2, null, null, null));
    }

    @Test
    void anImageThatCouldNotBeUsedIsPaidForAllTheSame() {
        Job job = started.fail(SIMPLE, StyleError.IMAGE_INVALID, origin("main", "a", 57L, 1_834L, "0.05"), LATER)
                .fail(FANCY, StyleError.IMAGE_REJECTED, LATER);

        assertThat(job.usage()).containsExactly(new ProviderUsage("main", "a", 1, 57L, 1_834L, usd("0.05")));
    }

    @Test
    void nothingIsKnownOfWhatAnOlderVersionWrote() {
        assertThat(started.complete(SIMPLE, LINK, LATER).usage()).isEmpty();
    }

    private static Origin origin(String provider, String model, Long input, Long output, String amount) {
        return new Origin(provider, model, new StyleUsage(input, output, amount == null ? null : usd(amount)));
    }

    private static Cost usd(String amount) {
        return new Cost(new BigDecimal(amount), "USD");
    }
}
