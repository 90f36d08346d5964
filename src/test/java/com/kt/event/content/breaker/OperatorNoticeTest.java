package com.kt.event.content.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.LogRecords;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class OperatorNoticeTest {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong nanoTime = new AtomicLong();
    private final OperatorNotice notice = new OperatorNotice("default", meters, nanoTime::get);
    private final LogRecords log = LogRecords.of(OperatorNotice.class);

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void reportsAFaultOnce() {
        report(OperatorFault.KEY, 100);

        assertThat(log.all()).hasSize(1);
        assertThat(log.all().get(0).getLevel().getName()).isEqualTo("ERROR");
        assertThat(log.all().get(0).getThrown()).isNull();
    }

    @Test
    void reportsAgainWhenTheFaultChangesOrAnHourHasPassed() {
        report(OperatorFault.KEY, 1);
        report(OperatorFault.MONEY, 2);
        assertThat(log.all()).hasSize(2);

        nanoTime.addAndGet(Duration.ofMinutes(59).toNanos());
        report(OperatorFault.MONEY, 2);
        assertThat(log.all()).hasSize(2);

        nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        report(OperatorFault.MONEY, 2);
        assertThat(log.all()).hasSize(3);
    }

    @Test
    void reportsAgainAfterAFix() {
        report(OperatorFault.KEY, 1);
        notice.clear();
        assertThat(needed("KEY")).isZero();

        report(OperatorFault.KEY, 1);

        assertThat(log.all()).hasSize(2);
        assertThat(needed("KEY")).isEqualTo(1);
    }

    @Test
    void measuresTheCurrentFault() {
        for (OperatorFault fault : OperatorFault.values()) {
            notice.update(fault);
            for (OperatorFault other : OperatorFault.values()) {
                assertThat(needed(other.name())).isEqualTo(fault == other ? 1 : 0);
            }
        }
        notice.update(null);
        assertThat(needed("KEY")).isZero();
    }

    private void report(OperatorFault fault, int times) {
        for (int i = 0; i < times; i++) {
            notice.report(fault, "the image API returned status 401", INTERVAL);
        }
    }

    private double needed(String fault) {
        return meters.get("content.image.api.operator.needed").tag("fault", fault).gauge().value();
    }
}
