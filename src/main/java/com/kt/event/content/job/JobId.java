package com.kt.event.content.job;

import java.util.UUID;

/**
 * The id of a job, chosen before the job exists: an attempt to accept it with an unknown outcome can be repeated with the
 * same id.
 *
 * @param isReused whether an earlier attempt may have queued a job of this id
 */
public record JobId(String value, boolean isReused) {
    public static JobId create() {
        return new JobId(UUID.randomUUID().toString(), false);
    }

    /** Whether the id has the characters of a UUID only, as those have that are created here. */
    public static boolean isPlain(String id) {
        return id.chars().allMatch(character -> character == '-' || character >= '0' && character <= '9'
                || character >= 'a' && character <= 'f');
    }

    public static JobId reuse(String value) {
        return new JobId(value, true);
    }
}
