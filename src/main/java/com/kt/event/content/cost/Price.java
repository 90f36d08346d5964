package com.kt.event.content.cost;

import java.math.BigDecimal;

/**
 * What a provider charges, as it is configured.
 *
 * @param currency as in ISO 4217
 * @param millionInputTokens of a million tokens of requests; null if they have no price
 * @param millionOutputTokens of a million tokens of responses; null if they have no price
 * @param image of an image, whatever tokens it took; null if it has no price of its own
 * @param second of a second of the provider's computing; null if it has no price
 */
public record Price(String currency, BigDecimal millionInputTokens, BigDecimal millionOutputTokens, BigDecimal image,
        BigDecimal second) {
    private static final int MILLION = 6;

    /**
     * The cost of a call that made an image; null if tokens or seconds have a price and their number is not known.
     *
     * @param inputTokens null if it is not known, as are the others
     * @param images how many the provider counts; one if it is not known
     */
    public Cost of(Long inputTokens, Long outputTokens, BigDecimal images, BigDecimal seconds) {
        BigDecimal input = ofTokens(millionInputTokens, inputTokens);
        BigDecimal output = ofTokens(millionOutputTokens, outputTokens);
        BigDecimal time = product(second, seconds);
        BigDecimal counted = product(image, images == null ? BigDecimal.ONE : images);
        return input == null || output == null || time == null
                ? null
                : new Cost(Cost.plain(input.add(output).add(time).add(counted)), currency);
    }

    private static BigDecimal ofTokens(BigDecimal million, Long tokens) {
        BigDecimal millions = tokens == null ? null : BigDecimal.valueOf(tokens).movePointLeft(MILLION);
        return product(million, millions);
    }

    /** Zero without a price; null if the number is not known. */
    private static BigDecimal product(BigDecimal price, BigDecimal number) {
        if (price == null) {
            return BigDecimal.ZERO;
        }
        return number == null ? null : price.multiply(number);
    }
}
