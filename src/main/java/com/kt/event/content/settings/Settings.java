package com.kt.event.content.settings;

import static com.kt.event.content.settings.Setting.address;
import static com.kt.event.content.settings.Setting.any;
import static com.kt.event.content.settings.Setting.bool;
import static com.kt.event.content.settings.Setting.duration;
import static com.kt.event.content.settings.Setting.number;
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
 * Looks at the settings before anything is started with them, for what is wrong with many of them would show as a stack
 * trace, as a message that does not name them, or with the first paid call. Ranges and what settings have to do with one
 * another are the business of the configuration's interfaces.
 */
public final class Settings {
    /** What a call may take at most is in ImageApi's {@code @Timeout}: five minutes, and two seconds are for ending it. */
    private static final long LONGEST_READ_MILLIS = 298_000;

    /** All of ours; a test compares them with the configuration's interfaces. */
    static final List<Setting> OURS = List.of(
            address("content.public-url"),
            address("content.image-api.url"),
            secret("content.image-api.key"),
            text("content.image-api.model"),
            text("content.image-api.size"),
            text("content.image-api.quality"),
            bool("content.image-api.allow-private-addresses"),
            size("content.image-api.max-picture-size"),
            number("content.image-api.max-pixels", 1, Long.MAX_VALUE, ""),
            number("content.image-api.max-arriving"),
            duration("content.image-api.download-limit"),
            duration("content.image-api.second-try"),
            text("content.image-api.formats"),
            duration("content.image-api.pause"),
            duration("content.image-api.longest-pause"),
            any("content.styles.simple.prompt"),
            any("content.styles.fancy.prompt"),
            any("content.styles.trendy.prompt"),
            text("content.store.directory"),
            duration("content.image.ttl"),
            duration("content.job.ttl"),
            duration("content.job.deadline"),
            number("content.queue.max-length"),
            bool("content.worker.enabled"),
            number("content.worker.max-in-flight"),
            duration("content.worker.lease"),
            duration("content.worker.heartbeat"),
            duration("content.worker.grace"));

    /** Of others', what the README names and a start or a call would stumble over. */
    private static final List<Setting> OTHERS = List.of(
            redisAddresses("quarkus.redis.hosts"),
            redisAddresses("quarkus.redis.queue.hosts"),
            redisAddresses("quarkus.redis.events.hosts"),
            duration("quarkus.redis.timeout", Duration.ofMillis(1), Duration.ofMinutes(1)),
            duration("quarkus.redis.tcp.connection-timeout", Duration.ofMillis(1), Duration.ofMinutes(1)),
            // Longer than Redis may take for an answer, and the queue's blocking read is one of 5 s.
            duration("quarkus.redis.tcp.read-idle-timeout", Duration.ofSeconds(2), Duration.ofHours(1)),
            duration("quarkus.redis.queue.tcp.read-idle-timeout", Duration.ofSeconds(7), Duration.ofHours(1)),
            number("quarkus.redis.max-pool-size", 1, Integer.MAX_VALUE, ""),
            number("quarkus.redis.queue.max-pool-size", 2, Integer.MAX_VALUE, ""),
            number("quarkus.redis.max-waiting-handlers", 1, Integer.MAX_VALUE, ""),
            number("quarkus.redis.max-nested-arrays", 1, Integer.MAX_VALUE, ""),
            duration("quarkus.redis.topology-cache-ttl", Duration.ofMillis(1), Duration.ofHours(1)),
            number("quarkus.http.port", 0, HttpAddresses.MAX_PORT, ""),
            size("quarkus.http.limits.max-body-size"),
            origins("quarkus.http.cors.origins"),
            duration("quarkus.http.idle-timeout", Duration.ofSeconds(1), Duration.ofDays(1)),
            duration("quarkus.shutdown.timeout", Duration.ZERO, Duration.ofDays(1)),
            number("quarkus.rest-client.image-api.connection-pool-size", 3, Integer.MAX_VALUE,
                    " (three calls a job)"),
            proxyAddress("quarkus.rest-client.image-api.proxy-address"),
            number("quarkus.rest-client.image-api.read-timeout", 1_000, LONGEST_READ_MILLIS,
                    " (milliseconds; what has not been answered within five minutes is given up in any case)"),
            number("quarkus.rest-client.image-api.connect-timeout", 100, 60_000, " (milliseconds)"));

    /** Settings that name a TLS configuration, which is one where anything is set below {@code quarkus.tls.<name>}. */
    private static final List<String> TLS_NAMES = List.of("quarkus.redis.tls-configuration-name",
            "quarkus.rest-client.image-api.tls-configuration-name");

    private static final Set<String> BUILT_IN_TLS = Set.of("<default>", "javax.net.ssl");

    private Settings() {
    }

    /** A sentence on each setting that is wrong; none of them holds a secret. */
    public static List<String> complaints(Config config) {
        List<String> complaints = new ArrayList<>();
        OURS.forEach(setting -> complaint(setting, config).ifPresent(complaints::add));
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

    /** Left alone, the client says so without the setting's name. */
    private static Optional<String> complaintOfSeveralRedis(Config config) {
        String clientType = valueOf("quarkus.redis.client-type", "standalone", config);
        return clientType.equalsIgnoreCase("standalone")
                && RedisAddresses.count(valueOf("quarkus.redis.hosts", "", config)) > 1
                        ? Optional.of("quarkus.redis.hosts (QUARKUS_REDIS_HOSTS) must be one address, unless"
                                + " quarkus.redis.client-type (QUARKUS_REDIS_CLIENT_TYPE) is cluster or sentinel")
                        : Optional.empty();
    }

    /**
     * The environment is asked directly: before the start, the native executable's configuration does not know what it
     * says of Quarkus's own settings (tried).
     */
    private static String read(String name, Config config) {
        String given = System.getProperty(name) == null ? System.getenv(variable(name)) : null;
        return given == null || given.contains("${") ? config.getConfigValue(name).getValue() : given.strip();
    }

    private static String valueOf(String name, String whenNotSet, Config config) {
        try {
            return Objects.requireNonNullElse(read(name, config), whenNotSet).strip();
        } catch (NoSuchElementException | IllegalArgumentException e) {
            return whenNotSet;
        }
    }

    /** Of the queue's and the events' clients, what they have from the first one is said once. */
    private static boolean isPassedOn(Setting setting, Config config) {
        String first = setting.name().replaceFirst("^quarkus\\.redis\\.(queue|events)\\.", "quarkus.redis.");
        if (first.equals(setting.name())) {
            return false;
        }
        try {
            return Objects.equals(config.getConfigValue(first).getValue(),
                    config.getConfigValue(setting.name()).getValue());
        } catch (NoSuchElementException | IllegalArgumentException e) {
            return true;
        }
    }

    private static boolean isSet(String name, Config config) {
        // Raw: of an expression that leads nowhere the configuration itself says so.
        String value = config.getConfigValue(name).getRawValue();
        return value != null && !value.isBlank();
    }

    /** How the environment spells a setting. */
    public static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Optional<String> complaint(Setting setting, Config config) {
        try {
            String value = read(setting.name(), config);
            return value == null || value.isEmpty() ? Optional.empty() : setting.complaint(value);
        } catch (NoSuchElementException | IllegalArgumentException e) {
            // An expression that is none, such as ${HOST without its end.
            return Optional.of(setting.named() + " cannot be read: " + e.getMessage());
        }
    }

    private static Setting tlsName(String setting, Config config) {
        return new Setting(setting, true, name -> isTlsConfiguration(name, config)
                ? Optional.empty()
                : Optional.of("must name a TLS configuration, and nothing is set below quarkus.tls." + name
                        + (name.contains("-") ? ", which environment variables cannot name" : "")));
    }

    private static boolean isTlsConfiguration(String name, Config config) {
        Set<String> starts = Set.of("quarkus.tls." + name + ".", "quarkus.tls.\"" + name + "\".",
                variable("quarkus.tls." + name) + "_");
        // The native executable's configuration has no names of what was given to it by -D (tried) or by the environment.
        Stream<String> given = Stream.concat(System.getProperties().stringPropertyNames().stream(),
                System.getenv().keySet().stream());
        Stream<String> names = Stream.concat(given,
                StreamSupport.stream(config.getPropertyNames().spliterator(), false));
        return BUILT_IN_TLS.contains(name)
                || names.anyMatch(property -> starts.stream().anyMatch(property::startsWith));
    }
}
