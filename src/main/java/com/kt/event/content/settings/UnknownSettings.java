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
 * Environment variables that look like settings of ours and are none. In a file such a name stops the start; here it may
 * be a stranger's, so it is only told.
 */
@ApplicationScoped
class UnknownSettings {
    private static final Logger LOG = Logger.getLogger(UnknownSettings.class);

    private static final String PREFIX = "CONTENT_";
    private static final Set<String> KNOWN = Settings.OURS.stream().map(setting -> Settings.variable(setting.name()))
            .collect(Collectors.toUnmodifiableSet());

    /** What Kubernetes tells every container of a service that is called content, or content-something. */
    private static final Pattern SERVICE_LINK = Pattern
            .compile(
                    "CONTENT(_\\w+)?_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_PROTO|_PORT|_ADDR)?)?)");

    /** The compose file's own, which a container is given with the others. */
    private static final Set<String> OF_COMPOSE = Set.of("CONTENT_IMAGE", "CONTENT_MEMORY");

    /** More letters than these are no slip of the pen. */
    private static final int MOST_SLIPS = 3;

    void warn(@Observes StartupEvent event) {
        warnings(System.getenv().keySet()).forEach(LOG::warn);
    }

    static List<String> warnings(Collection<String> variables) {
        return variables.stream().filter(UnknownSettings::isUnknown).sorted().map(UnknownSettings::warning).toList();
    }

    private static boolean isUnknown(String variable) {
        return variable.startsWith(PREFIX) && !KNOWN.contains(variable) && !OF_COMPOSE.contains(variable)
                && !SERVICE_LINK.matcher(variable).matches();
    }

    private static String warning(String variable) {
        return variable + " in the environment is no setting of this service and changes nothing"
                + nearest(variable).map(known -> "; did you mean " + known + "?").orElse("");
    }

    private static Optional<String> nearest(String variable) {
        return KNOWN.stream().sorted().min(Comparator.comparingInt(known -> slips(variable, known)))
                .filter(known -> slips(variable, known) <= MOST_SLIPS);
    }

    /** How many letters one has to add, leave out or exchange to come from one to the other (Levenshtein). */
    private static int slips(String from, String to) {
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
