package com.kt.event.content.redis;

import java.util.HashMap;
import java.util.Map;

import io.vertx.mutiny.redis.client.Response;

/** Reads the reply to HGETALL, from the command itself or from a script. */
public final class RedisHash {
    private RedisHash() {
    }

    /** The fields and their values; empty if there is no key. Names and values are decoded as UTF-8. */
    public static Map<String, String> fields(Response reply) {
        io.vertx.redis.client.Response hash = reply.getDelegate();
        Map<String, String> fields = new HashMap<>();
        // A script replies with a list, and the command with a map or, before RESP3, a list.
        if (hash.isArray()) {
            for (int i = 0; i + 1 < hash.size(); i += 2) {
                fields.put(hash.get(i).toString(), hash.get(i + 1).toString());
            }
        } else {
            hash.getKeys().forEach(field -> fields.put(field, hash.get(field).toString()));
        }
        return fields;
    }
}
