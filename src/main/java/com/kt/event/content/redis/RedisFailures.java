package com.kt.event.content.redis;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.redis.client.impl.types.ErrorType;

/**
 * Distinguishes transient failures of Redis (unreachable, out of memory, loading, read-only, access denied) from final ones,
 * which a retry would only repeat: the key has another type, a script fails on the value, the value cannot be parsed.
 */
public final class RedisFailures {
    /**
     * Error codes of states that end by themselves or that an operator ends. The failure of a script contains the code of
     * the command that failed in it, so the pattern matches anywhere in the message.
     */
    private static final Pattern TRANSIENT = Pattern.compile("\\b(OOM|LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|"
            + "MOVED|ASK|BUSY|NOREPLICAS|MISCONF|NOAUTH|NOPERM|WRONGPASS|UNBLOCKED|NOSCRIPT)\\b");
    /** WRONGTYPE, and the three forms in which Redis 6.2, 7 and 8 report that a script failed. */
    private static final Pattern FINAL = Pattern.compile("\\bWRONGTYPE\\b|Error running script|user_script|script: ");

    private RedisFailures() {
    }

    /** Whether the same command would fail in the same way at any later time. */
    public static boolean isFinal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableValueException || cause instanceof JsonProcessingException
                    || cause instanceof DateTimeParseException || cause instanceof NumberFormatException) {
                return true;
            }
            String message = cause.getMessage();
            if (message != null && FINAL.matcher(message).find()) {
                return !TRANSIENT.matcher(message).find();
            }
        }
        return false;
    }

    /**
     * Whether Redis, or the way to it, is the reason. The client has no exception of its own: these types are what comes
     * out of it. Files, and values read from Redis, fail with subtypes of them that have nothing to do with Redis.
     */
    public static boolean isRedisTrouble(Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof IOException && !(failure instanceof FileSystemException)
                        && !(failure instanceof JsonProcessingException)
                || failure instanceof VertxException && !(failure instanceof io.vertx.core.file.FileSystemException)
                || failure instanceof NoStackTraceThrowable || failure instanceof ErrorType
                || failure instanceof RedisBatchException;
    }

    /** Whether the key has another type than the command expects. */
    public static boolean isWrongType(Throwable failure) {
        String message = failure.getMessage();
        return message != null && message.contains("WRONGTYPE");
    }
}
