package com.kt.event.content.redis;

/** An event of CDI: there is a new connection. The server may be another one, or may have forgotten what it had in memory. */
record RedisConnected() {
}
