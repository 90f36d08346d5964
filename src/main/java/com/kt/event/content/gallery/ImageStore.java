package com.kt.event.content.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
import io.smallrye.mutiny.Uni;
import io.vertx.core.file.CopyOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.file.FileSystem;

/**
 * Keeps the bytes of pictures as files of one directory. A file is written once and never changed; its name is an
 * unguessable job's id and the style, so a job that is done again after a crash leaves no second copy.
 */
@ApplicationScoped
public class ImageStore {
    /** Where pictures are served, below {@code content.public-url}. */
    public static final String FILES_PATH = "/api/content/images/files";

    private static final Logger LOG = Logger.getLogger(ImageStore.class);
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9-]{1,100}\\.[a-z]{3,4}");
    private static final String UNFINISHED = ".part";

    /** It starts at PLATFORM_BEFORE, and would set the worker to work while the start is being given up. */
    private static final int BEFORE_THE_SCHEDULER = Interceptor.Priority.PLATFORM_BEFORE - 1;

    /** Files outlive their links by this, so that clocks that disagree never make a link dead too early. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final Path directory;
    private final URI publicUrl;
    private final Duration ttl;
    private final FileSystem files;
    private final Clock clock;

    ImageStore(GalleryConfig config, Vertx vertx, Clock clock) {
        this.directory = config.store().directory().toAbsolutePath();
        this.publicUrl = config.publicUrl();
        this.ttl = config.image().ttl();
        this.files = vertx.fileSystem();
        this.clock = clock;
    }

    /**
     * Better no start than a service that finds out with the first paid picture that it cannot keep it. A process that
     * opens no port, as the checker, is not the service.
     */
    void prepareDirectory(@Observes @Priority(BEFORE_THE_SCHEDULER) StartupEvent event,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean isService) {
        if (!isService) {
            return;
        }
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "check", UNFINISHED));
        } catch (IOException e) {
            throw new ConfigurationException("content.store.directory: cannot write to " + directory + " (" + e + ")");
        }
    }

    void warnOfDeadLinks(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL && publicUrl.getHost().equals("localhost")) {
            LOG.warnf("content.public-url is %s: links to pictures open on this machine only", publicUrl);
        }
    }

    /**
     * Keeps the bytes as a file of this name and answers the link to it. Where there is such a file already, that stays:
     * what was shown under a link never changes.
     */
    public Uni<URI> keep(String name, String extension, Buffer bytes) {
        String fileName = checked(name + "." + extension);
        String part = directory.resolve(UUID.randomUUID() + UNFINISHED).toString();
        String whole = directory.resolve(fileName).toString();
        return files.writeFile(part, bytes)
                .chain(() -> files.move(part, whole, new CopyOptions().setReplaceExisting(false)))
                .onFailure().call(() -> files.delete(part).onFailure().recoverWithNull())
                .onFailure(failure -> isThereAlready(failure) && Files.isRegularFile(Path.of(whole))).recoverWithNull()
                .replaceWith(() -> link(fileName));
    }

    private static boolean isThereAlready(Throwable failure) {
        return failure instanceof FileAlreadyExistsException
                || failure.getCause() instanceof FileAlreadyExistsException;
    }

    /** The link to a picture that was kept under this name, whatever its extension; empty where there is none. */
    public Uni<Optional<URI>> findKept(String name) {
        return files.readDir(directory.toString(), Pattern.quote(name) + "\\.[a-z]{3,4}")
                .map(paths -> paths.stream().findFirst().map(path -> link(Path.of(path).getFileName().toString())));
    }

    /** The file with the picture. Fails with {@link NoSuchPictureException}. */
    public Uni<Path> find(String fileName) {
        Path file = directory.resolve(checked(fileName));
        return files.exists(file.toString()).map(exists -> {
            if (!exists) {
                throw new NoSuchPictureException("no picture file has this name");
            }
            return file;
        });
    }

    /** Deletes what a link of ours shows; nothing where it is gone already. */
    public Uni<Void> delete(URI link) {
        String fileName = checked(link.getPath().substring(link.getPath().lastIndexOf('/') + 1));
        String file = directory.resolve(fileName).toString();
        return files.exists(file).chain(exists -> exists ? files.delete(file) : Uni.createFrom().voidItem());
    }

    /** Deletes the pictures whose links have expired, and what a crash left half-written. */
    @Scheduled(every = "1h", delayed = "1m", identity = "expired-pictures")
    void deleteExpired() {
        Instant oldest = clock.instant().minus(ttl).minus(MARGIN);
        try (Stream<Path> all = Files.list(directory)) {
            long deleted = all.filter(file -> deletedAsOlder(file, oldest)).count();
            if (deleted > 0) {
                LOG.infof("deleted %d picture files that had expired", deleted);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("could not look for expired pictures, trying again in an hour: %s", e);
        }
    }

    private static boolean deletedAsOlder(Path file, Instant oldest) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(oldest) && Files.deleteIfExists(file);
        } catch (IOException e) {
            // Another instance was faster, or the file is not ours to delete; the rest goes on.
            LOG.debugf("left %s alone: %s", file, e);
            return false;
        }
    }

    private URI link(String fileName) {
        String base = publicUrl.toASCIIString().replaceAll("/+$", "");
        return URI.create(base + FILES_PATH + "/" + fileName);
    }

    private static String checked(String fileName) {
        if (!FILE_NAME.matcher(fileName).matches()) {
            throw new NoSuchPictureException("no picture file has such a name");
        }
        return fileName;
    }
}
