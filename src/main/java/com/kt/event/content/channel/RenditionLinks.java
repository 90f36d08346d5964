package com.kt.event.content.channel;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.gallery.GalleryImage;
import com.kt.event.content.gallery.ImageStore;
import com.kt.event.content.gallery.RenditionDetails;
import com.kt.event.content.gallery.RenditionName;
import com.kt.event.content.gallery.StoredRenditions;
import com.kt.event.content.image.ImageDetails;
import com.kt.event.content.rendition.RenditionSpec;

import io.smallrye.mutiny.Uni;

/** The links of the renditions of images, for each channel that is switched on. */
@ApplicationScoped
public class RenditionLinks {
    private final Channels channels;
    private final ImageStore images;
    private final StoredRenditions stored;

    RenditionLinks(Channels channels, ImageStore images, StoredRenditions stored) {
        this.channels = channels;
        this.images = images;
        this.stored = stored;
    }

    /** By channel, for each of these images; a function that knows which renditions have been made. */
    public Uni<Function<GalleryImage, Map<String, RenditionLink>>> of(Collection<GalleryImage> gallery) {
        return stored.made(gallery).map(made -> image -> links(image, made));
    }

    private Map<String, RenditionLink> links(GalleryImage image, Map<RenditionName, RenditionDetails> made) {
        Map<String, RenditionLink> links = new LinkedHashMap<>();
        channels.all().forEach((channel, spec) -> image.rendition(channel, spec.format().extension())
                .ifPresent(name -> links.put(channel, link(image, name, spec, Optional.ofNullable(made.get(name))))));
        return links;
    }

    /** One that was made stays as it is if the channel is changed. */
    private RenditionLink link(GalleryImage image, RenditionName name, RenditionSpec spec,
            Optional<RenditionDetails> made) {
        URI url = images.link(name);
        String mediaType = spec.format().mediaType();
        return made.map(it -> new RenditionLink(url, it.width(), it.height(), mediaType, it.bytes()))
                .orElseGet(() -> spec.isMaximum()
                        ? ofSizeOf(image.details(), spec, url)
                        : new RenditionLink(url, spec.width(), spec.height(), mediaType, null));
    }

    /** @param details null if they are unknown */
    static RenditionLink ofSizeOf(ImageDetails details, RenditionSpec spec, URI url) {
        if (details == null || details.width() == null) {
            return new RenditionLink(url, null, null, spec.format().mediaType(), null);
        }
        boolean isTurned = Boolean.TRUE.equals(details.turned());
        int width = isTurned ? details.height() : details.width();
        int height = isTurned ? details.width() : details.height();
        double scale = Math.min(1, Math.min((double) spec.width() / width, (double) spec.height() / height));
        return new RenditionLink(url, scaled(width, scale), scaled(height, scale), spec.format().mediaType(), null);
    }

    private static int scaled(int side, double scale) {
        return (int) Math.max(1, Math.round(side * scale));
    }
}
