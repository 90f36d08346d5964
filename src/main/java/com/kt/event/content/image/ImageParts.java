package com.kt.event.content.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which parts of an image are kept. A scan adds them in their order; each begins where the one before it ends. Metadata may
 * tell of people, places or prompts and is removed, except how to turn the image. A manifest (C2PA) says where an image
 * comes from and is invalid once a byte changes, so an image with one is kept whole, unless its metadata tell a place.
 */
final class ImageParts {
    /** An image of 20 MB has a few thousand. */
    private static final int MOST = 100_000;
    /** Each takes memory as long as the image is not stored. */
    private static final int MOST_KEPT = 10_000;

    private final ByteBuffer image;
    private final Places places;
    private final List<ByteBuffer> kept = new ArrayList<>();
    private boolean hasManifest;
    private boolean hasPlace;
    private boolean isTurned;
    private boolean isTransposed;
    private int count;
    /** Where the parts begin that are kept and not yet added. */
    private int start;
    private int end;

    /** @param places null to not look for places: they matter only in an image with a manifest */
    ImageParts(ByteBuffer image, Places places) {
        this.image = image.slice(0, image.limit());
        this.places = places;
    }

    void keep(int to) throws BrokenImageException {
        count();
        end = to;
    }

    private void count() throws BrokenImageException {
        if (++count > MOST) {
            throw new BrokenImageException("an image of more than " + MOST + " parts");
        }
    }

    private void remove(int to) throws BrokenImageException {
        addKept();
        start = to;
        end = to;
    }

    /** Adds bytes that the image does not have, in place of those up to {@code to}. */
    void replace(int to, ByteBuffer replacement) throws BrokenImageException {
        remove(to);
        kept.add(replacement);
    }

    private void addKept() throws BrokenImageException {
        if (end > start) {
            if (kept.size() >= MOST_KEPT) {
                throw new BrokenImageException("an image with metadata in more than " + MOST_KEPT + " places");
            }
            kept.add(image.slice(start, end - start));
        }
    }

    /** @param hasPlace whether it tells a place; called only if it matters */
    void removeMetadata(int to, Predicate<Places> hasPlace) throws BrokenImageException {
        count();
        search(hasPlace);
        remove(to);
    }

    private void search(Predicate<Places> telling) {
        hasPlace = hasPlace || places != null && telling.test(places);
    }

    void removeManifest(int to, ByteBuffer manifest) throws BrokenImageException {
        hasManifest = true;
        removeMetadata(to, found -> found.in(manifest));
    }

    /** @param container puts EXIF without a prefix into the form that it has in the image */
    void replaceExif(int to, ByteBuffer content, Function<byte[], ByteBuffer> container) throws BrokenImageException {
        Exif exif = Exif.of(content);
        removeMetadata(to, found -> exif.hasPlace());
        if (exif.orientation() != 1 && !isTurned) {
            isTurned = true;
            isTransposed = exif.isTransposed();
            replace(to, container.apply(Exif.ofOrientation(exif.orientation())));
        }
    }

    /** To be called after the last part. */
    void end() {
        search(found -> found.in(image.slice(end, image.limit() - end)));
    }

    /** Whether EXIF is kept that says how to turn the image. */
    boolean isTurned() {
        return isTurned;
    }

    /** Whether the width is the height when the image is displayed. */
    boolean isTransposed() {
        return isTransposed;
    }

    /** Whether the image has to be scanned again, for places. */
    boolean needsPlaces() {
        return hasManifest && places == null;
    }

    /** Whether every byte is kept. */
    boolean isWhole() {
        return start == 0 && end == image.limit() || hasManifest && !hasPlace;
    }

    /** The kept bytes. Without a manifest, those after the last part are not. To be called once. */
    List<ByteBuffer> kept() throws BrokenImageException {
        if (isWhole()) {
            return List.of(image);
        }
        addKept();
        return kept;
    }
}
