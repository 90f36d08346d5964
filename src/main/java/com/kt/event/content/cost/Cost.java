package com.kt.event.content.cost;

import java.math.BigDecimal;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An amount of money.
 *
 * @param currency as in ISO 4217
 */
@RegisterForReflection
public record Cost(BigDecimal amount, String currency) {
    /** Null if the currencies differ, or if the other one is not known. */
    public Cost plus(Cost other) {
        return other != null && other.currency.equals(currency)
                ? new Cost(plain(amount.add(other.amount)), currency)
                : null;
    }

    /** Without zeros at the end, and without an exponent when it is written. */
    static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
