package com.kt.event.content.channel;

import java.util.Map;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.rendition.RenditionSpec;
import com.kt.event.content.rendition.RenditionSpec.Background;
import com.kt.event.content.rendition.RenditionSpec.Fit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What each channel accepts; those that are shipped are in application.properties. */
@ConfigMapping(prefix = "content")
public interface ChannelConfig {
    Map<String, Channel> channels();

    Renditions renditions();

    /** content.channels.&lt;name&gt;.* */
    interface Channel {
        /** A channel that is switched off has no renditions; those that were made before keep their links. */
        @WithDefault("true")
        boolean enabled();

        @Min(1)
        @Max(RenditionSpec.LONGEST_SIDE)
        int width();

        @Min(1)
        @Max(RenditionSpec.LONGEST_SIDE)
        int height();

        /** Whether the channel needs exactly this size. Otherwise it is the largest that the channel accepts. */
        @WithDefault("true")
        boolean exact();

        @WithDefault("jpeg")
        Format format();

        /** The most bytes of a file; no unit, because some count 1,000 bytes as a kilobyte and some 1,024. */
        @WithDefault("5000000")
        @Min(10_000)
        @Max(Integer.MAX_VALUE)
        long maxBytes();

        @WithDefault("contain")
        Fit fit();

        @WithDefault("edge")
        Background background();

        /** How many pixels at the top the channel covers with something of its own. */
        @WithDefault("0")
        @Min(0)
        int safeTop();

        /** As at the top. */
        @WithDefault("0")
        @Min(0)
        int safeBottom();
    }

    /** content.renditions.* */
    interface Renditions {
        /** How many renditions may wait to be made in this instance; further requests are answered 503. */
        @WithDefault("256")
        @Min(1)
        int maxWaiting();
    }

    /** The values of content.channels.&lt;name&gt;.format. */
    enum Format {
        JPEG(ImageFormat.JPEG), PNG(ImageFormat.PNG);

        private final ImageFormat format;

        Format(ImageFormat format) {
            this.format = format;
        }

        ImageFormat format() {
            return format;
        }
    }
}
