package com.kt.event.content.bench.phase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import com.kt.event.content.bench.BenchException;
import com.kt.event.content.bench.lab.Await;
import com.kt.event.content.bench.lab.SystemUnderTest;
import com.kt.event.content.bench.load.Jobs;
import com.kt.event.content.bench.load.ServiceClient.Accepted;
import com.kt.event.content.bench.report.Metric;
import com.kt.event.content.bench.report.Statistics;

/** From the 202 in the client's hands to the first call at the provider, of one job at a time. */
public class PickUpPhase {
    private static final int LONGEST_SECONDS = 30;
    /** Random, so that no timer of a service is met always at the same phase. */
    private static final double SHORTEST_PAUSE = 0.03;
    private static final double LONGEST_PAUSE = 0.2;

    private static final Metric P50 = Metric.cost("pickup.p50", "idle: accepted → provider called, p50", "ms");
    private static final Metric P99 = Metric.cost("pickup.p99", "… p99", "ms");

    private final Bench bench;

    public PickUpPhase(Bench bench) {
        this.bench = bench;
    }

    /** The samples of all rounds count together: a percentile of one round's few would be its maximum. */
    public void run() {
        Map<String, List<Double>> samples = new LinkedHashMap<>();
        bench.forServicesInRounds(system -> {
            List<Double> own = samples.computeIfAbsent(system.name(), name -> new ArrayList<>());
            for (String draft : system.drafts().take(bench.settings().pickUps()).names()) {
                own.add(measure(system, draft));
            }
        });
        samples.forEach((system, own) -> {
            bench.measurements().add(P50, system, Statistics.percentile(own, 50));
            bench.measurements().add(P99, system, Statistics.percentile(own, 99));
        });
    }

    /** In milliseconds; less than 0 if the call was faster than the response. */
    private double measure(SystemUnderTest system, String draft) {
        Await.pause(ThreadLocalRandom.current().nextDouble(SHORTEST_PAUSE, LONGEST_PAUSE));
        system.imageApi().forgetFirstCall();
        Accepted accepted = bench.client().generateOne(system, draft);
        if (!Await.until(() -> system.imageApi().firstCall() != 0, LONGEST_SECONDS)) {
            throw new BenchException(system.name() + " has not called the provider within " + LONGEST_SECONDS + " s");
        }
        new Jobs(system.redis(), List.of(accepted.id())).awaitEnd(LONGEST_SECONDS);
        return (system.imageApi().firstCall() - accepted.at()) / 1e6;
    }
}
