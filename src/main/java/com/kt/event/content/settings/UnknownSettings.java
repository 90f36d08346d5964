package com.kt.event.content.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;

/**
 * Warns of environment variables that look like {@code content.*} settings but are unknown. In a file such a name aborts
 * the start; a variable may belong to another program.
 */
@ApplicationScoped
class UnknownSettings {
    private static final Logger LOG = Logger.getLogger(UnknownSettings.class);

    private static final String PREFIX = "CONTENT_";
    private static final String OF_PROVIDERS = Settings.variable(ProviderSettings.PREFIX);
    private static final String ANY = "*";
    private static final Set<String> KNOWN = Settings.OURS.stream().map(Setting::name)
            .filter(name -> !name.contains(ANY)).map(Settings::variable).collect(Collectors.toUnmodifiableSet());
    /** The variables of settings whose names have a part that an operator chooses. */
    private static final Pattern CHOSEN = Pattern.compile(Settings.OURS.stream().map(Setting::name)
            .filter(name -> name.contains(ANY))
            .map(name -> Settings.variable(name.replace(ANY, "x")).replace("_X_", "_[A-Z0-9_]+_"))
            .collect(Collectors.joining("|")));

    /** Variables that Kubernetes sets for services whose names begin with "content". */
    private static final Pattern SERVICE_LINK = Pattern
            .compile(
                    "CONTENT(_\\w+)?_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_PROTO|_PORT|_ADDR)?)?)");

    /** Variables of the compose file itself, which reach the container too. */
    private static final Set<String> OF_COMPOSE = Set.of("CONTENT_IMAGE", "CONTENT_MEMORY");

    /** The largest edit distance that still counts as a typing error. */
    private static final int MAX_TYPOS = 3;

    void warn(@Observes StartupEvent event) {
        warnings(System.getenv().keySet()).forEach(LOG::warn);
    }

    static List<String> warnings(Collection<String> variables) {
        return variables.stream().filter(UnknownSettings::isUnknown).sorted().map(UnknownSettings::warning).toList();
    }

    private static boolean isUnknown(String variable) {
        return variable.startsWith(PREFIX) && !isOfAProvider(variable) && !KNOWN.contains(variable)
                && !CHOSEN.matcher(variable).matches() && !OF_COMPOSE.contains(variable)
                && !SERVICE_LINK.matcher(variable).matches();
    }

    /** The settings of providers are checked before the start. */
    static boolean isOfAProvider(String variable) {
        return variable.startsWith(OF_PROVIDERS) && !SERVICE_LINK.matcher(variable).matches();
    }

    private static String warning(String variable) {
        return variable + " in the environment is not a setting of this service and has no effect"
                + nearest(variable).map(known -> "; did you mean " + known + "?").orElse("");
    }

    private static Optional<String> nearest(String variable) {
        return KNOWN.stream().sorted().min(Comparator.comparingInt(known -> editDistance(variable, known)))
                .filter(known -> editDistance(variable, known) <= MAX_TYPOS);
    }

    /** The Levenshtein distance: how many characters have to be inserted, deleted or substituted. */
    private static int editDistance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int exchanged = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
