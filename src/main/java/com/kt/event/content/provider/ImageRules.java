package com.kt.event.content.provider;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import com.kt.event.content.provider.model.ImageModels;
import com.kt.event.content.settings.StrictBooleanConverter;
import com.kt.event.content.settings.StrictDurationConverter;
import com.kt.event.content.settings.StrictMemorySizeConverter;

/**
 * What is accepted from a provider.
 *
 * @param allowPrivateAddresses whether an image's URL in a response may lead into a private network
 */
record ImageRules(boolean allowPrivateAddresses, ImageCheck check, Duration secondTry) {
    /** @param members the settings of the provider, which may lack these */
    static ImageRules of(Function<String, Optional<String>> members, ImageApiConfig defaults) {
        long maxBytes = members.apply("max-picture-size").map(new StrictMemorySizeConverter()::convert)
                .orElse(defaults.maxPictureSize()).asLongValue();
        long maxPixels = members.apply("max-pixels").map(Long::valueOf).orElse(defaults.maxPixels());
        return new ImageRules(
                members.apply("allow-private-addresses").map(new StrictBooleanConverter()::convert)
                        .orElse(defaults.allowPrivateAddresses()),
                new ImageCheck(defaults.formats(), maxBytes, maxPixels),
                members.apply("second-try").map(new StrictDurationConverter()::convert).orElse(defaults.secondTry()));
    }

    /**
     * The faults of a provider whose images would be refused after they are paid for, as of {@link ImageProvider#faults}. If
     * the model is not known, only a format that is asked for is one.
     */
    Stream<String> faults(ProviderConfig provider) {
        Optional<String> asked = provider.option("format");
        return asked.or(() -> ImageModels.defaultFormat(provider.type(), provider.model()))
                .filter(format -> !check.accepts(format)).stream()
                .map(format -> "format must be set to a format that content.image-api.formats accepts: "
                        + (asked.isPresent() ? "it does not accept " : "the default of the model is ") + format);
    }

    /** Base64 takes four bytes for three, and the JSON around it very few. */
    long maxResponseBytes() {
        return check.maxBytes() * 4 / 3 + 64 * 1024;
    }
}
