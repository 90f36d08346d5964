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
 * What the command line asks for: the service; on {@code check} the checker; on {@code health} or {@code health live}
 * whether the service beside it is ready, or alive. All have the same settings.
 */
@QuarkusMain
public class Main {
    /**
     * The checker serves nobody, works on nothing and says nothing but its answer. As system properties these win over
     * whatever the environment sets for the service.
     */
    static final Map<String, String> WHILE_CHECKING = Map.of(
            "quarkus.http.host-enabled", "false",
            "quarkus.scheduler.enabled", "false",
            "content.worker.enabled", "false",
            "quarkus.banner.enabled", "false",
            // As long as an answer (RedisServers): on a busy machine a second passes before anything is sent.
            "quarkus.redis.tcp.connection-timeout", "20s",
            "quarkus.log.level", "ERROR",
            "quarkus.log.file.enabled", "false",
            "quarkus.log.console.stderr", "true");

    /** Says which it is, which would come before the one line on why a start failed. */
    private static final Logger VALIDATOR_VERSION = Logger.getLogger("org.hibernate.validator.internal.util.Version");

    public static void main(String... args) {
        // Quarkus answers a path with an illegal character by a bare 400; RequestLimits does it with a problem. Read when
        // a class of Quarkus is loaded, so the native build has it as an argument, and the tests' JVM as well.
        System.setProperty("vertx.disableURIValidation", "true");
        // Java remembers an address for 30 s, which is how long a Redis that comes back at another one would be missed. The
        // native executable is built with the same, for there Java reads it when it is built.
        Security.setProperty("networkaddress.cache.ttl", "3");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        switch (String.join(" ", args)) {
            case "" -> serve(args);
            case "check" -> check(args);
            case "health" -> health("ready");
            case "health live" -> health("live");
            default -> refuse(args);
        }
    }

    private static void serve(String... args) {
        VALIDATOR_VERSION.setLevel(Level.WARNING);
        if (refusedSettings() || cannotListen()) {
            exit(1);
            return;
        }
        run(null, 1, args);
    }

    private static void check(String... args) {
        WHILE_CHECKING.forEach(System::setProperty);
        if (refusedSettings()) {
            exit(CheckCommand.UNKNOWN);
            return;
        }
        // A start that fails would end with 1, which is the checker's word for what it found broken.
        run(CheckCommand.class, CheckCommand.UNKNOWN, args);
    }

    /** With an exit handler of its own, for then Quarkus leaves it to that to say why a start failed. */
    private static void run(Class<? extends QuarkusApplication> command, int whenNotStarted, String... args) {
        BiConsumer<Integer, Throwable> exit = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        Quarkus.run(command, (code, failure) -> {
            FailedStart.explain(failure, System.err);
            exit.accept(failure == null ? code : whenNotStarted, failure);
        }, args);
    }

    /** Says what is wrong with them, a line for each. */
    private static boolean refusedSettings() {
        List<String> complaints = Settings.complaints(ConfigProvider.getConfig());
        complaints.forEach(System.err::println);
        return !complaints.isEmpty();
    }

    /** In dev mode the server stays from one start to the next. */
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
                    "DOWN: quarkus.http.host (QUARKUS_HTTP_HOST) or quarkus.http.port (QUARKUS_HTTP_PORT) is not"
                            + " what it must be: " + FailedStart.line(e.getMessage()));
            exit(HealthCommand.DOWN);
        }
    }

    private static void refuse(String... args) {
        System.err.println("'" + String.join(" ", args) + "' means nothing here: without arguments this is the service,"
                + " with 'check' it looks whether all is well in Redis, with 'health' or 'health live' it asks the"
                + " service in the same container whether it is ready or alive");
        exit(CheckCommand.UNKNOWN);
    }

    private static void exit(int code) {
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, null);
    }
}
