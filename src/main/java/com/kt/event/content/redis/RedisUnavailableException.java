package com.kt.event.content.redis;

/** Redis does not answer, or only with its own trouble. */
public class RedisUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RedisUnavailableException(Throwable cause) {
        super("Redis does not answer (" + cause + ")", cause);
    }
}
