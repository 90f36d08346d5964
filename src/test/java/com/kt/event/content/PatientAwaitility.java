package com.kt.event.content;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;

/**
 * Lets Awaitility wait long enough for a busy machine, which costs nothing on an idle one. Registered with JUnit (Quarkus
 * enables the detection of extensions) and with Quarkus, whose tests load Awaitility in a class loader of their own.
 */
public class PatientAwaitility implements BeforeAllCallback, QuarkusTestBeforeClassCallback {
    /** The time limit of a condition. Only a test that fails takes that long. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    /** Awaitility's default is 100 ms, longer than most of the waits. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    @Override
    public void beforeAll(ExtensionContext context) {
        setDefaults();
    }

    @Override
    public void beforeClass(Class<?> testClass) {
        setDefaults();
    }

    private static void setDefaults() {
        Awaitility.setDefaultTimeout(LIMIT);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(POLL_INTERVAL);
    }
}
