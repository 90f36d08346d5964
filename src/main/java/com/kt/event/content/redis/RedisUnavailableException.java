package com.kt.event.content.redis;

/** What we need to answer does not answer us. */
public class RedisUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RedisUnavailableException(Throwable cause) {
        super("Redis does not answer (" + cause + ")", cause);
    }
}
