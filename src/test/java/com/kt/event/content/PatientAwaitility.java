package com.kt.event.content;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;

/**
 * A condition is waited for as long as a machine needs that has ten other things to do; that takes no longer on one that
 * has not. Found by JUnit (Quarkus has it look for extensions) and by Quarkus, whose tests have classes of their own, Awaitility's included.
 */
public class PatientAwaitility implements BeforeAllCallback, QuarkusTestBeforeClassCallback {
    /** How long a test waits for what must come; only a test that fails waits for so long. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    /** Awaitility's own is 100 ms, which is longer than most of what the tests wait for. */
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
