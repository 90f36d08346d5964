package com.kt.event.content.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.Config;

/**
 * The settings of the form {@code content.providers.<name>.<member>}. In the environment a name with a dash stands between
 * two underscores on either side, as in {@code CONTENT_PROVIDERS__SHOP_GPU__URL}; with single ones it is understood as well
 * where only one reading makes sense.
 */
public final class ProviderSettings {
    /** The name of the provider that {@code content.image-api.*} configures. */
    public static final String DEFAULT = "default";
    public static final String ORDER = "content.providers.order";

    static final String PREFIX = "content.providers.";
    static final String FALLBACK = "content.providers.moderation-fallback";

    /** The kinds of image APIs. A test compares them with the dialects. */
    static final List<String> TYPES = List.of("openai", "azure-openai", "gemini", "stable-diffusion-webui", "replicate",
            "stability");

    private static final String VARIABLE = Settings.variable(PREFIX);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Set<String> RESERVED = Set.of("order", "moderation-fallback");
    private static final Pattern PROPERTY = Pattern.compile(
            Pattern.quote(PREFIX) + "(?:\"([^\"]*)\"|([^.\"]*))(?:\\.(.*))?");
    private static final Pattern QUOTED_VARIABLE = Pattern.compile(VARIABLE + "_(.+?)__(.+)");

    private static final Map<String, Function<String, Setting>> MEMBERS = new TreeMap<>(Map.ofEntries(
            Map.entry("type", name -> Setting.oneOf(name, TYPES.toArray(String[]::new))),
            Map.entry("url", Setting::address),
            Map.entry("key", Setting::secret),
            Map.entry("model", Setting::text),
            Map.entry("size", Setting::word),
            Map.entry("quality", Setting::word),
            Map.entry("allow-private-addresses", Setting::bool),
            Map.entry("max-picture-size",
                    name -> Setting.size(name, 64 * 1024, 512 * 1024 * 1024, "must be from 64K to 512M")),
            Map.entry("max-pixels", name -> Setting.number(name, 1, Long.MAX_VALUE, "")),
            Map.entry("second-try", ProviderSettings::pause),
            Map.entry("images-per-minute", name -> Setting.number(name, 1, 100_000, "")),
            Map.entry("max-concurrent", name -> Setting.number(name, 1, 10_000, "")),
            Map.entry("price-currency", Setting::currency),
            Map.entry("price-million-input-tokens", Setting::amount),
            Map.entry("price-million-output-tokens", Setting::amount),
            Map.entry("price-image", Setting::amount),
            Map.entry("price-second", Setting::amount),
            Map.entry("pause", ProviderSettings::pause),
            Map.entry("longest-pause", ProviderSettings::pause)));

    /** Those that only some kinds of image APIs have. */
    private static final Map<String, Function<String, Setting>> OPTIONS = Map.of("api-version", Setting::word, "mode",
            Setting::word, "text-model", Setting::text, "format",
            name -> Setting.oneOf(name, "png", "jpeg", "webp"));

    static {
        MEMBERS.putAll(OPTIONS);
    }

    /** One setting that is given, wherever that is. */
    private record Given(String name, String member) {
    }

    private ProviderSettings() {
    }

    private static Setting pause(String name) {
        return Setting.duration(name, Duration.ofMillis(1), Duration.ofHours(1));
    }

    /** The members that only some kinds of image APIs have. */
    public static Set<String> options() {
        return OPTIONS.keySet();
    }

    /** The providers in the order in which they are called; the one of {@code content.image-api.*} if there is no other. */
    public static List<String> order(Config config) {
        return order(config, System.getenv().keySet());
    }

    static List<String> order(Config config, Set<String> variables) {
        List<String> order = listed(config);
        return order.isEmpty()
                ? named(config, variables).stream().findFirst().map(List::of).orElse(List.of(DEFAULT))
                : order;
    }

    /** Those that are configured, and not called, because the order does not name them. */
    public static List<String> notCalled(Config config) {
        Set<String> names = named(config, System.getenv().keySet());
        names.removeAll(order(config));
        return List.copyOf(names);
    }

    /** The value of a member; empty if it is not set. */
    public static Optional<String> value(String name, String member, Config config) {
        return Settings.value(property(name, member), config)
                .or(() -> Settings.value(PREFIX + '"' + name + "\"." + member, config));
    }

    static String property(String name, String member) {
        return PREFIX + name + "." + member;
    }

    private static List<String> listed(Config config) {
        return Settings.value(ORDER, config).stream().flatMap(order -> Stream.of(order.split(",")))
                .map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    /** The names below which anything is set, without {@link #DEFAULT}. */
    private static Set<String> named(Config config, Set<String> variables) {
        return given(config, variables).stream().map(Given::name).filter(name -> !name.equals(DEFAULT))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static List<String> complaints(Config config) {
        return complaints(config, System.getenv().keySet());
    }

    static List<String> complaints(Config config, Set<String> variables) {
        List<String> complaints = new ArrayList<>();
        Set<Given> given = given(config, variables);
        Set<String> names = named(config, variables);
        given.forEach(setting -> complaint(setting, config).ifPresent(complaints::add));
        if (complaints.isEmpty()) {
            complaintOfOrder(names, listed(config)).ifPresent(complaints::add);
            names.stream().filter(name -> value(name, "type", config).isEmpty())
                    .forEach(name -> complaints.add(named(property(name, "type")) + " must be set, to "
                            + String.join(" or ", TYPES)));
        }
        return complaints;
    }

    private static Optional<String> complaint(Given setting, Config config) {
        String property = setting.member == null ? PREFIX + setting.name : property(setting.name, setting.member);
        if (!NAME.matcher(setting.name).matches()) {
            return Optional.of(named(property) + " is not a setting: the name of a provider is made of a-z, 0-9 and"
                    + " dashes, and begins with a letter");
        }
        if (RESERVED.contains(setting.name)) {
            return Optional.of(named(property) + " is not a setting: no provider may be named " + setting.name);
        }
        if (setting.member == null || !MEMBERS.containsKey(setting.member)) {
            return Optional.of(named(property) + " is not a setting; a provider has "
                    + String.join(", ", MEMBERS.keySet()));
        }
        return value(setting.name, setting.member, config)
                .map(MEMBERS.get(setting.member).apply(property)::complaint)
                .orElseGet(() -> Optional.of(named(property) + " is empty: give it a value, or leave it out"));
    }

    private static Optional<String> complaintOfOrder(Set<String> names, List<String> order) {
        String unknown = order.stream().filter(name -> !names.contains(name) && !name.equals(DEFAULT)).findFirst()
                .orElse(null);
        if (unknown != null) {
            return Optional.of(named(ORDER) + " names a provider for which nothing is set: '" + unknown + "'");
        }
        if (order.stream().distinct().count() < order.size()) {
            return Optional.of(named(ORDER) + " must not name a provider twice");
        }
        return order.isEmpty() && names.size() > 1
                ? Optional.of(named(ORDER) + " must name the providers in the order in which they are to be called: "
                        + String.join(", ", names) + " are configured")
                : Optional.empty();
    }

    private static String named(String property) {
        return property + " (" + Settings.variable(property) + ")";
    }

    /** The native executable's configuration lists neither names given by -D nor those of the environment. */
    private static Set<Given> given(Config config, Set<String> variables) {
        Set<Given> given = new LinkedHashSet<>();
        List<String> known = new ArrayList<>(listed(config));
        Stream.concat(Settings.names(config), System.getProperties().stringPropertyNames().stream()).sorted()
                .map(ProviderSettings::ofProperty).flatMap(Optional::stream).forEach(given::add);
        given.forEach(setting -> known.add(setting.name));
        known.sort(Comparator.comparingInt(String::length).reversed());
        variables.stream().sorted().filter(UnknownSettings::isOfAProvider)
                .map(variable -> ofVariable(variable, known)).filter(Objects::nonNull).forEach(given::add);
        return given;
    }

    static Optional<Given> ofProperty(String property) {
        Matcher parts = PROPERTY.matcher(property);
        if (!parts.matches() || property.equals(ORDER) || property.equals(FALLBACK)) {
            return Optional.empty();
        }
        return Optional.of(new Given(parts.group(1) == null ? parts.group(2) : parts.group(1), parts.group(3)));
    }

    /** @param known names of providers, the longest first */
    private static Given ofVariable(String variable, List<String> known) {
        if (variable.equals(Settings.variable(ORDER)) || variable.equals(Settings.variable(FALLBACK))) {
            return null;
        }
        Matcher quoted = QUOTED_VARIABLE.matcher(variable);
        if (quoted.matches()) {
            return new Given(dashed(quoted.group(1)), dashed(quoted.group(2)));
        }
        String rest = dashed(variable.substring(VARIABLE.length()));
        return known.stream().filter(name -> rest.startsWith(name + "-")).findFirst()
                .map(name -> new Given(name, rest.substring(name.length() + 1)))
                .or(() -> byMember(rest))
                .orElseGet(() -> new Given(rest.replaceFirst("-.*", ""), rest.replaceFirst("^[^-]*-?", "")));
    }

    private static Optional<Given> byMember(String rest) {
        return MEMBERS.keySet().stream().filter(member -> rest.endsWith("-" + member))
                .max(Comparator.comparingInt(String::length))
                .map(member -> new Given(rest.substring(0, rest.length() - member.length() - 1), member));
    }

    private static String dashed(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
