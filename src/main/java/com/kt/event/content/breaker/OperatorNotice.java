package com.kt.event.content.breaker;

import java.time.Duration;
import java.util.function.LongSupplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Tells the operator what only he can mend: once in the log, and by a metric for as long as it lasts. */
@ApplicationScoped
class OperatorNotice {
    private static final Logger LOG = Logger.getLogger(OperatorNotice.class);
    private static final Duration ONCE_IN = Duration.ofHours(1);

    private final LongSupplier nanoTime;
    private volatile OperatorFault current;
    private OperatorFault said;
    private long saidAt;

    @Inject
    OperatorNotice(MeterRegistry meters) {
        this(meters, System::nanoTime);
    }

    OperatorNotice(MeterRegistry meters, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        for (OperatorFault fault : OperatorFault.values()) {
            Gauge.builder("content.image.api.operator.needed", () -> current == fault ? 1 : 0)
                    .description("1 while the image API turns every call away until an operator mends this")
                    .tag("fault", fault.name())
                    .register(meters);
        }
    }

    /** How things stand now, in any instance. Null where nothing is to be mended. */
    void see(OperatorFault fault) {
        current = fault;
    }

    /** A call came through: what is met after that is news. */
    synchronized void forget() {
        current = null;
        said = null;
    }

    /** Says it, unless it was said within the hour. */
    synchronized void say(OperatorFault fault, String why, Duration pause) {
        current = fault;
        long now = nanoTime.getAsLong();
        if (fault == said && now - saidAt < ONCE_IN.toNanos()) {
            return;
        }
        said = fault;
        saidAt = now;
        LOG.errorf("an operator is needed: the image API turns every call away, for %s (%s). Jobs wait and none fails; "
                + "one call looks again every %s", fault.remedy(), why, pause);
    }
}
