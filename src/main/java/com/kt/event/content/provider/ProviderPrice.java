package com.kt.event.content.provider;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import com.kt.event.content.cost.Price;

import io.quarkus.runtime.configuration.ConfigurationException;

/** Reads what a provider charges. */
final class ProviderPrice {
    private static final String CURRENCY = "price-currency";

    private ProviderPrice() {
    }

    /**
     * Null if none is configured.
     *
     * @param members the settings of the provider, which may lack these
     * @throws ConfigurationException if a price has no currency, or the reverse
     */
    static Price of(String name, Function<String, Optional<String>> members) {
        BigDecimal input = amount(members, "price-million-input-tokens");
        BigDecimal output = amount(members, "price-million-output-tokens");
        BigDecimal image = amount(members, "price-image");
        BigDecimal second = amount(members, "price-second");
        Optional<String> currency = members.apply(CURRENCY);
        boolean isPriced = Stream.of(input, output, image, second).anyMatch(amount -> amount != null);
        if (isPriced != currency.isPresent()) {
            throw new ConfigurationException("content.providers." + name + "." + CURRENCY + (isPriced
                    ? " must be set, because there is a price"
                    : " must not be set without a price: price-million-input-tokens, price-million-output-tokens,"
                            + " price-image or price-second"));
        }
        return isPriced ? new Price(currency.get(), input, output, image, second) : null;
    }

    private static BigDecimal amount(Function<String, Optional<String>> members, String member) {
        return members.apply(member).map(text -> new BigDecimal(text.strip())).orElse(null);
    }
}
