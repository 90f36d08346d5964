package com.kt.event.content.embedded;

import java.util.Optional;
import java.util.stream.Stream;

/** The providers that the stand-in plays in dev mode. */
enum StandIn {
    /** At the address in {@code content.image-api.url}. */
    FIRST("default", "poster-1"),
    /** Called when the first one cannot be. */
    SECOND("second", "poster-2");

    private final String provider;
    private final String model;

    StandIn(String provider, String model) {
        this.provider = provider;
        this.model = model;
    }

    /** Its name in the configuration. */
    String provider() {
        return provider;
    }

    String model() {
        return model;
    }

    static Optional<StandIn> of(String provider) {
        return Stream.of(values()).filter(each -> each.provider.equals(provider)).findFirst();
    }
}
