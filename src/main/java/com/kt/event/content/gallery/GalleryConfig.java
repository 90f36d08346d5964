package com.kt.event.content.gallery;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import com.kt.event.content.settings.HttpAddresses;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where images are kept, for how long, and how they are reached. */
@ConfigMapping(prefix = "content")
public interface GalleryConfig {
    /** What every image link starts with: the service's address as a shop owner's browser sees it. */
    @WithDefault("http://localhost:${quarkus.http.port:8080}")
    URI publicUrl();

    Store store();

    Image image();

    @AssertTrue(
            message = "content.public-url must be an absolute http or https address, with a port from 1 to 65535 if "
                    + "any, and without a user, a password, a query or a fragment")
    default boolean isPublicUrlUsable() {
        return publicUrl().equals(RANDOM_PORT)
                || HttpAddresses.fault(publicUrl()).isEmpty() && publicUrl().getRawQuery() == null;
    }

    /** What the default is where quarkus.http.port is 0; no links are needed by who does not know the port. */
    URI RANDOM_PORT = URI.create("http://localhost:0");

    /** content.store.* */
    interface Store {
        /** The directory in which images are kept; all instances must see the same one. */
        @WithDefault("pictures")
        Path directory();
    }

    /** content.image.* */
    interface Image {
        /** How long an image and its link live. */
        @WithDefault("7d")
        @DurationMin(seconds = 1)
        @DurationMax(days = MOST_DAYS)
        Duration ttl();

        /** As seconds they are in the Cache-Control of an image, where 2^31 is what everybody understands. */
        int MOST_DAYS = 24_855;
    }
}
