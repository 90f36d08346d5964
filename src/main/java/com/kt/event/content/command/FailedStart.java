package com.kt.event.content.command;

import java.io.PrintStream;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jboss.logging.Logger;

import com.kt.event.content.settings.Settings;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.config.ConfigValidationException;

/**
 * What is said of a start that failed: a line for each setting that is to be changed, as a file and as the environment
 * spell it, without class names and without what may be secret; a stack trace where nobody expected the failure.
 */
final class FailedStart {
    private static final Logger LOG = Logger.getLogger(FailedStart.class);

    private static final Pattern SETTING = Pattern.compile("(?<![\\w.])(?:content|quarkus)(?:\\.[a-z0-9\"-]+)+");

    /** SmallRye Config's words for a value of the wrong type, which quote the value. */
    private static final Pattern CONVERSION = Pattern.compile(
            "SRCFG00039: The config property (\\S+) with the config value \".*?\" threw an Exception whilst being converted"
                    + "(?: SRCFG\\d+:)?",
            Pattern.DOTALL);
    /** The path of what a rule is about, which the rule names again where it is about several. */
    private static final Pattern RULE_OF_SEVERAL = Pattern
            .compile("^content[a-z.-]* [a-z]\\w*[A-Z]\\w* (?=content\\.)");
    private static final Pattern LEADING_CLASS = Pattern.compile("^(?:[a-z]\\w*\\.)+[A-Z]\\w*: ");
    private static final Pattern CLASS = Pattern.compile("\\b(?:[a-z]\\w*\\.)+([A-Z]\\w*)(?:Exception|Error)\\b");
    private static final Pattern ENUM = Pattern.compile(" to enum class [\\w.$]+");
    private static final Pattern CERTIFICATE = Pattern.compile("configuration for certificate '([^']+)'");
    private static final Pattern CODE = Pattern.compile("\\bSRCFG\\d+: ");
    private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s\"']*@");

    private FailedStart() {
    }

    /** @param failure none where the service came to its end as it should */
    static void explain(Throwable failure, PrintStream out) {
        if (failure == null) {
            return;
        }
        List<String> lines = linesOn(failure);
        lines.forEach(out::println);
        if (lines.isEmpty()) {
            LOG.error("the service did not start", failure);
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = ExceptionUtil.getRootCause(failure);
        return root == null ? failure : root;
    }

    private static List<String> linesOn(Throwable failure) {
        Throwable root = rootOf(failure);
        if (root instanceof QuarkusBindException bind) {
            return List
                    .of("quarkus.http.port (QUARKUS_HTTP_PORT) or quarkus.http.host (QUARKUS_HTTP_HOST) must be another"
                            + " one: port " + bind.getPort() + " of " + bind.getHost()
                            + " is in use, or not of this machine");
        }
        if (root instanceof ConfigValidationException several) {
            return IntStream.range(0, several.getProblemCount())
                    .mapToObj(i -> line(several.getProblem(i).getMessage())).toList();
        }
        if (root instanceof ConfigurationException) {
            return List.of(line(root.getMessage()));
        }
        if (root instanceof UnknownHostException) {
            return List.of("quarkus.http.host (QUARKUS_HTTP_HOST) is no address of this machine: " + root.getMessage());
        }
        return certificateIn(failure).map(name -> "what is set below quarkus.tls." + name + " (" + Settings.variable(
                "quarkus.tls." + name) + "_…) cannot be used: " + line(root.getMessage())).stream().toList();
    }

    /** The TLS configuration whose files are missing, or are none. */
    private static Optional<String> certificateIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher name = CERTIFICATE.matcher(String.valueOf(cause.getMessage()));
            if (name.find()) {
                return Optional.of(name.group(1));
            }
        }
        return Optional.empty();
    }

    /** In one line, too. */
    static String line(String message) {
        if (message == null) {
            return "";
        }
        String plain = LEADING_CLASS.matcher(message.strip()).replaceFirst("");
        plain = CONVERSION.matcher(plain).replaceFirst("$1 is not what it must be:");
        plain = CLASS.matcher(plain).replaceAll("$1");
        plain = ENUM.matcher(plain).replaceFirst("");
        plain = CODE.matcher(RULE_OF_SEVERAL.matcher(plain).replaceFirst("")).replaceAll("");
        plain = USER_INFO.matcher(plain).replaceAll("//***@").replaceAll("\\s+", " ");
        Set<String> told = new TreeSet<>();
        return SETTING.matcher(plain).replaceAll(once(told, name -> name + " (" + Settings.variable(name) + ")"));
    }

    private static Function<MatchResult, String> once(Set<String> told, Function<String, String> longer) {
        return found -> Matcher.quoteReplacement(told.add(found.group()) ? longer.apply(found.group()) : found.group());
    }
}
