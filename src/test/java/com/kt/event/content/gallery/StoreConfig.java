package com.kt.event.content.gallery;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import com.kt.event.content.S3Server;

/**
 * The settings of an image store whose images last a week.
 *
 * @param directory null with a bucket
 * @param cdn null if clients do not read the bucket
 */
record StoreConfig(Type type, Path directory, String cdn)
        implements
            GalleryConfig,
            GalleryConfig.Store,
            GalleryConfig.Image {
    static StoreConfig inDirectory(Path directory) {
        return new StoreConfig(Type.DIRECTORY, directory, null);
    }

    static StoreConfig inBucket(String cdn) {
        return new StoreConfig(Type.S3, null, cdn);
    }

    @Override
    public URI publicUrl() {
        return URI.create("https://shop.example/gw/");
    }

    @Override
    public Store store() {
        return this;
    }

    @Override
    public S3 s3() {
        return new S3() {
            @Override
            public Optional<String> bucket() {
                return Optional.of(S3Server.BUCKET);
            }

            @Override
            public Optional<URI> publicUrl() {
                return Optional.ofNullable(cdn).map(URI::create);
            }
        };
    }

    @Override
    public GalleryConfig.Image image() {
        return this;
    }

    @Override
    public Duration ttl() {
        return Duration.ofDays(7);
    }
}
