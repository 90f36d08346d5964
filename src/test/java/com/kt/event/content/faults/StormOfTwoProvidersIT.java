package com.kt.event.content.faults;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Tag;

/** The same, for a shorter time, with two providers that fail independently, and have limits. */
@Tag("faults")
class StormOfTwoProvidersIT extends StormIT {
    @Override
    String usualDuration() {
        return "20s";
    }

    @Override
    List<StormProvider> providers() throws IOException {
        StormProvider first = super.providers().get(0);
        return List.of(first, platform.closesAtEnd(first.another(new StormPlan(~seed, duration))));
    }
}
