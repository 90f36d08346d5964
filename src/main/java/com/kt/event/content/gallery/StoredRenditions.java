package com.kt.event.content.gallery;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.redis.RedisTimeout;

import io.smallrye.mutiny.Uni;

/**
 * Stores renditions beside their images. A rendition lives as long as its image: it is recorded before it is written, and
 * looked for together with its image, after it is written too, so that a deletion that comes in between leaves nothing.
 */
@ApplicationScoped
public class StoredRenditions {
    private final ImageFiles files;
    private final ImageStore images;
    private final RecordedRenditions recorded;
    private final GoneImages goneImages;
    private final RedisTimeout redisTimeout;
    private final Clock clock;

    StoredRenditions(ImageFiles files, ImageStore images, RecordedRenditions recorded, GoneImages goneImages,
            RedisTimeout redisTimeout, Clock clock) {
        this.files = files;
        this.images = images;
        this.recorded = recorded;
        this.goneImages = goneImages;
        this.redisTimeout = redisTimeout;
        this.clock = clock;
    }

    /**
     * The image, and the rendition if there is one. Fails with {@link NoSuchImageException} if there is no such image, with
     * {@link ImageGoneException} if its link ended less than a day ago, and with {@link StoreUnavailableException}.
     */
    public Uni<FoundRendition> find(RenditionName name) {
        return files.findRendition(name)
                .onFailure(IOException.class).transform(ImageStore::unavailable)
                .onItem().invoke(found -> images.requireUnexpired(found.image()))
                .onFailure(NoSuchImageException.class).recoverWithUni(missing -> failed(name.image()));
    }

    private <T> Uni<T> failed(String image) {
        return isGone(image).chain(gone -> Uni.createFrom().failure(
                gone ? new ImageGoneException() : new NoSuchImageException("no image file has this name")));
    }

    /** The name of a rendition does not say which extension its image had. */
    private Uni<Boolean> isGone(String image) {
        return Uni.join().all(ImageNames.EXTENSIONS.stream()
                .map(extension -> goneImages.contain(image + "." + extension)).toList()).andFailFast()
                .map(gone -> gone.contains(true));
    }

    /** The bytes of an image, for reading at any position. Blocks. Fails as {@link #find} does. */
    public FileChannel open(StoredImage image) {
        try {
            return files.open(image);
        } catch (NoSuchFileException e) {
            return this.<FileChannel>failed(ImageNames.imageName(image.fileName())).await().indefinitely();
        } catch (IOException e) {
            throw new StoreUnavailableException(e);
        }
    }

    /** Stores a rendition, and returns what the store has then; fails as {@link #find} does, and as Redis does. */
    public Uni<FoundRendition> keep(RenditionName name, RenditionDetails details, byte[] content, Instant expiresAt) {
        return redisTimeout.request(recorded.add(name, details, expiresAt))
                .chain(() -> files.writeRendition(name, content, expiresAt)
                        .onFailure(IOException.class).transform(ImageStore::unavailable))
                .chain(() -> find(name))
                .onFailure(StoredRenditions::isWithoutImage).call(() -> files.delete(name.fileName())
                        .chain(() -> recorded.forget(name.image())));
    }

    private static boolean isWithoutImage(Throwable failure) {
        return failure instanceof NoSuchImageException || failure instanceof ImageGoneException;
    }

    /** Deletes the renditions of the image behind a link of this service; does nothing for any other link. */
    public Uni<Void> deleteAll(URI imageLink) {
        String fileName = ImageStore.fileName(imageLink);
        return ImageNames.isImage(fileName)
                ? deleteAll(ImageNames.imageName(fileName))
                : Uni.createFrom().voidItem();
    }

    Uni<Void> deleteAll(String image) {
        return recorded.names(image)
                .chain(names -> files.deleteRenditions(image, names)
                        .onFailure(IOException.class).transform(ImageStore::unavailable))
                .chain(() -> recorded.forget(image));
    }

    /** Those of these images that have been made. */
    public Uni<Map<RenditionName, RenditionDetails>> made(Collection<GalleryImage> gallery) {
        return recorded.of(gallery.stream().map(image -> ImageStore.fileName(image.imageUrl()))
                .filter(ImageNames::isImage).map(ImageNames::imageName).toList());
    }
}
