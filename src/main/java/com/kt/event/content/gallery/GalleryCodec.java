package com.kt.event.content.gallery;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.redis.JsonCodec;
import com.kt.event.content.redis.UnreadableValueException;

/**
 * The JSON in the fields of a draft's images. An unreadable field is skipped, so that the others stay usable, and logged
 * once only, since every read would find it again.
 */
final class GalleryCodec {
    static final String RECOMMENDATION = "recommendation";

    private static final Logger LOG = Logger.getLogger(GalleryCodec.class);
    private static final int MAX_REMEMBERED = 1_000;

    private final JsonCodec json;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    GalleryCodec(JsonCodec json) {
        this.json = json;
    }

    String write(Object value) {
        return json.write(value);
    }

    Optional<GalleryImage> image(String key, String field, String value) {
        return read(key, field, value, GalleryImage.class)
                .or(() -> unreadable(key, field));
    }

    Optional<Recommendation> recommendation(String key, Map<String, String> fields) {
        String value = fields.get(RECOMMENDATION);
        return value == null
                ? Optional.empty()
                : read(key, RECOMMENDATION, value, Recommendation.class).or(() -> unreadable(key, RECOMMENDATION));
    }

    private <T> Optional<T> read(String key, String field, String value, Class<T> type) {
        try {
            return Optional.ofNullable(json.read(value, type));
        } catch (UnreadableValueException e) {
            LOG.debugf("%s, field %s: %s", key, field, e);
            return Optional.empty();
        }
    }

    private <T> Optional<T> unreadable(String key, String field) {
        warnOnce(key + ": field " + field + " is unreadable and is skipped");
        return Optional.empty();
    }

    void warnOnce(String message) {
        if (warned.size() >= MAX_REMEMBERED) {
            warned.clear();
        }
        if (warned.add(message)) {
            LOG.warn(message);
        }
    }
}
