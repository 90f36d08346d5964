package com.kt.event.content.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.kt.event.content.job.NoSuchJobException;
import com.kt.event.content.redis.UnreadableValueException;

/** The reason why a stream of events ends before its job does. */
@Schema(description = """
        The reason why a stream of events ends before its job does. More reasons may be added.

        - `STOPPING` this instance of the service is being stopped: connect again
        - `UNAVAILABLE` the job store has not answered for a minute: connect again later
        - `GONE` the job has expired
        - `UNREADABLE` the job's record cannot be read
        """)
enum StreamEnd {
    STOPPING(2_000), UNAVAILABLE(10_000), GONE(2_000), UNREADABLE(10_000);

    private final long reconnectMillis;

    StreamEnd(long reconnectMillis) {
        this.reconnectMillis = reconnectMillis;
    }

    static StreamEnd of(Throwable failure) {
        if (failure instanceof NoSuchJobException) {
            return GONE;
        }
        return failure instanceof UnreadableValueException ? UNREADABLE : UNAVAILABLE;
    }

    /** The delay before an EventSource should reconnect, in milliseconds. */
    long reconnectMillis() {
        return reconnectMillis;
    }
}
