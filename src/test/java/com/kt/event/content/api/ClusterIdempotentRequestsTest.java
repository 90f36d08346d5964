package com.kt.event.content.api;

import com.kt.event.content.WaitingTest;

import io.vertx.redis.client.RedisClientType;

/** As {@link IdempotentRequestsTest}, with each step sent once Redis has done the one before it, as in a cluster. */
@WaitingTest
class ClusterIdempotentRequestsTest extends IdempotentRequestsTest {
    @Override
    RedisClientType clientType() {
        return RedisClientType.CLUSTER;
    }
}
