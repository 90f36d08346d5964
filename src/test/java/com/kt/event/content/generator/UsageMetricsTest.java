package com.kt.event.content.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import com.kt.event.content.cost.Cost;
import com.kt.event.content.provider.Usage;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class UsageMetricsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void sumsTokensUnitsAndMoneyByProviderAndModel() {
        UsageMetrics.Sums sums = new UsageMetrics.Sums("main", "m", Optional.of("USD"), meters);

        sums.add(new Usage(57L, 1_834L), new Cost(new BigDecimal("0.05"), "USD"));
        sums.add(new Usage(3L, null).withUnit(Usage.SECONDS, new BigDecimal("4.1")), null);

        assertThat(sum("content.provider.tokens", "type", "input")).isEqualTo(60);
        assertThat(sum("content.provider.tokens", "type", "output")).isEqualTo(1_834);
        assertThat(sum("content.provider.units", "unit", "seconds")).isEqualTo(4.1);
        assertThat(sum("content.provider.units", "unit", "images")).isZero();
        assertThat(sum("content.provider.cost", "currency", "USD")).isEqualTo(0.05);
    }

    @Test
    void aProviderWithoutPricesCostsNothingThatIsKnown() {
        new UsageMetrics.Sums("main", "m", Optional.empty(), meters).add(new Usage(57L, 1L), null);

        assertThat(meters.getMeters()).extracting(Meter::getId).noneMatch(id -> id.getName().contains("cost"));
    }

    private double sum(String name, String tag, String value) {
        return meters.get(name).tags("provider", "main", "model", "m", tag, value).counter().count();
    }
}
