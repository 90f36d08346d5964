package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.job.JobConfig;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class LeaseCheckTest {
    @ParameterizedTest
    @CsvSource({"2h, 20s, true", "2h, 50m, true", "30s, 59s, true", "50m, 50m, true", "2000000h, 50m, true"})
    void refusesALeaseThatIsNotWellBelowTheDeadline(String lease, String deadline, boolean enabled) {
        assertThatThrownBy(() -> start(lease, deadline, enabled)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("content.worker.lease").hasMessageContaining("content.job.deadline");
    }

    @ParameterizedTest
    @CsvSource({"30s, 50m, true", "30s, 60s, true", "3s, 10s, true", "2h, 20s, false"})
    void takesOneThatIs(String lease, String deadline, boolean enabled) {
        assertThatCode(() -> start(lease, deadline, enabled)).doesNotThrowAnyException();
    }

    private static void start(String lease, String deadline, boolean enabled) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of("content.worker.lease", lease, "content.job.deadline",
                        deadline, "content.worker.enabled", Boolean.toString(enabled)), "the test", 500))
                .withMapping(JobConfig.class).withMapping(WorkerConfig.class)
                .withMappingIgnore("content.**")
                .addDiscoveredConverters()
                .build();
        new LeaseCheck(config.getConfigMapping(WorkerConfig.class), config.getConfigMapping(JobConfig.class))
                .refuseALeaseThatIsTooLong(new StartupEvent());
    }
}
