package com.kt.event.content.provider.dialect;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.kt.event.content.provider.ImageRequest;
import com.kt.event.content.provider.ProviderConfig;
import com.kt.event.content.provider.model.ImageModels;

/** What the settings of a provider mean for its model. */
final class Settings {
    /** The option that asks for a format, for the kinds of image APIs that can be asked for one. */
    static final String FORMAT = "format";
    /** As {@link #FORMAT}: for the kinds of image APIs that can be asked for a quality. */
    static final String QUALITY = "quality";

    private Settings() {
    }

    /**
     * The faults of model, size, quality, format and options. What a model takes is only checked if it is known.
     *
     * @param options those that the kind of image API has, with {@link #FORMAT} and {@link #QUALITY}
     */
    static List<String> faults(ProviderConfig config, String... options) {
        if (config.model().isBlank()) {
            return List.of("model must be set");
        }
        Stream<String> size = ImageModels.faultOfSize(config.type(), config.model(), config.size()).stream()
                .map(fault -> "size " + fault);
        Stream<String> quality = config.quality().filter(value -> List.of(options).contains(QUALITY))
                .flatMap(value -> ImageModels.faultOfQuality(config.type(), config.model(), value)).stream()
                .map(fault -> "quality " + fault);
        Stream<String> format = format(config).filter(value -> List.of(options).contains(FORMAT))
                .flatMap(value -> ImageModels.faultOfFormat(config.type(), config.model(), value)).stream()
                .map(fault -> FORMAT + " " + fault);
        return Stream.of(size, quality, format, faultsOfOptions(config, options)).flatMap(faults -> faults).toList();
    }

    static Stream<String> faultsOfOptions(ProviderConfig config, String... options) {
        return Stream.concat(config.options().keySet().stream(), config.quality().stream().map(quality -> QUALITY))
                .filter(option -> !List.of(options).contains(option)).sorted()
                .map(option -> option + " must not be set, because it is not a setting of the type " + config.type());
    }

    /** The format to ask for; empty if none is configured, and the image API chooses. */
    static Optional<String> format(ProviderConfig config) {
        return config.option(FORMAT);
    }

    /** The size to ask for. */
    static String size(ProviderConfig config, ImageRequest request) {
        return config.size().equals(ImageModels.AUTO)
                ? ImageModels.nearestSize(config.type(), config.model(), request.wish().width(),
                        request.wish().height())
                : config.size();
    }

    /** A name as one segment of a path. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
