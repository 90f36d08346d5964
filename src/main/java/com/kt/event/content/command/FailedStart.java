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
 * Explains a failed start: a line for each setting to change, with its name in a file and in the environment, without class
 * names and secrets. A failure that is not known here is logged with its stack trace.
 */
final class FailedStart {
    private static final Logger LOG = Logger.getLogger(FailedStart.class);

    private static final Pattern SETTING = Pattern.compile("(?<![\\w.])(?:content|quarkus)(?:\\.[a-z0-9\"-]+)+");

    /** SmallRye Config's message for a value of the wrong type, which quotes the value. */
    private static final Pattern CONVERSION = Pattern.compile(
            "SRCFG00039: The config property (\\S+) with the config value \".*?\" threw an Exception whilst being converted"
                    + "(?: SRCFG\\d+:)?",
            Pattern.DOTALL);
    /** The property path in front of a rule for several settings, which names them itself. */
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

    /** @param failure null if the service ended as it should */
    static void explain(Throwable failure, PrintStream out) {
        if (failure == null) {
            return;
        }
        List<String> lines = linesOn(failure);
        lines.forEach(out::println);
        if (lines.isEmpty()) {
            LOG.error("start failed", failure);
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
                    .of("quarkus.http.port (QUARKUS_HTTP_PORT) or quarkus.http.host (QUARKUS_HTTP_HOST) cannot be used:"
                            + " port " + bind.getPort() + " of " + bind.getHost()
                            + " is in use, or is not on this machine");
        }
        if (root instanceof ConfigValidationException several) {
            return IntStream.range(0, several.getProblemCount())
                    .mapToObj(i -> line(several.getProblem(i).getMessage())).toList();
        }
        if (root instanceof ConfigurationException) {
            return List.of(line(root.getMessage()));
        }
        if (root instanceof UnknownHostException) {
            return List.of(
                    "quarkus.http.host (QUARKUS_HTTP_HOST) is not an address of this machine: " + root.getMessage());
        }
        return certificateIn(failure).map(name -> "the settings below quarkus.tls." + name + " (" + Settings.variable(
                "quarkus.tls." + name) + "_…) cannot be used: " + line(root.getMessage())).stream().toList();
    }

    /** The name of the TLS configuration whose files are missing or invalid. */
    private static Optional<String> certificateIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher name = CERTIFICATE.matcher(String.valueOf(cause.getMessage()));
            if (name.find()) {
                return Optional.of(name.group(1));
            }
        }
        return Optional.empty();
    }

    /** The message in one line, without class names, error codes and user info. */
    static String line(String message) {
        if (message == null) {
            return "";
        }
        String plain = LEADING_CLASS.matcher(message.strip()).replaceFirst("");
        plain = CONVERSION.matcher(plain).replaceFirst("$1 is invalid:");
        plain = CLASS.matcher(plain).replaceAll("$1");
        plain = ENUM.matcher(plain).replaceFirst("");
        plain = CODE.matcher(RULE_OF_SEVERAL.matcher(plain).replaceFirst("")).replaceAll("");
        plain = USER_INFO.matcher(plain).replaceAll("//***@").replaceAll("\\s+", " ");
        Set<String> named = new TreeSet<>();
        return SETTING.matcher(plain).replaceAll(once(named, name -> name + " (" + Settings.variable(name) + ")"));
    }

    private static Function<MatchResult, String> once(Set<String> named, Function<String, String> longer) {
        return found -> Matcher
                .quoteReplacement(named.add(found.group()) ? longer.apply(found.group()) : found.group());
    }
}
