package com.kt.event.content.gallery;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;

import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where pictures are kept, for how long, and how they are reached. */
@ConfigMapping(prefix = "content")
public interface GalleryConfig {
    /** What every picture link starts with: the service's address as a shop owner's browser sees it. */
    @WithDefault("http://localhost:${quarkus.http.port:8080}")
    URI publicUrl();

    Store store();

    Image image();

    @AssertTrue(message = "content.public-url must be an absolute http or https address without a query")
    default boolean isPublicUrlUsable() {
        URI url = publicUrl();
        return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                && url.getHost() != null && url.getRawQuery() == null && url.getRawFragment() == null;
    }

    /** content.store.* */
    interface Store {
        /** The directory in which pictures are kept; all instances must see the same one. */
        @WithDefault("pictures")
        Path directory();
    }

    /** content.image.* */
    interface Image {
        /** How long a picture and its link live. */
        @WithDefault("7d")
        @DurationMin(seconds = 1)
        Duration ttl();
    }
}
