package com.kt.event.content.job;

import java.math.BigDecimal;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.kt.event.content.cost.Cost;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a style's image took, as the provider reported it.
 *
 * @param inputTokens null if it was not reported, as are the others
 * @param units of other kinds, such as {@code seconds}; empty if none was reported
 * @param cost null if there is no price, or not everything that has one is known
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StyleUsage(Long inputTokens, Long outputTokens, Map<String, BigDecimal> units, Cost cost) {
    @JsonCreator
    public StyleUsage {
        units = units == null ? Map.of() : units;
    }

    public StyleUsage(Long inputTokens, Long outputTokens, Cost cost) {
        this(inputTokens, outputTokens, Map.of(), cost);
    }
}
