package com.kt.event.content.settings;

import jakarta.annotation.Priority;

import org.eclipse.microprofile.config.spi.Converter;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;

/** Quarkus's converter, except that a size that is too large is reported with the setting's name. */
@Priority(StrictDurationConverter.BEFORE_QUARKUS)
public class StrictMemorySizeConverter implements Converter<MemorySize> {
    private static final long serialVersionUID = 1L;

    @Override
    public MemorySize convert(String value) {
        MemorySize size = new MemorySizeConverter().convert(value);
        try {
            if (size != null) {
                size.asLongValue();
            }
            return size;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + value + "' is too large", e);
        }
    }
}
