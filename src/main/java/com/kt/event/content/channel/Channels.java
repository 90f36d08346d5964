package com.kt.event.content.channel;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;

import com.kt.event.content.channel.ChannelConfig.Channel;
import com.kt.event.content.gallery.RenditionName;
import com.kt.event.content.image.ImageSize;
import com.kt.event.content.rendition.RenditionSpec;
import com.kt.event.content.rendition.RenditionSpec.Background;
import com.kt.event.content.rendition.RenditionSpec.Fit;
import com.kt.event.content.rendition.RenditionWork;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;

/** The channels that are switched on, in the order of their names. */
@ApplicationScoped
class Channels {
    private static final Logger LOG = Logger.getLogger(Channels.class);
    private static final Pattern NAME = Pattern.compile(RenditionName.CHANNEL);
    static final int LONGEST_NAME = 40;
    /** That of a square post. */
    private static final ImageSize WITHOUT_CHANNELS = new ImageSize(1080, 1080);

    private final Map<String, RenditionSpec> specs = new TreeMap<>();

    /** Fails with {@link ConfigurationException} if the settings of a channel do not fit together, or into memory. */
    @Inject
    Channels(ChannelConfig config) {
        this(config, Runtime.getRuntime().maxMemory());
    }

    /** @param memory in bytes */
    Channels(ChannelConfig config, long memory) {
        config.channels().forEach((name, channel) -> {
            check(name, channel);
            if (channel.enabled()) {
                specs.put(name, spec(channel));
                checkMemory(name, specs.get(name), memory);
            }
        });
    }

    private static void checkMemory(String name, RenditionSpec spec, long memory) {
        if (RenditionWork.memory(spec) > memory) {
            throw new ConfigurationException(("content.channels.%1$s.width and content.channels.%1$s.height are too"
                    + " large: a rendition of %2$d × %3$d pixels takes up to %4$d bytes of memory, and there are %5$d")
                    .formatted(name, spec.width(), spec.height(), RenditionWork.memory(spec), memory));
        }
    }

    /** Checks the settings before the scheduler starts the worker. */
    void prepare(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event) {
        LOG.debugf("the channels are %s", names());
    }

    private static void check(String name, Channel channel) {
        String setting = "content.channels." + name;
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new ConfigurationException("content.channels: the name of a channel must consist of a-z, 0-9 and"
                    + " single hyphens between them, and have at most " + LONGEST_NAME + " characters, unlike " + name);
        }
        if ((long) channel.safeTop() + channel.safeBottom() >= channel.height()) {
            throw new ConfigurationException(setting + ".safe-top and " + setting + ".safe-bottom must be less than "
                    + setting + ".height together");
        }
        checkMaximum(setting, channel);
    }

    /** A rendition that is no larger than its image fills all of its own size. */
    private static void checkMaximum(String setting, Channel channel) {
        if (!channel.exact() && channel.fit() != Fit.CONTAIN) {
            throw new ConfigurationException(setting + ".fit must be contain, because " + setting + ".exact is false");
        }
        if (!channel.exact() && channel.background() != Background.EDGE) {
            throw new ConfigurationException(
                    setting + ".background must be edge, because " + setting + ".exact is false");
        }
        if (!channel.exact() && channel.safeTop() + channel.safeBottom() > 0) {
            throw new ConfigurationException(setting + ".safe-top and " + setting + ".safe-bottom must be 0, because "
                    + setting + ".exact is false");
        }
    }

    private static RenditionSpec spec(Channel channel) {
        return new RenditionSpec(channel.width(), channel.height(), !channel.exact(), channel.format().format(),
                channel.maxBytes(), channel.fit(), channel.background(), channel.safeTop(), channel.safeBottom());
    }

    Optional<RenditionSpec> find(String name) {
        return Optional.ofNullable(specs.get(name));
    }

    Set<String> names() {
        return Collections.unmodifiableSet(specs.keySet());
    }

    /** What providers are asked for: an image that suits the largest channel need not be enlarged for any. */
    @Produces
    @Identifier("wish")
    ImageSize largest() {
        return specs.values().stream().map(spec -> new ImageSize(spec.width(), spec.height()))
                .max(Comparator.comparingLong(ImageSize::pixels)).orElse(WITHOUT_CHANNELS);
    }

    Map<String, RenditionSpec> all() {
        return Collections.unmodifiableMap(specs);
    }
}
