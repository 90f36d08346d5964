package com.kt.event.content.gallery;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import com.kt.event.content.gallery.GalleryConfig.Store.Type;
import com.kt.event.content.image.Image;
import com.kt.event.content.image.ImageDetails;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;

/**
 * Stores the bytes of images as files, and waits while that fails. The name of a file begins with the unguessable id of the
 * job.
 */
@ApplicationScoped
public class ImageStore {
    /** The path of the image files below {@code content.public-url}. */
    public static final String FILES_PATH = "/api/content/images/files";

    private static final Logger LOG = Logger.getLogger(ImageStore.class);
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9-]{1,100}\\.[a-z]{3,4}");

    /** The scheduler starts at PLATFORM_BEFORE, and would start the worker although start-up is about to fail. */
    private static final int BEFORE_THE_SCHEDULER = Interceptor.Priority.PLATFORM_BEFORE - 1;

    /** A request for images waits no longer for the store. */
    private static final Duration LOOKUP_LIMIT = Duration.ofMillis(300);

    private final ImageFiles files;
    private final StoredDetails details;
    private final GoneImages goneImages;
    private final StoreHealth health;
    private final URI publicUrl;
    /** What each link begins with. */
    private final String links;
    private final Duration ttl;
    private final Clock clock;

    ImageStore(GalleryConfig config, ImageFiles files, StoredDetails details, GoneImages goneImages, Clock clock,
            StoreHealth health) {
        this.files = files;
        this.details = details;
        this.goneImages = goneImages;
        this.health = health;
        this.publicUrl = config.publicUrl();
        this.links = start(config);
        this.ttl = config.image().ttl();
        this.clock = clock;
    }

    private static String start(GalleryConfig config) {
        Optional<URI> bucket = config.store().type() == Type.S3 ? config.store().s3().publicUrl() : Optional.empty();
        return withoutSlashes(bucket.orElse(config.publicUrl())) + (bucket.isPresent() ? "/" : FILES_PATH + "/");
    }

    private static String withoutSlashes(URI address) {
        return address.toASCIIString().replaceAll("/+$", "");
    }

    /**
     * Fails the start if images cannot be stored, rather than losing the first paid image. If that is no wrong setting, the
     * service starts and generates nothing until they can. Commands that open no port skip this.
     */
    void prepare(@Observes @Priority(BEFORE_THE_SCHEDULER) StartupEvent event,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean isService) {
        if (!isService) {
            return;
        }
        try {
            files.prepare();
        } catch (IOException e) {
            health.markFailed(e);
        }
    }

    void warnOfLocalLinks(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL && links.endsWith(FILES_PATH + "/")
                && publicUrl.getHost().equals("localhost")) {
            LOG.warnf("content.public-url is %s: image links work on this machine only", publicUrl);
        }
    }

    /** Checks that the store is writable, both before an image is paid for and after a failed write. */
    @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP, identity = "probe-store")
    Uni<Void> probe() {
        return health.probe(files.probe());
    }

    /**
     * Stores an image and returns its link. Waits while the store is not writable.
     *
     * @param name of the image: the job's id and the style
     */
    public Uni<KeptImage> keep(String name, Image image) {
        String extension = image.format().extension();
        checked(name + "." + extension);
        return health.untilKept(files.write(name, extension, image.content())
                .chain(written -> written.isNew()
                        ? Uni.createFrom().item(kept(written.image(), image.details()))
                        : kept(written.image())));
    }

    /** The image that was stored under this name, with any extension; empty if there is none. */
    public Uni<Optional<KeptImage>> findKept(String name) {
        return files.findByName(name).chain(fileName -> fileName.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : files.find(fileName.get()).chain(this::kept).map(Optional::of)
                        .onFailure(NoSuchImageException.class).recoverWithItem(Optional.empty()));
    }

    private Uni<KeptImage> kept(StoredImage stored) {
        return details.of(stored).map(found -> kept(stored, found.orElse(null)));
    }

    private KeptImage kept(StoredImage stored, ImageDetails details) {
        return new KeptImage(link(stored.fileName()), stored.lastModified().truncatedTo(ChronoUnit.MILLIS), details);
    }

    /**
     * The image in the file of this name, which is readable. Fails with {@link NoSuchImageException}, with
     * {@link ImageGoneException} if its link ended less than a day ago, and with {@link StoreUnavailableException} if it
     * exists and cannot be read.
     */
    public Uni<StoredImage> find(String fileName) {
        if (!ImageNames.isImage(fileName)) {
            // The directory may have files of others.
            return Uni.createFrom().failure(new NoSuchImageException("no image file has such a name"));
        }
        return files.find(fileName)
                .onFailure(IOException.class).transform(ImageStore::unavailable)
                .onItem().invoke(this::requireUnexpired)
                .onFailure(NoSuchImageException.class).recoverWithUni(missing -> goneImages.contain(fileName)
                        .chain(gone -> Uni.createFrom().failure(gone ? new ImageGoneException() : missing)));
    }

    /** When the link of an image ends. */
    public Instant expiresAt(StoredImage image) {
        return image.lastModified().plus(ttl);
    }

    /** Throws {@link ImageGoneException} if its link has ended. */
    void requireUnexpired(StoredImage image) {
        if (!expiresAt(image).isAfter(clock.instant())) {
            throw new ImageGoneException();
        }
    }

    /**
     * Deletes the image behind a link of this service, and remembers that it was there. Does nothing if it is gone, or for any
     * other link. Fails with {@link StoreUnavailableException}, and as Redis does.
     */
    public Uni<Void> delete(URI link) {
        String fileName = fileName(link);
        return ImageNames.isImage(fileName)
                ? goneImages.add(fileName, GoneImages.LIFE).chain(() -> files.delete(fileName)
                        .onFailure(IOException.class).transform(ImageStore::unavailable))
                : Uni.createFrom().voidItem();
    }

    /**
     * Whether the image behind a link may exist. False only if it is known to be gone: a failing store may hide its files or
     * not respond.
     */
    public Uni<Boolean> mayBeThere(URI link) {
        String fileName = fileName(link);
        if (!ImageNames.isImage(fileName) || !isWritable()) {
            return Uni.createFrom().item(true);
        }
        return health.within(LOOKUP_LIMIT, files.isThere(fileName), true)
                .onFailure().recoverWithItem(true);
    }

    static String fileName(URI link) {
        String linkPath = String.valueOf(link.getPath());
        return linkPath.substring(linkPath.lastIndexOf('/') + 1);
    }

    static StoreUnavailableException unavailable(Throwable failure) {
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

    /** The link of a rendition, which leads to this service in any case: it is made with the first request. */
    public URI link(RenditionName rendition) {
        return URI.create(withoutSlashes(publicUrl) + FILES_PATH + "/" + rendition.fileName());
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
