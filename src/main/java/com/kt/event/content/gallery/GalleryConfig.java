package com.kt.event.content.gallery;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import jakarta.validation.constraints.AssertTrue;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import com.kt.event.content.settings.HttpAddresses;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where images are stored, for how long, and how clients reach them. */
@ConfigMapping(prefix = "content")
public interface GalleryConfig {
    /** The start of every image link: the service's address as a shop owner's browser sees it. */
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

    /** The default if quarkus.http.port is 0. Without a known port nobody follows links. */
    URI RANDOM_PORT = URI.create("http://localhost:0");

    /** content.store.* */
    interface Store {
        /** Where image files are. */
        @WithDefault("directory")
        Type type();

        /** The directory of the image files; all instances must share it. Not used with a bucket. */
        @WithDefault("pictures")
        Path directory();

        S3 s3();

        @AssertTrue(message = "content.store.s3.bucket must be set, because content.store.type is s3")
        default boolean isBucketNamed() {
            return type() != Type.S3 || s3().bucket().isPresent();
        }

        /** The values of content.store.type. */
        enum Type {
            DIRECTORY, S3
        }
    }

    /** content.store.s3.*; the connection is configured by quarkus.s3.*. */
    interface S3 {
        /** The bucket of the image files. */
        Optional<String> bucket();

        /** What image links start with if clients read the bucket themselves, such as the address of a CDN. */
        Optional<URI> publicUrl();

        @AssertTrue(
                message = "content.store.s3.public-url must be an absolute http or https address, with a port from 1 to "
                        + "65535 if any, and without a user, a password, a query or a fragment")
        default boolean isPublicUrlUsable() {
            return publicUrl().isEmpty()
                    || HttpAddresses.fault(publicUrl().get()).isEmpty() && publicUrl().get().getRawQuery() == null;
        }
    }

    /** content.image.* */
    interface Image {
        /** How long an image and its link are valid. */
        @WithDefault("7d")
        @DurationMin(seconds = 1)
        @DurationMax(days = MOST_DAYS)
        Duration ttl();

        /** Cache-Control gives the lifetime in seconds, and HTTP caches understand at most 2^31. */
        int MOST_DAYS = 24_855;
    }
}
