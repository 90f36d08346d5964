package com.kt.event.content.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import com.kt.event.content.bench.BenchException;

class ProcStatTest {
    private static final String STAT = "42 (a (strange) name) S 1 42 42 0 -1 4194560 1 2 3 4 150 50 30 20 20 0 9 0 7";

    @Test
    void addsUserAndSystemTime() {
        assertThat(ProcStat.cpu(STAT, 2)).isEqualTo(2.0);
    }

    @Test
    void addsTheTimeOfChildren() {
        assertThat(ProcStat.cpu(STAT, 4)).isEqualTo(2.5);
    }

    @Test
    void theMachineIsBusyUnlessItIsIdleOrWaits() {
        assertThat(ProcStat.machineCpu("cpu  100 200 300 4000 5000 60 70 8000 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n"))
                .isEqualTo(7.3);
    }

    @Test
    void memoryIsInMillionsOfBytes() {
        assertThat(ProcStat.rss("VmPeak:\t  900 kB\nVmRSS:\t   50000 kB\n")).isEqualTo(51.2);
    }

    @Test
    void aProcessThatHasEndedHasNoMemory() {
        assertThatThrownBy(() -> ProcStat.rss("Name:\tjava\n")).isInstanceOf(BenchException.class);
    }
}
