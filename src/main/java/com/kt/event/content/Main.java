package com.kt.event.content;

import java.security.Security;
import java.util.Map;
import java.util.function.BiConsumer;

import org.eclipse.microprofile.config.ConfigProvider;

import com.kt.event.content.check.CheckCommand;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

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
            "quarkus.log.level", "ERROR",
            "quarkus.log.file.enabled", "false",
            "quarkus.log.console.stderr", "true");

    public static void main(String... args) {
        // Quarkus answers a path with an illegal character by a bare 400; RequestLimits does it with a problem. Read when
        // a class of Quarkus is loaded, so the native build has it as an argument, and the tests' JVM as well.
        System.setProperty("vertx.disableURIValidation", "true");
        // Java remembers an address for 30 s, which is how long a Redis that comes back at another one would be missed. The
        // native executable is built with the same, for there Java reads it when it is built.
        Security.setProperty("networkaddress.cache.ttl", "3");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        switch (String.join(" ", args)) {
            case "" -> Quarkus.run(args);
            case "check" -> check(args);
            case "health" -> health("ready");
            case "health live" -> health("live");
            default -> refuse(args);
        }
    }

    private static void check(String... args) {
        WHILE_CHECKING.forEach(System::setProperty);
        BiConsumer<Integer, Throwable> exit = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        // A start that fails would end with 1, which is the checker's word for what it found broken.
        ApplicationLifecycleManager.setDefaultExitCodeHandler(
                (code, failure) -> exit.accept(failure == null ? code : CheckCommand.UNKNOWN, failure));
        Quarkus.run(CheckCommand.class, args);
    }

    private static void health(String kind) {
        exit(new HealthCommand(ConfigProvider.getConfig(), kind).run(System.out));
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
