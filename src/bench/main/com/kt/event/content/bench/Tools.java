package com.kt.event.content.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs that must be installed. */
class Tools {
    private static final Pattern VERSION = Pattern.compile("(?:v=|wrk (?:debian/)?|version \")([\\w.+-]+)");

    private final String redis;
    private final String wrk;

    /** Fails with a sentence that says what to install. */
    Tools() {
        redis = "Redis " + version(output("redis-server", "--version"));
        wrk = "wrk " + version(output("wrk", "-v"));
    }

    String redis() {
        return redis;
    }

    String wrk() {
        return wrk;
    }

    String java(String command) {
        return "Java " + version(output(command, "-version"));
    }

    static String version(String output) {
        Matcher found = VERSION.matcher(output);
        return found.find() ? found.group(1) : "of unknown version";
    }

    /** Its exit code says nothing: wrk -v ends with 1. */
    private static String output(String command, String argument) {
        try {
            Process process = new ProcessBuilder(command, argument).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BenchException(
                    "there is no " + command + " on this machine; on Debian: apt-get install wrk redis-server",
                    e);
        }
    }
}
