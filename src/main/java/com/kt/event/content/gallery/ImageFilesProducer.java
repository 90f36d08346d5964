package com.kt.event.content.gallery;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.kt.event.content.image.WholeImages;

import io.netty.channel.EventLoopGroup;
import io.quarkiverse.amazon.s3.runtime.S3Config;
import io.quarkus.netty.MainEventLoopGroup;
import io.smallrye.common.annotation.Identifier;
import io.vertx.mutiny.core.Vertx;

/** Makes the place of the image files that {@code content.store.type} chooses. */
@ApplicationScoped
class ImageFilesProducer {
    /** The client of S3 is made when it is needed. */
    @Produces
    @Singleton
    ImageFiles imageFiles(GalleryConfig config, S3Config s3, WholeImages memory, Vertx vertx, Clock clock,
            @MainEventLoopGroup EventLoopGroup eventLoops,
            @Identifier("time-limits") ScheduledExecutorService timer,
            @ConfigProperty(name = "content.image-api.spool-directory") Optional<Path> spoolDirectory) {
        return switch (config.store().type()) {
            case DIRECTORY -> new DirectoryFiles(config.store().directory(), vertx);
            case S3 -> new S3Files(new S3Bucket(() -> S3Clients.create(s3, eventLoops, timer),
                    config.store().s3().bucket().orElseThrow(),
                    memory, vertx, timer, S3Bucket.SILENCE),
                    spoolDirectory.orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"))),
                    config.image().ttl(), clock);
        };
    }

    void close(@Disposes ImageFiles files) {
        files.close();
    }
}
