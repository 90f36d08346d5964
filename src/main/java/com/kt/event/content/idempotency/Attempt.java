package com.kt.event.content.idempotency;

import java.util.UUID;

/**
 * An attempt to answer a request that carries an idempotency key.
 *
 * @param request a description that tells the request from others with the same key
 * @param holder identifies this attempt as the one that holds the key
 */
public record Attempt(String key, String request, String holder) {
    public static Attempt of(String key, String request) {
        return new Attempt(key, request, UUID.randomUUID().toString());
    }
}
