package com.kt.event.content.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.breaker.BreakerConfig;
import com.kt.event.content.channel.ChannelConfig;
import com.kt.event.content.gallery.GalleryConfig;
import com.kt.event.content.generator.StyleConfig;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.provider.ImageApiConfig;
import com.kt.event.content.provider.ProvidersConfig;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.worker.WorkerConfig;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The validation of settings before the start. */
class SettingsTest {
    @Test
    void knowsEverySetting() {
        Set<String> names = new TreeSet<>();
        for (Class<?> mapping : Set.of(JobConfig.class, GalleryConfig.class, ImageApiConfig.class, BreakerConfig.class,
                StyleConfig.class, WorkerConfig.class, BuildConfig.class, ProvidersConfig.class, ChannelConfig.class)) {
            ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(mapping)).forEach(
                    (name, property) -> addStyles(names, name));
        }
        names.removeIf(name -> name.endsWith("]"));

        assertThat(Settings.OURS).extracting(Setting::name).containsExactlyInAnyOrderElementsOf(names);
    }

    private static void addStyles(Set<String> names, String name) {
        if (name.startsWith("content.providers.*")) {
            return;
        }
        if (!name.contains(".styles.")) {
            names.add(name);
            return;
        }
        for (Style style : Style.values()) {
            names.add(name.replace("*", style.key()));
        }
    }

    @Test
    void acceptsValidSettings() {
        assertThat(Settings.complaints(configured(Map.of()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "content.worker.enabled, ture",
            "content.image-api.allow-private-addresses, 2",
            "content.job.ttl, 99999999999999999d",
            "content.worker.lease, -",
            "content.image-api.max-picture-size, 8E",
            "content.image-api.max-pixels, 99999999999999999999",
            "content.store.type, nowhere",
            "content.store.s3.bucket, 'ima\u0007ges'",
            "content.store.s3.public-url, cdn.example",
            "quarkus.s3.endpoint-override, minio:9000",
            "content.image-api.second-try, soon",
            "content.image-api.download-limit, 99999999999999999999d",
            "content.queue.max-length, 99999999999",
            "content.worker.max-in-flight, 1e3",
            "content.public-url, 'http://shop.example:99999/'",
            "content.public-url, 'http://한글 .example/'",
            "content.image-api.url, 'http://api.example:99999/v1'",
            "content.image-api.model, 'gpt\u0007image'",
            "quarkus.redis.hosts, nonsense",
            "quarkus.redis.hosts, http://x",
            "quarkus.redis.hosts, redis://redis_host:6379",
            "quarkus.redis.hosts, redis://x:99999",
            "quarkus.redis.hosts, redis://x:0",
            "quarkus.redis.hosts, redis://127.0.0.1:1/99999999999",
            "quarkus.redis.hosts, redis://127.0.0.1:1/abc",
            "quarkus.redis.hosts, redis://127.0.0.1:1?db=x",
            "quarkus.redis.hosts, redis://127.0.0.1:1/-1",
            "quarkus.redis.hosts, 'redis://a:1,redis://b:b'",
            "quarkus.redis.hosts, ' '",
            "quarkus.redis.hosts, ','",
            "quarkus.redis.hosts, 'redis://a:1,redis://b:2'",
            "quarkus.redis.queue.hosts, nonsense",
            "quarkus.redis.events.hosts, redis://x:99999",
            "quarkus.redis.max-nested-arrays, -5",
            "quarkus.redis.max-waiting-handlers, 0",
            "quarkus.redis.queue.max-pool-size, 0",
            "quarkus.redis.tcp.read-idle-timeout, 1ms",
            "quarkus.redis.queue.tcp.read-idle-timeout, 5s",
            "quarkus.redis.topology-cache-ttl, -1s",
            "quarkus.rest-client.image-api.proxy-address, '127.0.0.1:99999'",
            "quarkus.rest-client.image-api.proxy-address, nonsense",
            "quarkus.rest-client.image-api.connection-pool-size, 0",
            "quarkus.http.idle-timeout, -5s",
            "quarkus.http.cors.origins, 'https://a.example,/[/'",
            "quarkus.shutdown.timeout, -3s",
            "quarkus.redis.timeout, 0s",
            "quarkus.redis.max-pool-size, 0",
            "quarkus.redis.tls-configuration-name, nope",
            "quarkus.rest-client.image-api.tls-configuration-name, nope",
            "quarkus.rest-client.image-api.read-timeout, 0",
            "quarkus.rest-client.image-api.read-timeout, -1",
            "quarkus.rest-client.image-api.read-timeout, 299000",
            "quarkus.rest-client.image-api.read-timeout, 5m",
            "quarkus.rest-client.image-api.connect-timeout, 0",
            "quarkus.http.port, abc",
            "quarkus.http.port, 65536"})
    void namesAnInvalidSettingAndItsVariable(String name, String value) {
        assertThat(Settings.complaints(configured(Map.of(name, value)))).singleElement().asString()
                .startsWith(name + " (" + Settings.variable(name) + ") ").doesNotContain("\n", "\u0007", "Exception");
    }

    @ParameterizedTest
    @CsvSource({
            "content.image-api.key, 'sk-secret more'",
            "content.image-api.url, 'https://user:secret@api.example/v1'",
            "content.image-api.url, 'https://user:secret@api example/v1'",
            "content.image-api.url, 'https://user:secret@api_1.example/v1'",
            "content.public-url, 'https://user:secret@shop.example'",
            "content.store.s3.public-url, 'https://user:secret@cdn.example'",
            "quarkus.s3.endpoint-override, 'https://user:secret@minio.example'",
            "quarkus.redis.hosts, 'http://user:secret@redis.example'",
            "quarkus.redis.hosts, 'redis://user:secret@redis.example:70000'",
            "quarkus.redis.hosts, 'redis://user:secret@redis.example/x'",
            "quarkus.redis.hosts, 'redis://user:secret@redis example'"})
    void showsNoSecret(String name, String value) {
        assertThat(Settings.complaints(configured(Map.of(name, value)))).singleElement().asString()
                .startsWith(name).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://redis:6379", "rediss://:p%40ss@redis.example:6380/15",
            "redis://[::1]:6379", "redis://a:1,redis://b:2 , redis://c", "unix:///run/redis.sock", "redis://x?db=3",
            "redis://x\n"})
    void takesWhatTheClientOfRedisTakes(String hosts) {
        assertThat(Settings.complaints(configured(
                Map.of("quarkus.redis.hosts", hosts, "quarkus.redis.client-type", "cluster")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"quarkus.tls.mine.trust-all", "quarkus.tls.\"mine\".trust-all", "QUARKUS_TLS_MINE_TRUST_ALL"})
    void knowsATlsConfigurationByWhatIsSetBelowIt(String property) {
        assertThat(Settings
                .complaints(configured(Map.of("quarkus.redis.tls-configuration-name", "mine", property, "true"))))
                .isEmpty();
    }

    @Test
    void takesTheLineBreakFromTheEndOfAPasswordAndNothingElse() {
        SmallRyeConfig config = configured(Map.of("quarkus.redis.password", " word \n"));

        assertThat(config.getValue("quarkus.redis.password", String.class)).isEqualTo(" word ");
    }

    @Test
    void whatAnExpressionPassesOnIsStrippedAsWell() {
        SmallRyeConfig config = configured(Map.of("quarkus.redis.hosts", " redis://redis.example\n"));

        assertThat(config.getValue("quarkus.redis.queue.hosts", String.class)).isEqualTo("redis://redis.example");
    }

    private static SmallRyeConfig configured(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredInterceptors()
                .withProfile("prod")
                .withSources(new PropertiesConfigSource(properties, "the test", 500), applicationProperties())
                .addDiscoveredConverters()
                .build();
    }

    private static PropertiesConfigSource applicationProperties() {
        try {
            return new PropertiesConfigSource(SettingsTest.class.getResource("/application.properties"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
