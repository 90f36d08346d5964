package com.kt.event.content;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Nobody works on jobs unless the test does. */
public class WithoutWorker implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        // These tests are not about a Redis that is slow, which on a machine that is busy it is.
        return Map.of("content.worker.enabled", "false", "quarkus.redis.timeout", "30s");
    }
}
