package com.kt.event.content.command;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.check.Checker;
import com.kt.event.content.check.Report;
import com.kt.event.content.gallery.OrphanedImages;
import com.kt.event.content.log.LogText;
import com.kt.event.content.log.Secrets;
import com.kt.event.content.redis.RedisServers;

import io.quarkus.runtime.QuarkusApplication;
import io.smallrye.mutiny.TimeoutException;

/**
 * The command {@code check}: prints a line per violation, the number of orphaned images, and a summary line if Redis is
 * consistent. Exits with 0 if it is consistent, with 1 if not, and with {@link #UNKNOWN}.
 */
@ApplicationScoped
public class CheckCommand implements QuarkusApplication {
    /** The exit code if Redis cannot be read, or the settings are invalid. */
    public static final int UNKNOWN = 2;

    private static final int SOUND = 0;
    private static final int BROKEN = 1;

    private final Checker checker;
    private final OrphanedImages orphanedImages;

    CheckCommand(Checker checker, OrphanedImages orphanedImages) {
        this.checker = checker;
        this.orphanedImages = orphanedImages;
    }

    @Override
    public int run(String... args) {
        try {
            return print(checker.check());
        } catch (RuntimeException e) {
            System.err.println("Redis cannot be read, nothing was checked: " + reason(e));
            return UNKNOWN;
        }
    }

    private int print(Report report) {
        report.findings().forEach(System.out::println);
        System.out.println(orphans());
        if (!report.isSound()) {
            return BROKEN;
        }
        System.out.printf("ok: %d jobs, %d queue entries, %d keys checked%n", report.jobs(), report.queueEntries(),
                report.keys());
        return SOUND;
    }

    /** They break no promise, and the store may not be within reach of the command. */
    private String orphans() {
        try {
            return "%d orphaned images, which no job and no draft names".formatted(orphanedImages.count());
        } catch (RuntimeException e) {
            return "orphaned images were not counted: " + reason(e);
        }
    }

    /** In one line, and without the user and password that a message of the client may contain. */
    static String reason(Throwable failure) {
        if (failure.getCause() != null) {
            return reason(failure.getCause());
        }
        if (failure instanceof TimeoutException) {
            return "it did not answer within " + RedisServers.LIMIT.toSeconds() + " s";
        }
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return LogText.line(Secrets.without(message).replaceAll("\\s*\\R\\s*", " "));
    }
}
