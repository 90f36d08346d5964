package com.kt.event.content;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Nobody works on jobs unless the test does. */
public class WithoutWorker implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("content.worker.enabled", "false");
    }
}
