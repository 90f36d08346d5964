package com.kt.event.content.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class LabTest {
    @Test
    void theServiceGetsItsSettingsFromTheEnvironment() {
        Launch service = new Launch("jvm", List.of("java", "-jar", "service.jar"), false);

        assertThat(service.command(1, "redis://r", Path.of("p"))).containsExactly("java", "-jar", "service.jar");
        assertThat(service.environment(8080, "redis://r", Path.of("p"), "http://api/v1", 64))
                .contains(Map.entry("QUARKUS_HTTP_PORT", "8080"), Map.entry("QUARKUS_REDIS_HOSTS", "redis://r"),
                        Map.entry("CONTENT_IMAGE_API_URL", "http://api/v1"),
                        Map.entry("CONTENT_WORKER_MAX_IN_FLIGHT", "64"));
    }

    @Test
    void theFloorGetsThemAsArguments() {
        Launch floor = new Launch("floor", List.of("java", "Floor"), true);

        assertThat(floor.command(8080, "redis://r", Path.of("p"))).containsExactly("java", "Floor", "8080", "redis://r",
                "p");
        assertThat(floor.environment(8080, "redis://r", Path.of("p"), "http://api/v1", 64)).isEmpty();
    }
}
