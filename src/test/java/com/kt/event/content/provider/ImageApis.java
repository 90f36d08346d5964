package com.kt.event.content.provider;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.kt.event.content.image.ImageFormat;

/** Providers for tests in which nobody calls them. */
public final class ImageApis {
    private ImageApis() {
    }

    public static ImageApi named(String name) {
        ProviderConfig config = new ProviderConfig(name, "openai", HttpAddress.of("http://localhost"), Optional.empty(),
                "m-" + name, "1024x1024", Optional.empty(), Map.of(), false);
        ImageCheck check = new ImageCheck(Set.of(ImageFormat.PNG), 1 << 20, 1_000_000);
        return new ImageApi(null, config, new ImageRules(false, check, Duration.ofMinutes(1)), null, null, null,
                null, null, null);
    }
}
