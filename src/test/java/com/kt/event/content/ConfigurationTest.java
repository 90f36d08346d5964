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
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.breaker.BreakerConfig;
import com.kt.event.content.channel.ChannelConfig;
import com.kt.event.content.gallery.GalleryConfig;
import com.kt.event.content.gallery.GalleryConfig.Store.Type;
import com.kt.event.content.generator.StyleConfig;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.provider.ImageApiConfig;
import com.kt.event.content.provider.ProvidersConfig;
import com.kt.event.content.worker.WorkerConfig;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;

/** The settings: their defaults, and the refusal of invalid values and unknown names. */
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
            "content.store.type, nowhere",
            "content.store.s3.public-url, cdn.example",
            "content.store.s3.public-url, https://cdn.example/?a=b",
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
            "content.image-api.max-picture-size, 0",
            "content.image-api.max-picture-size, 1K",
            "content.image-api.max-picture-size, 1G",
            "content.image-api.max-picture-size, 8E",
            "content.image-api.longest-pause, 2h",
            "content.image-api.url, 'http://api.example:99999/v1'",
            "content.image-api.url, 'http://api.example:0/v1'",
            "content.image-api.url, 'http://user:word@api.example/v1'",
            "content.image-api.url, 'http://api.example/v1#part'",
            "content.image-api.url, 'http://api.example/v1%zz'",
            "content.image-api.url, 'http://[::1/v1'",
            "content.image-api.key, 'sk-가'",
            "content.image-api.key, 'sk x'",
            "content.image-api.model, 'gptimage'",
            "content.image-api.size, '1024 x 1024'",
            "content.image-api.size, '1024×1024'",
            "content.image-api.quality, 'very high'",
            "content.image-api.allow-private-addresses, flase",
            "content.worker.enabled, ture",
            "content.worker.max-in-flight, 3334",
            "content.worker.grace, 25h",
            "content.image.ttl, 24856d",
            "content.job.ttl, 366d",
            "content.public-url, 'http://shop.example:65536'",
            "content.public-url, 'http://shop.example:0'",
            "content.public-url, 'https://user:word@shop.example'",
            "content.public-url, 'https://shop.example/#top'",
            "content.channels.mms.width, 0",
            "content.channels.mms.height, 4097",
            "content.channels.mms.width, wide",
            "content.channels.mms.format, webp",
            "content.channels.mms.max-bytes, 300K",
            "content.channels.mms.max-bytes, 9999",
            "content.channels.mms.fit, stretch",
            "content.channels.mms.background, red",
            "content.channels.mms.exact, perhaps",
            "content.channels.mms.safe-top, -1",
            "content.channels.mms.enabled, of",
            "content.renditions.max-waiting, 0",
            "content.styles.simple.prompt, ' '",
            "content.styles.simple.prompt, '{eventTitel}'"})
    void namesTheSettingOfAnInvalidValue(String key, String value) {
        assertThatThrownBy(() -> configured(Map.of(key, value)))
                .isInstanceOf(ConfigValidationException.class).hasMessageContaining(key);
    }

    @Test
    void needsASizeForANewChannel() {
        assertThatThrownBy(() -> configured(Map.of("content.channels.tiktok.width", "1080")))
                .isInstanceOf(ConfigValidationException.class).hasMessageContaining("content.channels.tiktok.height");
    }

    @ParameterizedTest
    @CsvSource({"content.channels.mms.max-byte", "content.worker.max-inflight", "content.wroker.enabled",
            "content.imageapi.url", "content.typo"})
    void refusesAnUnknownName(String key) {
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
            "content.image-api.url, ' https://api.example/v1 '",
            "content.image-api.url, 'http://[::1]:8089/v1'",
            "content.image-api.url, 'https://shop.openai.azure.com/openai/deployments/d?api-version=2025-04-01-preview'",
            "content.public-url, 'https://xn--bj0bj06e.example/'",
            "content.image-api.key, ' sk-x '",
            "content.image-api.quality, ' '",
            "content.image-api.max-picture-size, 64K",
            "content.image.ttl, 24855d",
            "content.worker.enabled, 'YES'",
            "content.worker.enabled, 'off'",
            "content.image-api.allow-private-addresses, 0",
            "content.channels.mms.format, PNG",
            "content.channels.mms.fit, cover",
            "content.channels.mms.background, blur",
            "content.channels.mms.enabled, false",
            "content.job.deadline, 59m"})
    void acceptsAValidValue(String key, String value) {
        assertThatCode(() -> configured(Map.of(key, value))).doesNotThrowAnyException();
    }

    @Test
    void takesTheLineBreakFromTheEndOfAKey() {
        SmallRyeConfig config = configured(Map.of("content.image-api.key", "sk-x\r\n"));

        assertThat(config.getConfigMapping(ImageApiConfig.class).key()).hasValue("sk-x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-\nx", "sk-\u0000x", "sk-\u00e9", "Bearer sk-secret"})
    void refusesAKeyThatNoHeaderCanCarryAndDoesNotShowIt(String key) {
        assertThatThrownBy(() -> configured(Map.of("content.image-api.key", key)))
                .isInstanceOf(ConfigValidationException.class).hasMessageContaining("content.image-api.key")
                .hasMessageNotContaining("sk-");
    }

    @ParameterizedTest
    @CsvSource({
            "content.job.ttl, 99999999999999999d",
            "content.worker.grace, 99999999999999999h",
            "content.worker.lease, 9999999999999999999999s",
            "content.image-api.pause, PT99999999999999999H"})
    void namesASettingWhoseNumberIsTooLarge(String key, String value) {
        assertThatThrownBy(() -> configured(Map.of(key, value)))
                .isInstanceOf(ConfigValidationException.class).hasMessageContaining(key);
    }

    @Test
    void needsTheNameOfABucketForS3Only() {
        assertThat(configured(Map.of()).getConfigMapping(GalleryConfig.class).store().type()).isEqualTo(Type.DIRECTORY);
        assertThatThrownBy(() -> configured(Map.of("content.store.type", "s3")))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("content.store.s3.bucket must be set");
        assertThat(configured(Map.of("content.store.type", "s3", "content.store.s3.bucket", "images"))
                .getConfigMapping(GalleryConfig.class).store().s3().bucket()).hasValue("images");
    }

    private static SmallRyeConfig configured(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredInterceptors()
                .withProfile("prod")
                .withSources(new PropertiesConfigSource(properties, "the test", 500), applicationProperties())
                .withMapping(JobConfig.class).withMapping(GalleryConfig.class)
                .withMapping(ImageApiConfig.class).withMapping(BreakerConfig.class)
                .withMapping(ProvidersConfig.class).withMapping(ChannelConfig.class).withMapping(StyleConfig.class)
                .withMapping(WorkerConfig.class)
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
