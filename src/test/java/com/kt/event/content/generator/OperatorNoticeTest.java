package com.kt.event.content.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class OperatorNoticeTest {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong nanoTime = new AtomicLong();
    private final OperatorNotice notice = new OperatorNotice(meters, nanoTime::get);
    private final List<LogRecord> log = new ArrayList<>();
    private final Logger logger = Logger.getLogger(OperatorNotice.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            log.add(line);
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
    }

    @Test
    void saysOnceWhatToDo() {
        say(OperatorFault.KEY, 100);

        assertThat(log).hasSize(1);
        assertThat(log.get(0).getLevel().getName()).isEqualTo("ERROR");
        assertThat(log.get(0).getThrown()).isNull();
    }

    @Test
    void saysItAgainWhenTheFaultChangesOrAnHourHasPassed() {
        say(OperatorFault.KEY, 1);
        say(OperatorFault.MONEY, 2);
        assertThat(log).hasSize(2);

        nanoTime.addAndGet(Duration.ofMinutes(59).toNanos());
        say(OperatorFault.MONEY, 2);
        assertThat(log).hasSize(2);

        nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        say(OperatorFault.MONEY, 2);
        assertThat(log).hasSize(3);
    }

    @Test
    void saysItAgainAfterItWasMended() {
        say(OperatorFault.KEY, 1);
        notice.forget();
        assertThat(needed("KEY")).isZero();

        say(OperatorFault.KEY, 1);

        assertThat(log).hasSize(2);
        assertThat(needed("KEY")).isEqualTo(1);
    }

    @Test
    void measuresWhatIsToBeMendedNow() {
        for (OperatorFault fault : OperatorFault.values()) {
            notice.see(fault);
            for (OperatorFault other : OperatorFault.values()) {
                assertThat(needed(other.name())).isEqualTo(fault == other ? 1 : 0);
            }
        }
        notice.see(null);
        assertThat(needed("KEY")).isZero();
    }

    private void say(OperatorFault fault, int times) {
        for (int i = 0; i < times; i++) {
            notice.say(fault, "the image API answered 401", PAUSE);
        }
    }

    private double needed(String fault) {
        return meters.get("content.image.api.operator.needed").tag("fault", fault).gauge().value();
    }
}
