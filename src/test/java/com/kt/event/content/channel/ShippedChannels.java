package com.kt.event.content.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import org.eclipse.microprofile.config.spi.ConfigSource;

import com.kt.event.content.rendition.RenditionSpec;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** What the channels accept that are shipped, from their settings. */
public final class ShippedChannels {
    private ShippedChannels() {
    }

    /** By their names. */
    public static Map<String, RenditionSpec> all() {
        return with(new PropertiesConfigSource(Map.of(), "none", 0)).all();
    }

    /** @param source of settings that replace or add some */
    static Channels with(ConfigSource source) {
        return with(source, Long.MAX_VALUE);
    }

    /** @param memory in bytes */
    static Channels with(ConfigSource source, long memory) {
        return new Channels(new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredConverters()
                .withProfile("prod").withSources(source, applicationProperties()).withMapping(ChannelConfig.class)
                .withMappingIgnore("content.**").build().getConfigMapping(ChannelConfig.class),
                memory);
    }

    private static PropertiesConfigSource applicationProperties() {
        try {
            return new PropertiesConfigSource(ShippedChannels.class.getResource("/application.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
