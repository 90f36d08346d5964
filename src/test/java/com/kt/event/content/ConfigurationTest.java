package com.kt.event.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.gallery.GalleryConfig;
import com.kt.event.content.generator.ImageApiConfig;
import com.kt.event.content.generator.StyleConfig;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.worker.WorkerConfig;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;

/** What may be set, what it is when it is not, and that what is wrong is refused by its name. */
class ConfigurationTest {
    @Test
    void hasTheDefaultsOfTheDesign() {
        SmallRyeConfig config = configured(Map.of());

        JobConfig job = config.getConfigMapping(JobConfig.class);
        assertThat(job.job().ttl()).isEqualTo(Duration.ofHours(1));
        assertThat(job.job().deadline()).isEqualTo(Duration.ofMinutes(50));
        GalleryConfig gallery = config.getConfigMapping(GalleryConfig.class);
        assertThat(gallery.image().ttl()).isEqualTo(Duration.ofDays(7));
        WorkerConfig worker = config.getConfigMapping(WorkerConfig.class);
        assertThat(worker.enabled()).isTrue();
        assertThat(worker.lease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(worker.heartbeat()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.getConfigMapping(ImageApiConfig.class).allowPrivateAddresses()).isFalse();
        assertThat(config.getConfigMapping(StyleConfig.class).styles()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
            "content.public-url, shop.example",
            "content.public-url, ftp://shop.example",
            "content.public-url, https://shop.example/?a=b",
            "content.public-url, 'https://shop example'",
            "content.image.ttl, soon",
            "content.image.ttl, 0s",
            "content.job.ttl, -1h",
            "content.job.deadline, 1h",
            "content.queue.max-length, 0",
            "content.queue.max-length, many",
            "content.worker.max-in-flight, -1",
            "content.worker.lease, 0s",
            "content.worker.heartbeat, 16s",
            "content.worker.heartbeat, 999ms",
            "content.image-api.pause, 0s",
            "content.image-api.longest-pause, 9s",
            "content.worker.grace, -1s",
            "content.image-api.url, localhost",
            "content.image-api.url, file:///tmp",
            "content.image-api.model, ' '",
            "content.image-api.formats, gif",
            "content.image-api.max-picture-size, big",
            "content.image-api.max-arriving, 0",
            "content.styles.simple.prompt, '{eventTitel}'"})
    void refusesAWrongValueByItsName(String key, String value) {
        assertThatThrownBy(() -> configured(Map.of(key, value)))
                .isInstanceOf(ConfigValidationException.class).hasMessageContaining(key);
    }

    @ParameterizedTest
    @CsvSource({"content.worker.max-inflight", "content.wroker.enabled", "content.imageapi.url", "content.typo"})
    void refusesANameThatMeansNothing(String key) {
        assertThatThrownBy(() -> configured(Map.of(key, "1")))
                .isInstanceOf(ConfigValidationException.class).hasMessageContaining(key);
    }

    @Test
    void refusesAStyleThatDoesNotExist() {
        assertThatThrownBy(() -> configured(Map.of("content.styles.gaudy.prompt", "{eventTitle}")))
                .isInstanceOf(ConfigValidationException.class).hasMessageContaining("gaudy");
    }

    @ParameterizedTest
    @CsvSource({
            "content.public-url, https://shop.example/gateway/",
            "content.image-api.url, http://localhost:8089/v1",
            "content.image-api.formats, 'webp,png'",
            "content.styles.fancy.prompt, 'A poster that says {eventTitle}'",
            "content.job.deadline, 59m"})
    void takesARightValue(String key, String value) {
        assertThatCode(() -> configured(Map.of(key, value))).doesNotThrowAnyException();
    }

    private static SmallRyeConfig configured(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfile("prod")
                .withSources(new PropertiesConfigSource(properties, "the test", 500), applicationProperties())
                .withMapping(JobConfig.class).withMapping(GalleryConfig.class)
                .withMapping(ImageApiConfig.class).withMapping(StyleConfig.class).withMapping(WorkerConfig.class)
                .withValidator(new BeanValidationConfigValidatorImpl())
                .addDiscoveredConverters()
                .build();
    }

    private static PropertiesConfigSource applicationProperties() {
        try {
            return new PropertiesConfigSource(ConfigurationTest.class.getResource("/application.properties"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
