package com.kt.event.content.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

/** Costs by price and by what a provider reports. */
class PriceTest {
    private static final Price BY_TOKENS = price("5", "30", null);

    @Test
    void tokensArePricedByTheMillion() {
        assertThat(BY_TOKENS.of(57L, 1_834L, null, null)).isEqualTo(usd("0.055305"));
        assertThat(BY_TOKENS.of(0L, 1_000_000L, null, null)).isEqualTo(usd("30"));
    }

    @Test
    void aCostThatIsNotKnownIsNotInvented() {
        assertThat(BY_TOKENS.of(57L, null, null, null)).isNull();
        assertThat(BY_TOKENS.of(null, 1_834L, null, null)).isNull();
    }

    @Test
    void anImageMayHaveAPriceOfItsOwn() {
        assertThat(price(null, null, "0.040").of(null, null, null, null)).isEqualTo(usd("0.04"));
        assertThat(price("5", null, "0.04").of(1_000L, null, null, null)).isEqualTo(usd("0.045"));
    }

    @Test
    void asManyImagesArePaidAsTheProviderCounts() {
        assertThat(price(null, null, "0.04").of(null, null, new BigDecimal("2"), null)).isEqualTo(usd("0.08"));
    }

    @Test
    void computingIsPricedByTheSecond() {
        Price bySeconds = new Price("USD", null, null, null, new BigDecimal("0.000975"));

        assertThat(bySeconds.of(null, null, null, new BigDecimal("4.1"))).isEqualTo(usd("0.0039975"));
        assertThat(bySeconds.of(57L, 1L, null, null)).isNull();
    }

    @Test
    void costsOfOneCurrencyAddUp() {
        assertThat(usd("0.045").plus(usd("0.055"))).isEqualTo(usd("0.1"));
        assertThat(usd("7").plus(usd("3")).amount().toString()).isEqualTo("10");
        assertThat(usd("0.045").plus(null)).isNull();
        assertThat(usd("0.045").plus(new Cost(BigDecimal.ONE, "KRW"))).isNull();
    }

    private static Cost usd(String amount) {
        return new Cost(new BigDecimal(amount), "USD");
    }

    private static Price price(String input, String output, String image) {
        return new Price("USD", number(input), number(output), number(image), null);
    }

    private static BigDecimal number(String text) {
        return text == null ? null : new BigDecimal(text);
    }
}
