package com.kt.event.content.bench.phase;

import java.util.function.Consumer;

import com.kt.event.content.bench.lab.Lab;
import com.kt.event.content.bench.lab.SystemUnderTest;
import com.kt.event.content.bench.load.ServiceClient;
import com.kt.event.content.bench.load.Wrk;
import com.kt.event.content.bench.process.Processes;
import com.kt.event.content.bench.report.Measurements;

/** What the phases work with. */
public record Bench(Settings settings, Lab lab, Processes processes, Wrk wrk, ServiceClient client,
        Measurements measurements) {

    void forAllInRounds(Consumer<SystemUnderTest> measure) {
        Lab.rounds(settings.rounds(), lab.systems(), measure);
    }

    void forServicesInRounds(Consumer<SystemUnderTest> measure) {
        Lab.rounds(settings.rounds(), lab.services(), measure);
    }
}
