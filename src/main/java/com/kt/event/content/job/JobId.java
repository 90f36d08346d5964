package com.kt.event.content.job;

import java.util.UUID;

/**
 * The id that a job will have, which is known before the job is: an attempt to accept it that ended in doubt can be
 * repeated with the same id, and is then recognised.
 *
 * @param isReused whether an earlier attempt may have queued a job of this id
 */
public record JobId(String value, boolean isReused) {
    public static JobId create() {
        return new JobId(UUID.randomUUID().toString(), false);
    }

    public static JobId reuse(String value) {
        return new JobId(value, true);
    }
}
