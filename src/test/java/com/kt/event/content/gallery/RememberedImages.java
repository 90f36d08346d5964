package com.kt.event.content.gallery;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.smallrye.mutiny.Uni;

/** Remembers in memory which images are gone, and for how long. */
final class RememberedImages extends GoneImages {
    final Map<String, Duration> left = new LinkedHashMap<>();

    RememberedImages() {
        super((ReactiveValueCommands<String, String>) null, null);
    }

    @Override
    synchronized Uni<Void> add(String fileName, Duration duration) {
        left.putIfAbsent(fileName, duration);
        return Uni.createFrom().voidItem();
    }

    @Override
    synchronized Uni<Boolean> contain(String fileName) {
        return Uni.createFrom().item(left.containsKey(fileName));
    }
}
