package com.kt.event.content.provider.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The table {@code src/main/resources/models/image-models.txt}. Models come and go every few months, so their names are data,
 * and a name that is not in it is not refused.
 */
public final class ImageModels {
    /** The size that is computed. */
    public static final String AUTO = "auto";

    /** Read when the native executable is built, so that the file need not be in it. */
    private static final List<ImageModel> MODELS = load("/models/image-models.txt");

    private ImageModels() {
    }

    /**
     * The size to ask for: the one nearest to the wish among those that the model takes, in the notation of its API: pixels
     * ({@code 1088x1360}) or a ratio, with the resolution if there are several ({@code 4:5@1K}).
     *
     * @param type of the provider, as it is configured
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     */
    public static String nearestSize(String type, String model, int width, int height) {
        return find(type, model).map(known -> known.sizes().nearest(width, height)).orElse(width + "x" + height);
    }

    /** The fault of a size as the end of a sentence; empty if the model takes it, or is not known. */
    public static Optional<String> faultOfSize(String type, String model, String size) {
        return known(type, model).filter(known -> !size.equals(AUTO) && !known.sizes().takes(size))
                .map(known -> "must be auto, or as " + model + " takes it: " + known.sizes().description());
    }

    /** As {@link #faultOfSize}. */
    public static Optional<String> faultOfQuality(String type, String model, String quality) {
        return known(type, model).flatMap(known -> fault(model, quality, known.qualities(), "quality"));
    }

    /** As {@link #faultOfSize}. */
    public static Optional<String> faultOfFormat(String type, String model, String format) {
        return known(type, model).flatMap(known -> fault(model, format, known.formats(), "format"));
    }

    /** The format in which the model makes an image if none is asked for; empty if that is not known. */
    public static Optional<String> defaultFormat(String type, String model) {
        return known(type, model).flatMap(known -> known.formats().stream().findFirst());
    }

    /** What the model is sent with each request beside prompt and settings, such as that prompts are not rewritten. */
    public static Map<String, String> input(String type, String model) {
        return find(type, model).map(ImageModel::input).orElse(Map.of());
    }

    private static Optional<String> fault(String model, String value, List<String> values, String name) {
        if (values.contains(value)) {
            return Optional.empty();
        }
        return Optional.of(values.isEmpty()
                ? "must not be set, because " + model + " has no " + name
                : "must be as " + model + " takes it: one of " + String.join(", ", values));
    }

    private static Optional<ImageModel> known(String type, String model) {
        return find(type, model).filter(ImageModel::isKnown);
    }

    /** Gateways put the name of the vendor in front of the model's. */
    private static Optional<ImageModel> find(String type, String model) {
        String name = model.strip().toLowerCase(Locale.ROOT);
        List<ImageModel> ofType = MODELS.stream().filter(known -> known.type().equals(type)).toList();
        return ofType.stream().filter(known -> known.isKnown() && known.has(name.replaceFirst(".*/", "")))
                .findFirst().or(() -> ofType.stream().filter(known -> known.has(name)).findFirst());
    }

    private static List<ImageModel> load(String file) {
        try (InputStream table = ImageModels.class.getResourceAsStream(file)) {
            if (table == null) {
                throw new FileNotFoundException(file);
            }
            return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).map(ImageModel::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
