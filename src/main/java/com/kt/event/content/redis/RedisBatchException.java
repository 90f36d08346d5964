package com.kt.event.content.redis;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands of a batch failed. What the others answered is lost.
 *
 * @see RedisPipeline#send
 */
public final class RedisBatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How the client reports a command that failed (vertx-redis-client 4.5, RedisStandaloneConnection.batch). */
    private static final Pattern ERROR = Pattern.compile("(?m)^ERR \\[(\\d+)\\] (.*)$");

    private final TreeMap<Integer, String> errors;

    RedisBatchException(Map<Integer, String> errors, Throwable cause) {
        super("Commands of a batch failed: " + errors, cause);
        this.errors = new TreeMap<>(errors);
    }

    /** The client's failure with its commands told apart; the failure itself if it has nothing to do with one of them. */
    static Throwable of(Throwable failure) {
        Map<Integer, String> errors = new TreeMap<>();
        Matcher matcher = ERROR.matcher(String.valueOf(failure.getMessage()));
        while (matcher.find()) {
            errors.put(Integer.valueOf(matcher.group(1)), matcher.group(2));
        }
        return errors.isEmpty() ? failure : new RedisBatchException(errors, failure);
    }

    /** The index of the first command that failed, from 0. */
    public int first() {
        return errors.firstKey();
    }

    /**
     * The error of the command with this index, such as {@code OOM command not allowed …}; null if it was executed (or, in a
     * cluster, not sent because an earlier one failed). {@code CONNECTION_CLOSED}: it was sent, and its outcome is unknown.
     */
    public String error(int index) {
        return errors.get(index);
    }

    int size() {
        return errors.size();
    }
}
