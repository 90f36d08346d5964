package com.kt.event.content.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Which parts of an image are kept. A scan adds them in their order; each begins where the one before it ends. Metadata may
 * tell of people, places or prompts and is removed, except how to turn the image. A manifest (C2PA) says where an image
 * comes from and is invalid once a byte changes, so an image with one is kept whole, unless its metadata tell a place.
 */
final class ImageParts {
    private final ByteBuffer image;
    private final List<ByteBuffer> kept = new ArrayList<>();
    private final List<BooleanSupplier> places = new ArrayList<>();
    private boolean hasManifest;
    private boolean isTurned;
    /** Where the parts begin that are kept and not yet added. */
    private int start;
    private int end;

    ImageParts(ByteBuffer image) {
        this.image = image.slice(0, image.limit());
    }

    void keep(int to) {
        end = to;
    }

    private void remove(int to) {
        addKept();
        start = to;
        end = to;
    }

    /** Adds bytes that the image does not have, in place of those up to {@code to}. */
    void replace(int to, ByteBuffer replacement) {
        remove(to);
        kept.add(replacement);
    }

    private void addKept() {
        if (end > start) {
            kept.add(image.slice(start, end - start));
        }
    }

    /** @param hasPlace whether it tells a place; called only if it matters */
    void removeMetadata(int to, BooleanSupplier hasPlace) {
        places.add(hasPlace);
        remove(to);
    }

    void removeManifest(int to, ByteBuffer manifest) {
        hasManifest = true;
        removeMetadata(to, () -> Places.in(manifest));
    }

    /** @param container puts EXIF without a prefix into the form that it has in the image */
    void replaceExif(int to, ByteBuffer content, Function<byte[], ByteBuffer> container) {
        Exif exif = Exif.of(content);
        removeMetadata(to, exif::hasPlace);
        if (exif.orientation() != 1 && !isTurned) {
            isTurned = true;
            replace(to, container.apply(Exif.ofOrientation(exif.orientation())));
        }
    }

    /** Whether EXIF is kept that says how to turn the image. */
    boolean isTurned() {
        return isTurned;
    }

    /** Whether every byte is kept; to be called after the last part. */
    boolean isWhole() {
        return start == 0 && end == image.limit() || hasManifest && !hasPlace();
    }

    private boolean hasPlace() {
        return places.stream().anyMatch(BooleanSupplier::getAsBoolean)
                || Places.in(image.slice(end, image.limit() - end));
    }

    /** The kept bytes. Without a manifest, those after the last part are not. To be called once, after the last part. */
    List<ByteBuffer> kept() {
        if (isWhole()) {
            return List.of(image);
        }
        addKept();
        return kept;
    }
}
