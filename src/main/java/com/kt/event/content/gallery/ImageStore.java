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
 * Stores the bytes of images as files in one directory. A file is written once and never changed. Its name consists of the
 * unguessable job id and the style, so a job that runs again after a crash leaves no second copy.
 */
@ApplicationScoped
public class ImageStore {
    /** The path of the image files below {@code content.public-url}. */
    public static final String FILES_PATH = "/api/content/images/files";

    private static final Logger LOG = Logger.getLogger(ImageStore.class);
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9-]{1,100}\\.[a-z]{3,4}");

    /** The scheduler starts at PLATFORM_BEFORE, and would start the worker although start-up is about to fail. */
    private static final int BEFORE_THE_SCHEDULER = Interceptor.Priority.PLATFORM_BEFORE - 1;

    /** Files outlive their links by this, so that no link breaks early when clocks differ. */
    private static final Duration MARGIN = Duration.ofHours(1);

    /** A request for images waits no longer for the store. */
    private static final Duration LOOKUP_LIMIT = Duration.ofMillis(300);

    private final Path path;
    private final ImageDirectory directory;
    private final StoreHealth health;
    private final URI publicUrl;
    /** What each link begins with. */
    private final String links;
    private final Duration ttl;
    private final Vertx vertx;
    private final Clock clock;

    ImageStore(GalleryConfig config, Vertx vertx, Clock clock, StoreHealth health) {
        this.path = config.store().directory().toAbsolutePath();
        this.directory = new ImageDirectory(path);
        this.health = health;
        this.publicUrl = config.publicUrl();
        this.links = publicUrl.toASCIIString().replaceAll("/+$", "") + FILES_PATH + "/";
        this.ttl = config.image().ttl();
        this.vertx = vertx;
        this.clock = clock;
    }

    /**
     * Fails the start if the directory is not writable, rather than losing the first paid image. A full disk is not a wrong
     * setting: the service starts and generates nothing until there is room. Commands that open no port skip this.
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
            health.markFailed(e);
        }
    }

    /** Java has no exception for a full disk, only the message of the operating system. */
    private static boolean isFull(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded");
    }

    void warnOfLocalLinks(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL && publicUrl.getHost().equals("localhost")) {
            LOG.warnf("content.public-url is %s: image links work on this machine only", publicUrl);
        }
    }

    /** Checks that the store is writable, both before an image is paid for and after a failed write. */
    @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP, identity = "probe-store")
    Uni<Void> probe() {
        return health.probe(blocking(() -> {
            directory.probe();
            return null;
        }));
    }

    /**
     * Stores the bytes in a file of this name and returns its link. An existing file is kept, because the content of a link
     * never changes. Waits while the store is not writable.
     */
    public Uni<URI> keep(String name, String extension, byte[] bytes) {
        String fileName = checked(name + "." + extension);
        return health.untilKept(blocking(() -> {
            directory.write(fileName, bytes);
            return link(fileName);
        }));
    }

    /** The link of the image that was stored under this name, with any extension; empty if there is none. */
    public Uni<Optional<URI>> findKept(String name) {
        return blocking(() -> directory.find(name).map(this::link));
    }

    /**
     * The file of the image, which is readable. Fails with {@link NoSuchImageException}, and with
     * {@link StoreUnavailableException} if it exists and cannot be read.
     */
    public Uni<StoredImage> find(String fileName) {
        String name = checked(fileName);
        return blocking(() -> directory.readable(name))
                .onFailure(NoSuchFileException.class)
                .transform(missing -> new NoSuchImageException("no image file has this name"))
                .onFailure(IOException.class).transform(ImageStore::unavailable);
    }

    /**
     * Deletes the file behind a link of this service. Does nothing if it is gone, or for any other link. Fails with
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
     * Whether the image behind a link may exist. False only if it is known to be gone: a failing store may hide its files or
     * not respond.
     */
    public Uni<Boolean> mayBeThere(URI link) {
        String fileName = fileName(link);
        if (!ImageDirectory.isImage(fileName) || !isWritable()) {
            return Uni.createFrom().item(true);
        }
        return health.within(LOOKUP_LIMIT, blocking(() -> directory.isThere(fileName)), true)
                .onFailure().recoverWithItem(true);
    }

    private static String fileName(URI link) {
        String linkPath = String.valueOf(link.getPath());
        return linkPath.substring(linkPath.lastIndexOf('/') + 1);
    }

    private static StoreUnavailableException unavailable(Throwable failure) {
        return new StoreUnavailableException((IOException) failure);
    }

    /** Whether this instance can store images. While it cannot, no paid call may be sent. */
    public boolean isWritable() {
        return health.isWritable();
    }

    /** Completes once images can be stored. */
    public Uni<Void> writable() {
        return health.writable();
    }

    /** Deletes images whose links have expired, and partial files that a crash left behind. */
    @Scheduled(every = "1h", delayed = "1m", identity = "expired-images")
    void deleteExpired() {
        Instant unfinished = clock.instant().minus(MARGIN);
        try {
            long deleted = directory.deleteOlder(unfinished.minus(ttl), unfinished);
            if (deleted > 0) {
                LOG.infof("deleted %d expired image files", deleted);
            }
        } catch (IOException e) {
            LOG.warnf("cannot delete expired images, retrying in an hour: %s", e);
        }
    }

    private <T> Uni<T> blocking(Callable<T> work) {
        return Uni.createFrom().deferred(() -> vertx.executeBlocking(work, false));
    }

    private URI link(String fileName) {
        return URI.create(links + fileName);
    }

    private static String checked(String fileName) {
        if (!FILE_NAME.matcher(fileName).matches()) {
            throw new NoSuchImageException("no image file has such a name");
        }
        return fileName;
    }
}
