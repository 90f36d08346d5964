package com.kt.event.content.breaker;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import com.kt.event.content.settings.ProviderSettings;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Reports an {@link OperatorFault}: once an hour in the log, and as a metric for as long as it lasts. */
class OperatorNotice {
    private static final Logger LOG = Logger.getLogger(OperatorNotice.class);
    private static final Duration REPORT_INTERVAL = Duration.ofHours(1);

    private final String provider;
    private final String settings;
    private final LongSupplier nanoTime;
    private volatile OperatorFault current;
    private OperatorFault reported;
    private long reportedAt;

    OperatorNotice(String provider, MeterRegistry meters, LongSupplier nanoTime) {
        this.provider = provider;
        this.settings = provider.equals(ProviderSettings.DEFAULT)
                ? "content.image-api."
                : "content.providers." + provider + ".";
        this.nanoTime = nanoTime;
        for (OperatorFault fault : OperatorFault.values()) {
            Gauge.builder("content.image.api.operator.needed", () -> current == fault ? 1 : 0)
                    .description("1 while the image API refuses every call until an operator fixes this")
                    .tag("fault", fault.name())
                    .tag("provider", provider)
                    .register(meters);
        }
    }

    /** Sets the metric to the fault that any instance found; null for none. */
    void update(OperatorFault fault) {
        current = fault;
    }

    /** A call succeeded: the next fault is reported at once. */
    synchronized void clear() {
        current = null;
        reported = null;
    }

    /** Logs the fault, unless it was logged within the hour. */
    synchronized void report(OperatorFault fault, String reason, Duration probeInterval) {
        current = fault;
        long now = nanoTime.getAsLong();
        if (fault == reported && now - reportedAt < REPORT_INTERVAL.toNanos()) {
            return;
        }
        reported = fault;
        reportedAt = now;
        LOG.errorf("an operator is needed: %s refuses every call (%s): %s; jobs wait unless another provider "
                + "takes their calls, none fails, and a probe follows every %s",
                provider.equals(ProviderSettings.DEFAULT) ? "the image API" : "the image API of " + provider, reason,
                fault.remedy(settings), probeInterval);
    }
}
