package com.kt.event.content;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** No worker runs, so jobs change only by the test. */
public class WithoutWorker implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        // On a busy machine Redis is slow, which is not what these tests are about.
        return Map.of("content.worker.enabled", "false", "quarkus.redis.timeout", "30s");
    }
}
