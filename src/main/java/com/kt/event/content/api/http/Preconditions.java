package com.kt.event.content.api.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import com.kt.event.content.gallery.StoredImage;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.MultiMap;

/**
 * The validators of an image, and the evaluation of conditional headers against them (RFC 9110, 8.8 and 13.1). Both
 * validators are strong, because a file never changes. The tag consists of the file's name and size, so that it is the same
 * on every instance and after a restored backup.
 *
 * @param tag the entity tag without its quotation marks
 * @param lastModified in whole seconds
 */
public record Preconditions(String tag, Instant lastModified) {
    /** The time is never later than that of the response (8.8.2.1), even if the file system's clock is ahead. */
    public static Preconditions of(StoredImage image, Instant now) {
        Instant time = image.lastModified().isBefore(now) ? image.lastModified() : now;
        return new Preconditions(image.fileName() + "-" + Long.toHexString(image.size()),
                time.truncatedTo(ChronoUnit.SECONDS));
    }

    /** The value of the header ETag. */
    public String etag() {
        return "\"" + tag + "\"";
    }

    /** Whether If-Match, or in its absence If-Unmodified-Since, requires another image (412). */
    public boolean failFor(MultiMap request) {
        List<String> tags = request.getAll(HttpHeaderNames.IF_MATCH);
        return tags.isEmpty()
                ? date(request.getAll(HttpHeaderNames.IF_UNMODIFIED_SINCE)).filter(lastModified::isAfter).isPresent()
                : !EntityTag.isAny(tags) && EntityTag.parse(tags).noneMatch(this::isSame);
    }

    /** Whether the client has the image by If-None-Match, or in its absence by If-Modified-Since (304). */
    public boolean isNotModifiedFor(MultiMap request) {
        List<String> tags = request.getAll(HttpHeaderNames.IF_NONE_MATCH);
        return tags.isEmpty()
                ? date(request.getAll(HttpHeaderNames.IF_MODIFIED_SINCE))
                        .filter(since -> !lastModified.isAfter(since)).isPresent()
                : EntityTag.isAny(tags) || EntityTag.parse(tags).anyMatch(this::isSameOrSuffixed);
    }

    /** Whether If-Range permits sending a part: it is absent, or matches this image. */
    public boolean allowPart(MultiMap request) {
        List<String> conditions = request.getAll(HttpHeaderNames.IF_RANGE);
        return conditions.isEmpty() || conditions.equals(List.of(etag()))
                || date(conditions).filter(lastModified::equals).isPresent();
    }

    /** Strong comparison (8.8.3.2). */
    private boolean isSame(EntityTag other) {
        return !other.isWeak() && other.opaque().equals(tag);
    }

    /** Weak comparison. A proxy that compresses or rewrites the response appends a suffix to the tag: {@code x-gzip}. */
    private boolean isSameOrSuffixed(EntityTag entityTag) {
        String other = entityTag.opaque();
        return other.startsWith(tag)
                && (other.length() == tag.length() || !Character.isLetterOrDigit(other.charAt(tag.length())));
    }

    /** Empty if the value is not a date or there are several; the condition is then ignored. */
    private static Optional<Instant> date(List<String> values) {
        return values.size() == 1 ? HttpDate.parse(values.get(0)) : Optional.empty();
    }
}
