package com.kt.event.content.channel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.kt.event.content.gallery.FoundRendition;
import com.kt.event.content.gallery.ImageStore;
import com.kt.event.content.gallery.RenditionDetails;
import com.kt.event.content.gallery.RenditionName;
import com.kt.event.content.gallery.StoreUnavailableException;
import com.kt.event.content.gallery.StoredImage;
import com.kt.event.content.gallery.StoredRenditions;
import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.log.LogThrottle;
import com.kt.event.content.rendition.Rendition;
import com.kt.event.content.rendition.RenditionMaker;
import com.kt.event.content.rendition.RenditionSource;
import com.kt.event.content.rendition.RenditionSpec;
import com.kt.event.content.rendition.RenditionTooLargeException;
import com.kt.event.content.rendition.RenditionWork;
import com.kt.event.content.rendition.UndecodableImageException;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Context;
import io.vertx.mutiny.core.Vertx;

/**
 * Image files, and the renditions that are made of them with the first request. Requests for the same rendition that arrive
 * meanwhile wait for it.
 */
@ApplicationScoped
public class Renditions {
    private static final Logger LOG = Logger.getLogger(Renditions.class);

    private static final String ANY_CHANNEL = "any";

    private final Channels channels;
    private final RenditionMaker maker;
    private final RenditionWorkers workers;
    private final ImageStore images;
    private final StoredRenditions stored;
    private final Counter made;
    /** Clients may ask for the same again and again. */
    private final LogThrottle warnings = new LogThrottle(Duration.ofHours(1));
    private final ConcurrentMap<RenditionName, CompletableFuture<FoundRendition>> beingMade = new ConcurrentHashMap<>();

    Renditions(Channels channels, RenditionMaker maker, RenditionWorkers workers, ImageStore images,
            StoredRenditions stored, MeterRegistry meters) {
        this.channels = channels;
        this.maker = maker;
        this.workers = workers;
        this.images = images;
        this.stored = stored;
        this.made = Counter.builder("content.renditions.made").description("Renditions that this instance has made")
                .register(meters);
    }

    /**
     * The image or the rendition of this name. Fails as {@link ImageStore#find} does, and for a rendition that has not been
     * made yet with {@link NoSuchChannelException}, {@link NoRenditionException} and {@link TooManyRenditionsException}.
     */
    public Uni<ImageFile> find(String fileName) {
        Optional<RenditionName> meant = RenditionName.meantBy(fileName);
        if (meant.isPresent()) {
            return RenditionName.of(fileName).filter(name -> name.channel().length() <= Channels.LONGEST_NAME)
                    .map(this::findRendition).orElseGet(() -> refused(meant.get()));
        }
        return images.find(fileName).map(image -> new ImageFile(image, images.expiresAt(image)));
    }

    /** Nothing is stored under such a name, and not every file system takes it; but its image may be there, or gone. */
    private Uni<ImageFile> refused(RenditionName name) {
        return stored.find(new RenditionName(name.image(), ANY_CHANNEL, ImageFormat.JPEG.extension()))
                .onItem().transformToUni(found -> Uni.createFrom().failure(noSuchChannel(name)));
    }

    /** One that is stored is served whatever has become of its channel: a link works until it expires. */
    private Uni<ImageFile> findRendition(RenditionName name) {
        return stored.find(name)
                .chain(found -> found.rendition().isPresent()
                        ? Uni.createFrom().item(found)
                        : inCallersContext(shared(name, spec(name))))
                .map(found -> new ImageFile(found.rendition().orElseThrow(), images.expiresAt(found.image())));
    }

    private RenditionSpec spec(RenditionName name) {
        return channels.find(name.channel()).filter(spec -> spec.format().extension().equals(name.extension()))
                .orElseThrow(() -> noSuchChannel(name));
    }

    private NoSuchChannelException noSuchChannel(RenditionName name) {
        String what = channels.find(name.channel())
                .map(spec -> "the renditions for " + name.channel() + " end in " + spec.format().extension())
                .orElse("no channel is named " + name.channel());
        return new NoSuchChannelException(what + "; the channels are " + String.join(", ", channels.names()));
    }

    /** A client that goes away does not end what others wait for. */
    private Uni<FoundRendition> shared(RenditionName name, RenditionSpec spec) {
        return Uni.createFrom().completionStage(() -> {
            CompletableFuture<FoundRendition> mine = new CompletableFuture<>();
            CompletableFuture<FoundRendition> first = beingMade.putIfAbsent(name, mine);
            if (first != null) {
                return first.copy();
            }
            workers.run(() -> findOrMake(name, spec)).onTermination().invoke(() -> beingMade.remove(name))
                    .subscribe().with(mine::complete, mine::completeExceptionally);
            return mine.copy();
        });
    }

    /** Blocks. Looks again first: it may have been made since the caller looked. */
    private FoundRendition findOrMake(RenditionName name, RenditionSpec spec) throws Exception {
        FoundRendition found = stored.find(name).await().indefinitely();
        if (found.rendition().isPresent()) {
            return found;
        }
        Rendition rendition = make(found.image(), spec, name);
        made.increment();
        return stored.keep(name, new RenditionDetails(rendition.width(), rendition.height(), rendition.bytes().length),
                rendition.bytes(), images.expiresAt(found.image())).await().indefinitely();
    }

    private Rendition make(StoredImage image, RenditionSpec spec, RenditionName name) throws Exception {
        if (image.isSvg()) {
            throw new NoRenditionException("an SVG has no renditions");
        }
        try (FileChannel file = stored.open(image)) {
            RenditionWork work = maker.open(RenditionSource.of(file), spec);
            return workers.withMemory(work.memory(), work::make);
        } catch (UndecodableImageException e) {
            if (warnings.permits(image.fileName())) {
                LOG.warnf("%s cannot be decoded (%s): it has no renditions", image.fileName(), e.getMessage());
            }
            throw new NoRenditionException("the image cannot be decoded: " + e.getMessage(), e);
        } catch (RenditionTooLargeException e) {
            if (warnings.permits(name.fileName())) {
                LOG.warnf("%s cannot be made (%s): content.channels.%s.max-bytes is too small", name.fileName(),
                        e.getMessage(), name.channel());
            }
            throw new NoRenditionException("the image does not fit into " + spec.maxBytes() + " bytes", e);
        } catch (IOException e) {
            // What is wrong with the image's bytes is undecodable.
            throw new StoreUnavailableException(e);
        }
    }

    private static <T> Uni<T> inCallersContext(Uni<T> uni) {
        Context context = Vertx.currentContext();
        return context == null ? uni : uni.emitOn(context::runOnContext);
    }
}
