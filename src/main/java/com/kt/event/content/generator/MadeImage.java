package com.kt.event.content.generator;

import java.math.BigDecimal;
import java.util.Map;

import com.kt.event.content.cost.Cost;

/**
 * An image that a provider has made, whether or not it can be used.
 *
 * @param provider as configured
 * @param model as answered, else as configured; null if neither is known
 * @param inputTokens as reported; null if they are not, as is the next one
 * @param units of other kinds, as reported
 * @param cost null if it is not known
 * @param prompt as it was sent
 * @param requestId by which the provider's support finds the request; null if it is not known
 */
public record MadeImage(String provider, String model, Long inputTokens, Long outputTokens,
        Map<String, BigDecimal> units, Cost cost, String prompt,
        String requestId) {
}
