package com.kt.event.content.api;

import java.math.BigDecimal;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.kt.event.content.cost.Cost;
import com.kt.event.content.job.ProviderUsage;

/** The JSON of what a job took of a provider. */
@Schema(name = "JobUsage",
        description = "What a job took of one model of a provider. A member is absent if it, or a part of it, is not known",
        requiredProperties = {"provider", "pictures"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record UsageView(
        @Schema(ref = "Provider") String provider,
        @Schema(ref = "Model") String model,
        @Schema(description = "How many images the provider made, also those that could not be used", minimum = "1",
                maximum = "16", examples = "3") int pictures,
        @Schema(description = "As the provider reported them", minimum = "0", maximum = "9007199254740991",
                examples = "171") Long inputTokens,
        @Schema(description = "As the provider reported them", minimum = "0", maximum = "9007199254740991",
                examples = "5502") Long outputTokens,
        CostView cost) {

    @Schema(name = "Cost", description = "By the prices in the configuration of the service; absent without prices",
            requiredProperties = {"amount", "currency"})
    record CostView(
            @Schema(description = "Exact, in units of the currency", minimum = "0", maximum = "1000000000",
                    examples = "0.165915") BigDecimal amount,
            @Schema(description = "As in ISO 4217", minLength = 3, maxLength = 3, pattern = "^[A-Z]{3}$",
                    examples = "USD") String currency) {

        private static CostView of(Cost cost) {
            return cost == null ? null : new CostView(cost.amount(), cost.currency());
        }
    }

    static List<UsageView> of(List<ProviderUsage> usage) {
        return usage.stream().map(each -> new UsageView(each.provider(), each.model(), each.pictures(),
                each.inputTokens(), each.outputTokens(), CostView.of(each.cost()))).toList();
    }
}
