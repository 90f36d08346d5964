package com.kt.event.content.bench.report;

/**
 * A row of the table.
 *
 * @param key its name in the JSON file; it stays the same from version to version, so that files can be compared
 * @param unit empty for a number of things
 */
public record Metric(String key, String label, String unit, Kind kind) {

    /** What a value says. */
    public enum Kind {
        /** A time or a cost: smaller is better. It varies with the machine and from round to round. */
        COST(false, 0.10),
        /** A rate: larger is better. It varies likewise. */
        RATE(true, 0.10),
        /** Memory: smaller is better. */
        SIZE(false, 0.05),
        /** A number of commands: smaller is better. It hardly varies. */
        COUNT(false, 0.02),
        /** Errors and losses: smaller is better, and each one counts. The rounds are added up. */
        FAILURES(false, 0);

        private final boolean isMoreBetter;
        private final double noise;

        Kind(boolean isMoreBetter, double noise) {
            this.isMoreBetter = isMoreBetter;
            this.noise = noise;
        }

        /** A slower machine changes it, and the floor's value alike. */
        boolean isOfTheMachine() {
            return this == COST || this == RATE;
        }

        boolean isMoreBetter() {
            return isMoreBetter;
        }

        /** A relative difference that says nothing, even if the rounds agree with one another. */
        double noise() {
            return noise;
        }
    }

    public static Metric cost(String key, String label, String unit) {
        return new Metric(key, label, unit, Kind.COST);
    }

    public static Metric size(String key, String label, String unit) {
        return new Metric(key, label, unit, Kind.SIZE);
    }

    public static Metric rate(String key, String label, String unit) {
        return new Metric(key, label, unit, Kind.RATE);
    }

    public static Metric count(String key, String label) {
        return new Metric(key, label, "", Kind.COUNT);
    }

    public static Metric failures(String key, String label) {
        return new Metric(key, label, "", Kind.FAILURES);
    }
}
