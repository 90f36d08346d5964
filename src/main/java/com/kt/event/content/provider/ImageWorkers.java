package com.kt.event.content.provider;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.kt.event.content.image.Spool;
import com.kt.event.content.image.SpoolDirectory;
import com.kt.event.content.image.Spools;
import com.kt.event.content.image.WholeImages;
import com.kt.event.content.settings.ProviderSettings;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;

/**
 * The threads that decode, check and spool images. They are fewer than the processors, so that event loops need not wait for
 * one while many images arrive, and each may have a whole image in memory while it checks it.
 */
@ApplicationScoped
class ImageWorkers {
    private final WorkerExecutor executor;
    private final SpoolDirectory directory;
    private final WholeImages memory;

    ImageWorkers(Vertx vertx, WholeImages memory, ImageApiConfig config, Config settings,
            @ConfigProperty(name = "content.store.type", defaultValue = "directory") String storeType,
            @ConfigProperty(name = "content.store.directory", defaultValue = "pictures") Path storeDirectory) {
        Path spoolDirectory = config.spoolDirectory().orElse(storeType.equalsIgnoreCase("s3")
                ? Path.of(System.getProperty("java.io.tmpdir"))
                : storeDirectory);
        this.memory = memory;
        this.executor = vertx.createSharedWorkerExecutor("images",
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        this.directory = new SpoolDirectory(spoolDirectory, ArrivingMemory.ofUnwritten(),
                largestOfAll(config, settings));
    }

    private static long largestOfAll(ImageApiConfig config, Config settings) {
        return ProviderSettings.order(settings).stream()
                .map(name -> ImageRules.of(member -> ProviderSettings.value(name, member, settings), config))
                .mapToLong(rules -> rules.check().maxBytes()).max().orElseThrow();
    }

    @PreDestroy
    void close() {
        executor.close();
    }

    WorkerExecutor executor() {
        return executor;
    }

    Spools newSpools() {
        return new Spools(directory);
    }

    <T> Uni<T> run(Callable<T> work) {
        return Uni.createFrom().completionStage(() -> executor.executeBlocking(work, false).toCompletionStage());
    }

    /** Runs work that has the image in memory as a whole, once there is memory for that. */
    <T> Uni<T> runWithWhole(Spool image, Callable<T> work) {
        return Uni.createFrom().deferred(() -> memory.within(image.length(), run(work)));
    }

    /** Removing a large file takes time. */
    void close(Spools spools) {
        if (spools.hasFiles()) {
            executor.executeBlocking(() -> {
                spools.close();
                return null;
            }, false);
        } else {
            spools.close();
        }
    }
}
