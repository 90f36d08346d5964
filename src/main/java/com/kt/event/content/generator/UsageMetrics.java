package com.kt.event.content.generator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.cost.Cost;
import com.kt.event.content.provider.ImageApi;
import com.kt.event.content.provider.Providers;
import com.kt.event.content.provider.Usage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.Startup;

/**
 * Sums what providers report that images took, and what that costs. Models are named as configured: a response may name any.
 * Every sum exists from the start, so that its first event shows as a rise.
 */
@Startup
@ApplicationScoped
class UsageMetrics {
    private final Map<ImageApi, Sums> sums = new HashMap<>();

    UsageMetrics(Providers providers, MeterRegistry meters) {
        for (ImageApi api : providers.inOrder()) {
            sums.put(api, new Sums(api.name(), api.model(), api.currency(), meters));
        }
    }

    /** @param cost null if it is not known */
    void made(ImageApi api, Usage usage, Cost cost) {
        sums.get(api).add(usage, cost);
    }

    /** Those of one provider. */
    static final class Sums {
        private final Counter input;
        private final Counter output;
        private final Map<String, Counter> units = new HashMap<>();
        /** Null without a price. */
        private final Counter cost;

        Sums(String provider, String model, Optional<String> currency, MeterRegistry meters) {
            Tags tags = Tags.of("provider", provider, "model", model);
            input = tokens(tags.and("type", "input"), meters);
            output = tokens(tags.and("type", "output"), meters);
            for (String unit : new String[]{Usage.SECONDS, Usage.IMAGES}) {
                units.put(unit, Counter.builder("content.provider.units")
                        .description("Units other than tokens that providers report for images they made")
                        .tags(tags.and("unit", unit)).register(meters));
            }
            cost = currency.map(code -> Counter.builder("content.provider.cost")
                    .description("Cost of images by the prices in the configuration, in units of the currency")
                    .tags(tags.and("currency", code)).register(meters)).orElse(null);
        }

        private static Counter tokens(Tags tags, MeterRegistry meters) {
            return Counter.builder("content.provider.tokens").description("Tokens that providers report for images")
                    .tags(tags).register(meters);
        }

        void add(Usage usage, Cost amount) {
            add(input, usage.inputTokens());
            add(output, usage.outputTokens());
            usage.units().forEach((unit, number) -> add(units.get(unit), number));
            if (amount != null) {
                add(cost, amount.amount());
            }
        }

        private static void add(Counter sum, Number number) {
            if (sum != null && number != null) {
                sum.increment(number.doubleValue());
            }
        }
    }
}
