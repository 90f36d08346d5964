package com.kt.event.content.ratelimit;

/**
 * The configured limits of a provider.
 *
 * @param perMinute the most calls that begin within any minute; 0 if there is no limit
 * @param atATime the most calls that are under way at a time; 0 if there is no limit. With both, it also is the most calls
 *            that begin at once: further ones follow at the rate of {@code perMinute}
 */
public record CallLimits(int perMinute, int atATime) {
    public static final CallLimits NONE = new CallLimits(0, 0);

    boolean isNone() {
        return perMinute == 0 && atATime == 0;
    }
}
