package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivingMemoryTest {
    private static final long MB = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void allowsAQuarterOfTheMemory() {
        assertThat(ArrivingMemory.images(256 * MB) * ArrivingMemory.OF_ONE).isLessThanOrEqualTo(64 * MB)
                .isGreaterThan(63 * MB);
    }

    @Test
    void allowsSomeOnEveryMachineAndNotAnyNumber() {
        assertThat(ArrivingMemory.images(MB)).isEqualTo(4);
        assertThat(ArrivingMemory.images(Long.MAX_VALUE)).isEqualTo(1_000);
    }

    @Test
    void knowsTheLimitOfTheContainer() throws IOException {
        assertThat(memory("134217728\n")).isEqualTo(128 * MB);
        assertThat(memory("max\n")).isEqualTo(256 * MB);
        assertThat(memory("9223372036854771712\n")).isEqualTo(256 * MB);
        assertThat(memory("?")).isEqualTo(256 * MB);
        assertThat(ArrivingMemory.ofProcess(256 * MB, List.of(directory.resolve("missing")))).isEqualTo(256 * MB);
    }

    private long memory(String limit) throws IOException {
        return ArrivingMemory.ofProcess(256 * MB,
                List.of(Files.writeString(directory.resolve("memory.max"), limit), directory.resolve("missing")));
    }
}
