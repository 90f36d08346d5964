package com.kt.event.content.bench.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as a reader wants them: three digits that count. */
final class Figure {
    private Figure() {
    }

    static String format(OptionalDouble value) {
        return value.isEmpty() || Double.isNaN(value.getAsDouble()) ? "–" : format(value.getAsDouble());
    }

    static String format(double value) {
        double size = Math.abs(value);
        String pattern = value == Math.rint(value) || size >= 99.95 ? "%,.0f" : size >= 9.995 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
