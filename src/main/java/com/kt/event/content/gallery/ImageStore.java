package com.kt.event.content.gallery;

import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

/**
 * Keeps the bytes of images as files of one directory. A file is written once and never changed; its name is an
 * unguessable job's id and the style, so a job that is done again after a crash leaves no second copy.
 */
@ApplicationScoped
public class ImageStore {
    /** Where images are served, below {@code content.public-url}. */
    public static final String FILES_PATH = "/api/content/images/files";

    private static final Logger LOG = Logger.getLogger(ImageStore.class);
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9-]{1,100}\\.[a-z]{3,4}");

    /** It starts at PLATFORM_BEFORE, and would set the worker to work while the start is being given up. */
    private static final int BEFORE_THE_SCHEDULER = Interceptor.Priority.PLATFORM_BEFORE - 1;

    /** Files outlive their links by this, so that clocks that disagree never make a link dead too early. */
    private static final Duration MARGIN = Duration.ofHours(1);

    /** Whoever asks for images is answered within a second or so. */
    private static final Duration LONGEST_LOOK = Duration.ofMillis(300);

    private final Path path;
    private final ImageDirectory directory;
    private final StoreHealth health;
    private final URI publicUrl;
    private final Duration ttl;
    private final Vertx vertx;
    private final Clock clock;

    ImageStore(GalleryConfig config, Vertx vertx, Clock clock, StoreHealth health) {
        this.path = config.store().directory().toAbsolutePath();
        this.directory = new ImageDirectory(path);
        this.health = health;
        this.publicUrl = config.publicUrl();
        this.ttl = config.image().ttl();
        this.vertx = vertx;
        this.clock = clock;
    }

    /**
     * Better no start than a service that finds out with the first paid image that it cannot keep it. A full store is no
     * wrong setting, and starts with its gate closed. A process that opens no port, as the checker, is not the service.
     */
    void prepareDirectory(@Observes @Priority(BEFORE_THE_SCHEDULER) StartupEvent event,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean isService) {
        if (!isService) {
            return;
        }
        try {
            directory.create();
            directory.probe();
        } catch (IOException e) {
            if (!isFull(e)) {
                throw new ConfigurationException("content.store.directory: cannot write to " + path + " (" + e + ")");
            }
            health.close(e);
        }
    }

    /** Java has no exception of its own for it, only the operating system's words. */
    private static boolean isFull(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded");
    }

    void warnOfDeadLinks(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL && publicUrl.getHost().equals("localhost")) {
            LOG.warnf("content.public-url is %s: links to images open on this machine only", publicUrl);
        }
    }

    /** Finds out whether images can be kept, before one is paid for as well as after one could not be kept. */
    @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP, identity = "probe-store")
    Uni<Void> probe() {
        return health.probe(blocking(() -> {
            directory.probe();
            return null;
        }));
    }

    /**
     * Keeps the bytes as a file of this name and answers the link to it. Where there is such a file already, that stays:
     * what was shown under a link never changes. While the store cannot be written to this waits.
     */
    public Uni<URI> keep(String name, String extension, byte[] bytes) {
        String fileName = checked(name + "." + extension);
        return health.untilKept(blocking(() -> {
            directory.write(fileName, bytes);
            return link(fileName);
        }));
    }

    /** The link to an image that was kept under this name, whatever its extension; empty where there is none. */
    public Uni<Optional<URI>> findKept(String name) {
        return blocking(() -> directory.find(name).map(this::link));
    }

    /**
     * The file with the image, which can be read. Fails with {@link NoSuchImageException}, and with
     * {@link StoreUnavailableException} where it is there and cannot be read.
     */
    public Uni<StoredImage> find(String fileName) {
        String name = checked(fileName);
        return blocking(() -> directory.readable(name))
                .onFailure(NoSuchFileException.class)
                .transform(gone -> new NoSuchImageException("no image file has this name"))
                .onFailure(IOException.class).transform(ImageStore::unavailable);
    }

    /**
     * Deletes what a link of ours shows; nothing where it is gone already, or is no link of ours. Fails with
     * {@link StoreUnavailableException}.
     */
    public Uni<Void> delete(URI link) {
        String fileName = fileName(link);
        Uni<Void> deletion = blocking(() -> {
            directory.delete(fileName);
            return null;
        });
        return deletion.onFailure(IOException.class).transform(ImageStore::unavailable);
    }

    /**
     * Whether the image behind a link may be there. Only what is known to be gone is not: a store that has trouble shows
     * nothing, or does not answer.
     */
    public Uni<Boolean> mayBeThere(URI link) {
        String fileName = fileName(link);
        if (!ImageDirectory.isImage(fileName) || !isWritable()) {
            return Uni.createFrom().item(true);
        }
        return health.within(LONGEST_LOOK, blocking(() -> directory.isThere(fileName)), true)
                .onFailure().recoverWithItem(true);
    }

    private static String fileName(URI link) {
        String linkPath = String.valueOf(link.getPath());
        return linkPath.substring(linkPath.lastIndexOf('/') + 1);
    }

    private static StoreUnavailableException unavailable(Throwable failure) {
        return new StoreUnavailableException((IOException) failure);
    }

    /** Whether this instance can keep images; while it cannot, none may be paid for. */
    public boolean isWritable() {
        return health.isWritable();
    }

    /** Waits until images can be kept. */
    public Uni<Void> writable() {
        return health.writable();
    }

    /** Deletes the images whose links have expired, and what a crash left half-written. */
    @Scheduled(every = "1h", delayed = "1m", identity = "expired-images")
    void deleteExpired() {
        Instant unfinished = clock.instant().minus(MARGIN);
        try {
            long deleted = directory.deleteOlder(unfinished.minus(ttl), unfinished);
            if (deleted > 0) {
                LOG.infof("deleted %d image files that had expired", deleted);
            }
        } catch (IOException e) {
            LOG.warnf("could not look for expired images, trying again in an hour: %s", e);
        }
    }

    private <T> Uni<T> blocking(Callable<T> work) {
        return Uni.createFrom().deferred(() -> vertx.executeBlocking(work, false));
    }

    private URI link(String fileName) {
        String base = publicUrl.toASCIIString().replaceAll("/+$", "");
        return URI.create(base + FILES_PATH + "/" + fileName);
    }

    private static String checked(String fileName) {
        if (!FILE_NAME.matcher(fileName).matches()) {
            throw new NoSuchImageException("no image file has such a name");
        }
        return fileName;
    }
}
