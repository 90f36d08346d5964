package com.kt.event.content.api.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import com.kt.event.content.gallery.StoredImage;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.MultiMap;

/**
 * What tells a client whether it has an image already, and what its conditional headers come to (RFC 9110, 8.8 and 13.1).
 * Both are strong, for a file is written once. Its name and its size stand for its bytes, so that every instance, and a
 * restored backup, gives it the same tag.
 *
 * @param tag without its quotation marks
 * @param lastModified in whole seconds
 */
public record Preconditions(String tag, Instant lastModified) {
    /** The time is never later than the answer's (8.8.2.1), whatever the file system's clock says. */
    public static Preconditions of(StoredImage image, Instant now) {
        Instant time = image.lastModified().isBefore(now) ? image.lastModified() : now;
        return new Preconditions(image.file().getFileName() + "-" + Long.toHexString(image.size()),
                time.truncatedTo(ChronoUnit.SECONDS));
    }

    /** As in the header ETag. */
    public String etag() {
        return "\"" + tag + "\"";
    }

    /** Whether If-Match or, where there is none, If-Unmodified-Since wants another image. */
    public boolean areRefusedBy(MultiMap request) {
        List<String> tags = request.getAll(HttpHeaderNames.IF_MATCH);
        return tags.isEmpty()
                ? date(request.getAll(HttpHeaderNames.IF_UNMODIFIED_SINCE)).filter(lastModified::isAfter).isPresent()
                : !EntityTag.isAny(tags) && EntityTag.parse(tags).noneMatch(this::isSame);
    }

    /** Whether If-None-Match or, where there is none, If-Modified-Since says that the client has the image. */
    public boolean areKnownTo(MultiMap request) {
        List<String> tags = request.getAll(HttpHeaderNames.IF_NONE_MATCH);
        return tags.isEmpty()
                ? date(request.getAll(HttpHeaderNames.IF_MODIFIED_SINCE))
                        .filter(since -> !lastModified.isAfter(since)).isPresent()
                : EntityTag.isAny(tags) || EntityTag.parse(tags).anyMatch(this::isSameForAProxy);
    }

    /** Whether a part fits what the client has. Without If-Range it has nothing, or knows that it does. */
    public boolean allowPart(MultiMap request) {
        List<String> conditions = request.getAll(HttpHeaderNames.IF_RANGE);
        return conditions.isEmpty() || conditions.equals(List.of(etag()))
                || date(conditions).filter(lastModified::equals).isPresent();
    }

    /** Compared strongly (8.8.3.2). */
    private boolean isSame(EntityTag other) {
        return !other.isWeak() && other.opaque().equals(tag);
    }

    /** Compared weakly. A proxy that compresses or rewrites the answer puts a suffix to the tag: {@code x-gzip}. */
    private boolean isSameForAProxy(EntityTag entityTag) {
        String other = entityTag.opaque();
        return other.startsWith(tag)
                && (other.length() == tag.length() || !Character.isLetterOrDigit(other.charAt(tag.length())));
    }

    /** Empty where the value is none or there are several, which makes the condition one to ignore. */
    private static Optional<Instant> date(List<String> values) {
        return values.size() == 1 ? HttpDate.parse(values.get(0)) : Optional.empty();
    }
}
