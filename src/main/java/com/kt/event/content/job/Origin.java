package com.kt.event.content.job;

/**
 * Where a style's image comes from.
 *
 * @param provider its configured name; null if it is not known
 * @param model as the provider named it, else as configured; null if it is not known
 * @param usage what was paid in this job; null if nothing was, or if it is not known that anything was
 */
public record Origin(String provider, String model, StyleUsage usage) {
    public static final Origin UNKNOWN = new Origin(null, null, null);
}
