package com.kt.event.content.command;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.check.Checker;
import com.kt.event.content.check.RedisServers;
import com.kt.event.content.check.Report;
import com.kt.event.content.log.LogText;

import io.quarkus.runtime.QuarkusApplication;
import io.smallrye.mutiny.TimeoutException;

/** The checker as a command: one line for all that is well, or one for each thing that is not. */
@ApplicationScoped
public class CheckCommand implements QuarkusApplication {
    /** What cannot be told from here: whether anything is broken. */
    public static final int UNKNOWN = 2;

    private static final int SOUND = 0;
    private static final int BROKEN = 1;

    private final Checker checker;

    CheckCommand(Checker checker) {
        this.checker = checker;
    }

    @Override
    public int run(String... args) {
        try {
            return tell(checker.check());
        } catch (RuntimeException e) {
            System.err.println("Redis cannot be read, so nothing was found out: " + oneLine(rootOf(e)));
            return UNKNOWN;
        }
    }

    private static int tell(Report report) {
        if (report.isSound()) {
            System.out.printf("ok: %d jobs, %d queue entries, %d keys looked at%n", report.jobs(),
                    report.queueEntries(), report.keys());
            return SOUND;
        }
        report.findings().forEach(System.out::println);
        return BROKEN;
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    /** Without users and passwords, which the client's messages may name. */
    private static String oneLine(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "it did not answer within " + RedisServers.LIMIT.toSeconds() + " s";
        }
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return LogText.line(message.replaceAll("\\s*\\R\\s*", " ").replaceAll("//[^/@\\s]*@", "//"));
    }
}
