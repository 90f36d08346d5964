package com.kt.event.content.settings;

import static com.kt.event.content.settings.Setting.address;
import static com.kt.event.content.settings.Setting.any;
import static com.kt.event.content.settings.Setting.bool;
import static com.kt.event.content.settings.Setting.duration;
import static com.kt.event.content.settings.Setting.number;
import static com.kt.event.content.settings.Setting.oneOf;
import static com.kt.event.content.settings.Setting.origins;
import static com.kt.event.content.settings.Setting.proxyAddress;
import static com.kt.event.content.settings.Setting.redisAddresses;
import static com.kt.event.content.settings.Setting.secret;
import static com.kt.event.content.settings.Setting.size;
import static com.kt.event.content.settings.Setting.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.eclipse.microprofile.config.Config;

/**
 * Checks the settings before the start. Many faults would otherwise show as a stack trace, as a message that does not name
 * the setting, or only with the first paid call. The configuration interfaces check ranges and relations between settings.
 */
public final class Settings {
    /** Below the five minutes of ImageApi's {@code @Timeout}, with two seconds for closing the call. */
    private static final long LONGEST_READ_MILLIS = 298_000;

    /** All {@code content.*} settings; * stands for a name that an operator chooses. A test compares them with the configuration interfaces. */
    static final List<Setting> OURS = List.of(
            bool("content.page"),
            address("content.public-url"),
            address("content.image-api.url"),
            secret("content.image-api.key"),
            text("content.image-api.model"),
            text("content.image-api.size"),
            text("content.image-api.quality"),
            bool("content.image-api.allow-private-addresses"),
            bool("content.image-api.model-watch"),
            size("content.image-api.max-picture-size"),
            number("content.image-api.max-pixels", 1, Long.MAX_VALUE, ""),
            number("content.image-api.max-arriving"),
            text("content.image-api.spool-directory"),
            duration("content.image-api.download-limit"),
            duration("content.image-api.second-try"),
            text("content.image-api.formats"),
            duration("content.image-api.pause"),
            duration("content.image-api.longest-pause"),
            any(ProviderSettings.ORDER),
            bool(ProviderSettings.FALLBACK),
            any("content.styles.simple.prompt"),
            any("content.styles.fancy.prompt"),
            any("content.styles.trendy.prompt"),
            oneOf("content.store.type", "directory", "s3"),
            text("content.store.directory"),
            text("content.store.s3.bucket"),
            address("content.store.s3.public-url"),
            duration("content.image.ttl"),
            any("content.channels.*.enabled"),
            any("content.channels.*.width"),
            any("content.channels.*.height"),
            any("content.channels.*.exact"),
            any("content.channels.*.format"),
            any("content.channels.*.max-bytes"),
            any("content.channels.*.fit"),
            any("content.channels.*.background"),
            any("content.channels.*.safe-top"),
            any("content.channels.*.safe-bottom"),
            number("content.renditions.max-waiting"),
            duration("content.job.ttl"),
            duration("content.job.deadline"),
            number("content.queue.max-length"),
            bool("content.worker.enabled"),
            number("content.worker.max-in-flight"),
            duration("content.worker.lease"),
            duration("content.worker.heartbeat"),
            duration("content.worker.grace"));

    /** Settings of Quarkus that the documents name and that would break a start or a call. */
    private static final List<Setting> OTHERS = List.of(
            redisAddresses("quarkus.redis.hosts"),
            redisAddresses("quarkus.redis.queue.hosts"),
            redisAddresses("quarkus.redis.events.hosts"),
            duration("quarkus.redis.timeout", Duration.ofMillis(1), Duration.ofMinutes(1)),
            duration("quarkus.redis.tcp.connection-timeout", Duration.ofMillis(1), Duration.ofMinutes(1)),
            // Longer than Redis may take to answer; the queue's blocking read takes up to 5 s.
            duration("quarkus.redis.tcp.read-idle-timeout", Duration.ofSeconds(2), Duration.ofHours(1)),
            duration("quarkus.redis.queue.tcp.read-idle-timeout", Duration.ofSeconds(7), Duration.ofHours(1)),
            number("quarkus.redis.max-pool-size", 1, Integer.MAX_VALUE, ""),
            number("quarkus.redis.queue.max-pool-size", 2, Integer.MAX_VALUE, ""),
            number("quarkus.redis.max-waiting-handlers", 1, Integer.MAX_VALUE, ""),
            number("quarkus.redis.max-nested-arrays", 1, Integer.MAX_VALUE, ""),
            duration("quarkus.redis.topology-cache-ttl", Duration.ofMillis(1), Duration.ofHours(1)),
            address("quarkus.s3.endpoint-override"),
            text("quarkus.s3.aws.region"),
            number("quarkus.http.port", 0, HttpAddresses.MAX_PORT, ""),
            size("quarkus.http.limits.max-body-size"),
            origins("quarkus.http.cors.origins"),
            duration("quarkus.http.idle-timeout", Duration.ofSeconds(1), Duration.ofDays(1)),
            duration("quarkus.shutdown.timeout", Duration.ZERO, Duration.ofDays(1)),
            number("quarkus.rest-client.image-api.connection-pool-size", 3, Integer.MAX_VALUE,
                    " (three calls a job)"),
            proxyAddress("quarkus.rest-client.image-api.proxy-address"),
            number("quarkus.rest-client.image-api.read-timeout", 1_000, LONGEST_READ_MILLIS,
                    " (milliseconds; a call is given up after five minutes in any case)"),
            number("quarkus.rest-client.image-api.connect-timeout", 100, 60_000, " (milliseconds)"));

    /** Settings that name a TLS configuration. It exists if any setting below {@code quarkus.tls.<name>} does. */
    private static final List<String> TLS_NAMES = List.of("quarkus.redis.tls-configuration-name",
            "quarkus.rest-client.image-api.tls-configuration-name");

    /** The name of SmallRye Config's source for the environment begins so. */
    private static final String ENVIRONMENT = "EnvConfigSource";

    private static final Set<String> BUILT_IN_TLS = Set.of("<default>", "javax.net.ssl");

    private Settings() {
    }

    /** A sentence for each setting that is wrong, without secrets. */
    public static List<String> complaints(Config config) {
        List<String> complaints = new ArrayList<>();
        OURS.forEach(setting -> complaint(setting, config).ifPresent(complaints::add));
        complaints.addAll(ProviderSettings.complaints(config));
        complaintOfNoRedis(config).ifPresent(complaints::add);
        OTHERS.stream().filter(setting -> !isPassedOn(setting, config))
                .forEach(setting -> complaint(setting, config).ifPresent(complaints::add));
        if (complaints.stream().noneMatch(complaint -> complaint.startsWith("quarkus.redis.hosts"))) {
            complaintOfSeveralRedis(config).ifPresent(complaints::add);
        }
        TLS_NAMES.forEach(name -> complaint(tlsName(name, config), config).ifPresent(complaints::add));
        return complaints;
    }

    private static Optional<String> complaintOfNoRedis(Config config) {
        return isSet("quarkus.redis.hosts", config) || isSet("quarkus.redis.hosts-provider-name", config)
                ? Optional.empty()
                : Optional.of("quarkus.redis.hosts (QUARKUS_REDIS_HOSTS) must not be empty");
    }

    /** The client's own message does not name the setting. */
    private static Optional<String> complaintOfSeveralRedis(Config config) {
        String clientType = valueOf("quarkus.redis.client-type", "standalone", config);
        return clientType.equalsIgnoreCase("standalone")
                && RedisAddresses.count(valueOf("quarkus.redis.hosts", "", config)) > 1
                        ? Optional.of("quarkus.redis.hosts (QUARKUS_REDIS_HOSTS) must be one address, unless"
                                + " quarkus.redis.client-type (QUARKUS_REDIS_CLIENT_TYPE) is cluster or sentinel")
                        : Optional.empty();
    }

    /** The value before the start; empty if there is none. Fails as {@link Config} does for a malformed expression. */
    public static Optional<String> value(String name, Config config) {
        return Optional.ofNullable(read(name, config)).filter(value -> !value.isEmpty());
    }

    private static String read(String name, Config config) {
        String given = fromEnvironment(name);
        return given == null || given.contains("${") ? config.getConfigValue(name).getValue() : given.strip();
    }

    /**
     * Null if the environment does not decide. It is read directly: before the start, the native executable's configuration
     * does not contain Quarkus settings from the environment (tried).
     */
    private static String fromEnvironment(String name) {
        return System.getProperty(name) == null ? System.getenv(variable(name)) : null;
    }

    /**
     * The names in files and the like. Those of variables are left out: which dots and dashes are meant cannot be told.
     */
    static Stream<String> names(Config config) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> !String.valueOf(config.getConfigValue(name).getSourceName()).startsWith(ENVIRONMENT));
    }

    private static String valueOf(String name, String whenNotSet, Config config) {
        try {
            return Objects.requireNonNullElse(read(name, config), whenNotSet).strip();
        } catch (NoSuchElementException | IllegalArgumentException e) {
            return whenNotSet;
        }
    }

    /** The clients of the queue and of the events inherit most settings; a fault is reported once. */
    private static boolean isPassedOn(Setting setting, Config config) {
        String first = setting.name().replaceFirst("^quarkus\\.redis\\.(queue|events)\\.", "quarkus.redis.");
        if (first.equals(setting.name())) {
            return false;
        }
        try {
            return Objects.equals(read(first, config), read(setting.name(), config));
        } catch (NoSuchElementException | IllegalArgumentException e) {
            return true;
        }
    }

    private static boolean isSet(String name, Config config) {
        // Raw: the configuration itself reports an expression that does not resolve.
        String given = fromEnvironment(name);
        String value = given == null ? config.getConfigValue(name).getRawValue() : given;
        return value != null && !value.isBlank();
    }

    /** The environment variable of a setting. */
    public static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Optional<String> complaint(Setting setting, Config config) {
        try {
            String value = read(setting.name(), config);
            return value == null || value.isEmpty() ? Optional.empty() : setting.complaint(value);
        } catch (NoSuchElementException | IllegalArgumentException e) {
            // A malformed expression, such as ${HOST without its end.
            return Optional.of(setting.named() + " cannot be read: " + e.getMessage());
        }
    }

    private static Setting tlsName(String setting, Config config) {
        return new Setting(setting, true, name -> isTlsConfiguration(name, config)
                ? Optional.empty()
                : Optional.of("must name a TLS configuration, but nothing is set below quarkus.tls." + name
                        + (name.contains("-") ? ", which environment variables cannot name" : "")));
    }

    private static boolean isTlsConfiguration(String name, Config config) {
        Set<String> starts = Set.of("quarkus.tls." + name + ".", "quarkus.tls.\"" + name + "\".",
                variable("quarkus.tls." + name) + "_");
        // The native executable's configuration does not list names given by -D (tried) or by the environment.
        Stream<String> given = Stream.concat(System.getProperties().stringPropertyNames().stream(),
                System.getenv().keySet().stream());
        Stream<String> names = Stream.concat(given,
                StreamSupport.stream(config.getPropertyNames().spliterator(), false));
        return BUILT_IN_TLS.contains(name)
                || names.anyMatch(property -> starts.stream().anyMatch(property::startsWith));
    }
}
