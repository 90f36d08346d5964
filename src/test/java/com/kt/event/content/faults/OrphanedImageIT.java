package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

import redis.clients.jedis.Jedis;

/** Images whose records are lost, as after a restore of Redis from a backup. Objects in a bucket cannot be aged. */
@Tag("faults")
@DisabledIfSystemProperty(named = "faults.store", matches = "s3")
class OrphanedImageIT {
    @RegisterExtension
    final Platform platform = new Platform();

    @Test
    void isCountedByTheCheckOnceItIsOldEnough() throws IOException {
        ServiceProcess service = platform.startService("service");
        AcceptedJob lost = platform.accept(service);
        AcceptedJob other = platform.accept(service);
        lost.endsAs("COMPLETED", Duration.ofSeconds(20), service);
        other.endsAs("COMPLETED", Duration.ofSeconds(20), service);

        try (Jedis redis = platform.redis().connect()) {
            redis.del("job:" + lost.id(), "content:image:" + lost.draft());
        }
        assertThat(check()).contains("0 orphaned images");
        ageImages();

        assertThat(check()).contains("3 orphaned images");
        other.hasItsImages(service);
    }

    private String check() {
        return ServiceProcess.check(platform.settings(platform.redis().uri()));
    }

    private void ageImages() throws IOException {
        try (var files = Files.list(platform.images())) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(3))));
            }
        }
    }
}
