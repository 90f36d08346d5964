package com.kt.event.content.command;

import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import com.kt.event.content.settings.ListenAddress;
import com.kt.event.content.settings.Settings;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;

/**
 * The entry point. Without arguments it runs the service; {@code check} checks the data in Redis, {@code check providers}
 * the accounts of the image APIs; {@code health} and {@code health live} ask the service in the same container whether it is ready or live. All have the same settings.
 */
@QuarkusMain
public class Main {
    /**
     * A check serves no requests, runs no jobs and prints only its result. As system properties, these settings override
     * those of the environment.
     */
    static final Map<String, String> WHILE_CHECKING = Map.of(
            "quarkus.http.host-enabled", "false",
            "quarkus.scheduler.enabled", "false",
            "content.worker.enabled", "false",
            "quarkus.banner.enabled", "false",
            // The same as for a reply (RedisServers): a busy machine may need seconds to connect.
            "quarkus.redis.tcp.connection-timeout", "20s",
            "quarkus.log.level", "ERROR",
            "quarkus.log.file.enabled", "false",
            "quarkus.log.console.stderr", "true");

    /**
     * System properties that are read when a class is initialized. So they are also arguments of the native build, of dev
     * mode's JVM and of the tests' (MainPropertiesTest).
     */
    static final Map<String, String> READ_ONCE = Map.of(
            // Quarkus refuses a path with an illegal character by a bare 400; RequestLimits sends a problem.
            "vertx.disableURIValidation", "true",
            // By default Mutiny wraps each callback to carry the CDI request context to the thread that runs it. Here only
            // code that RESTEasy calls needs that context, and RESTEasy activates it itself. The request id of a log line
            // belongs to Vert.x's context.
            "mutiny.disableCallBackDecorators", "true");

    /** Logs the validator's version, in front of the one line that explains a failed start. */
    private static final Logger VALIDATOR_VERSION = Logger.getLogger("org.hibernate.validator.internal.util.Version");

    public static void main(String... args) {
        READ_ONCE.forEach(System::setProperty);
        // Java caches an address for 30 s, and would not find a Redis that moves to another one for so long. Java reads this
        // when the native executable is built, so it is an argument of that build as well.
        Security.setProperty("networkaddress.cache.ttl", "3");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        switch (String.join(" ", args)) {
            case "" -> serve(args);
            case "check" -> check(CheckCommand.class, args);
            case "check providers" -> check(CheckProvidersCommand.class, args);
            case "health" -> health("ready");
            case "health live" -> health("live");
            default -> refuse(args);
        }
    }

    private static void serve(String... args) {
        VALIDATOR_VERSION.setLevel(Level.WARNING);
        if (hasInvalidSettings() || cannotListen()) {
            exit(1);
            return;
        }
        run(null, 1, args);
    }

    private static void check(Class<? extends QuarkusApplication> command, String... args) {
        WHILE_CHECKING.forEach(System::setProperty);
        if (hasInvalidSettings()) {
            exit(CheckCommand.UNKNOWN);
            return;
        }
        // By default a failed start exits with 1, which is the checker's code for violations.
        run(command, CheckCommand.UNKNOWN, args);
    }

    /** Has its own exit handler, so that Quarkus does not log the reason of a failed start itself. */
    private static void run(Class<? extends QuarkusApplication> command, int whenNotStarted, String... args) {
        BiConsumer<Integer, Throwable> exit = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        Quarkus.run(command, (code, failure) -> {
            FailedStart.explain(failure, System.err);
            exit.accept(failure == null ? code : whenNotStarted, failure);
        }, args);
    }

    /** Prints a line for each invalid setting. */
    private static boolean hasInvalidSettings() {
        List<String> complaints = Settings.complaints(ConfigProvider.getConfig());
        complaints.forEach(System.err::println);
        return !complaints.isEmpty();
    }

    /** Skipped in dev mode, where the server keeps listening between restarts. */
    private static boolean cannotListen() {
        Config config = ConfigProvider.getConfig();
        Optional<String> complaint = ConfigUtils.isProfileActive("dev")
                ? Optional.empty()
                : ListenAddress.complaint(config);
        complaint.ifPresent(System.err::println);
        return complaint.isPresent();
    }

    private static void health(String kind) {
        try {
            exit(new HealthCommand(ConfigProvider.getConfig(), kind).run(System.out));
        } catch (IllegalArgumentException e) {
            System.out.println(
                    "DOWN: quarkus.http.host (QUARKUS_HTTP_HOST) or quarkus.http.port (QUARKUS_HTTP_PORT) is invalid: "
                            + FailedStart.line(e.getMessage()));
            exit(HealthCommand.DOWN);
        }
    }

    private static void refuse(String... args) {
        System.err.println("unknown command '" + String.join(" ", args) + "'; usage: content-service"
                + " [check [providers] | health [live]]");
        exit(CheckCommand.UNKNOWN);
    }

    private static void exit(int code) {
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, null);
    }
}
