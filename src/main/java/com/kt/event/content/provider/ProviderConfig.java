package com.kt.event.content.provider;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.Config;

import com.kt.event.content.provider.model.ImageModels;
import com.kt.event.content.settings.ProviderSettings;

import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * A configured provider: {@code content.providers.<name>.*}, with {@code content.image-api.*} as defaults.
 *
 * @param name {@link com.kt.event.content.settings.ProviderSettings#DEFAULT} if only {@code content.image-api.*} is set
 * @param type that of an {@link ImageProvider}
 * @param url the base of its addresses
 * @param model as the provider knows it; empty if it is not set and the kind of provider can do without
 * @param size width by height in pixels, {@code auto}, or a name that the model knows
 * @param options the members that only some kinds of image APIs have, such as {@code api-version}
 * @param allowPrivateAddresses whether an image's URL in a response may lead into a private network
 * @param isUrlComplete whether no version is to be added to the URL: not every gateway that is configured as
 *     {@code content.image-api.url} has one
 */
public record ProviderConfig(String name, String type, HttpAddress url, Optional<String> key, String model, String size,
        Optional<String> quality, Map<String, String> options, boolean allowPrivateAddresses,
        boolean isUrlComplete) {
    private static final String OPENAI = "openai";
    private static final Set<String> OF_IMAGE_API = Set.of("url", "key", "model", "size", "quality");

    /** With a URL that may lack the version at its end. */
    public ProviderConfig(String name, String type, HttpAddress url, Optional<String> key, String model, String size,
            Optional<String> quality, Map<String, String> options, boolean allowPrivateAddresses) {
        this(name, type, url, key, model, size, quality, options, allowPrivateAddresses, false);
    }

    /**
     * Reads one from the configuration.
     *
     * @param dialects by their types
     * @throws ConfigurationException if it cannot be used
     */
    static ProviderConfig of(String name, Map<String, ImageProvider> dialects, Config config, ImageApiConfig imageApi,
            ImageRules rules) {
        Function<String, Optional<String>> members = member -> ProviderSettings.value(name, member, config);
        String type = members.apply("type").map(ProviderConfig::lowerCase).orElse(OPENAI);
        // The address, key and model of content.image-api mean nothing to another kind of image API.
        boolean isDefault = name.equals(ProviderSettings.DEFAULT) && type.equals(OPENAI);
        ImageProvider dialect = dialects.get(type);
        Optional<String> defaultUrl = isDefault ? Optional.of(imageApi.url().toString()) : dialect.defaultUrl();
        String url = members.apply("url").or(() -> defaultUrl).orElseThrow(() -> new ConfigurationException(
                "content.providers." + name + ".url must be set: each installation of " + type + " has its own"));
        ProviderConfig provider = new ProviderConfig(name, type, HttpAddress.of(url),
                members.apply("key").or(() -> isDefault ? imageApi.key() : Optional.empty()),
                members.apply("model").orElse(type.equals(OPENAI) ? imageApi.model() : ""),
                members.apply("size").orElse(type.equals(OPENAI) ? imageApi.size() : ImageModels.AUTO),
                members.apply("quality").or(() -> isDefault ? imageApi.quality() : Optional.empty()),
                options(members), rules.allowPrivateAddresses(), isDefault && members.apply("url").isEmpty());
        List<String> faults = Stream.concat(dialect.faults(provider).stream(), rules.faults(provider)).toList();
        if (!faults.isEmpty()) {
            throw new ConfigurationException(
                    faults.stream().map(fault -> prefix(isDefault, name, members, fault) + fault)
                            .collect(Collectors.joining("; ")));
        }
        return provider;
    }

    /** The setting that an operator has to change: that of content.image-api, unless it is overridden or is not there. */
    private static String prefix(boolean isDefault, String name, Function<String, Optional<String>> members,
            String fault) {
        String member = fault.replaceFirst(" .*", "");
        return isDefault && OF_IMAGE_API.contains(member) && members.apply(member).isEmpty()
                ? "content.image-api."
                : "content.providers." + name + ".";
    }

    private static Map<String, String> options(Function<String, Optional<String>> members) {
        Map<String, String> options = new TreeMap<>();
        ProviderSettings.options()
                .forEach(member -> members.apply(member).ifPresent(value -> options.put(member, value)));
        options.computeIfPresent("format", (member, format) -> lowerCase(format));
        return Map.copyOf(options);
    }

    /** Both are accepted in any case. */
    private static String lowerCase(String typeOrFormat) {
        return typeOrFormat.toLowerCase(Locale.ROOT);
    }

    /**
     * The base of its addresses.
     *
     * @param version that of the API, such as {@code /v1}, which may be left out at the end of the configured URL
     */
    public HttpAddress url(String version) {
        return isUrlComplete ? url : url.withVersion(version);
    }

    /** The value of a member that only some kinds of image APIs have. */
    public Optional<String> option(String member) {
        return Optional.ofNullable(options.get(member));
    }

    /** The key must not appear in a log. */
    @Override
    public String toString() {
        return "provider " + name + " of type " + type;
    }
}
