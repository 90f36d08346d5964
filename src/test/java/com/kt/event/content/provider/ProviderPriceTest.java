package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import com.kt.event.content.cost.Price;

import io.quarkus.runtime.configuration.ConfigurationException;

/** The prices in the configuration of a provider. */
class ProviderPriceTest {
    @Test
    void aProviderHasNoPriceByItself() {
        assertThat(price(Map.of())).isNull();
    }

    @Test
    void readsPrices() {
        assertThat(price(Map.of("price-currency", "USD", "price-million-input-tokens", "5", "price-image", "0.04")))
                .isEqualTo(new Price("USD", new BigDecimal("5"), null, new BigDecimal("0.04"), null));
        assertThat(price(Map.of("price-currency", "USD", "price-second", "0.001")))
                .isEqualTo(new Price("USD", null, null, null, new BigDecimal("0.001")));
    }

    @Test
    void aPriceNeedsACurrencyAndTheReverse() {
        assertThatThrownBy(() -> price(Map.of("price-image", "0.04"))).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("content.providers.main.price-currency must be set");
        assertThatThrownBy(() -> price(Map.of("price-currency", "USD"))).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("price-currency must not be set without a price");
    }

    private static Price price(Map<String, String> members) {
        return ProviderPrice.of("main", member -> Optional.ofNullable(members.get(member)));
    }
}
