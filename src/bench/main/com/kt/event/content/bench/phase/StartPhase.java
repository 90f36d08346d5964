package com.kt.event.content.bench.phase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.kt.event.content.bench.lab.Await;
import com.kt.event.content.bench.lab.Lab;
import com.kt.event.content.bench.lab.SystemUnderTest;
import com.kt.event.content.bench.report.Measurements;
import com.kt.event.content.bench.report.Metric;
import com.kt.event.content.bench.report.Statistics;

/** From exec to the first response that needed Redis, and the memory of a service that has served one request. */
public class StartPhase {
    /** Until the memory of a fresh process no longer changes. */
    private static final double SETTLE = 2;

    private static final Metric START = Metric.cost("start", "start: exec → first response that read Redis", "ms");
    private static final Metric CPU = Metric.cost("start.cpu", "… CPU", "ms");
    private static final Metric RSS = Metric.size("rss.idle", "RSS idle", "MB");
    /** Filled when all load is over. */
    public static final Metric RSS_AFTER_LOAD = Metric.size("rss.load", "RSS after load", "MB");

    private final Bench bench;
    private final List<Yardstick> yardsticks;

    public StartPhase(Bench bench, String java) {
        this.bench = bench;
        yardsticks = Yardstick.available(java);
    }

    public void run() {
        declareRows();
        List<SystemUnderTest> systems = bench.lab().systems();
        Map<Yardstick, Double> yards = new LinkedHashMap<>();
        int[] turn = {0};
        Lab.rounds(bench.settings().rounds(), systems, system -> {
            if (turn[0]++ % systems.size() == 0) {
                yardsticks.forEach(yardstick -> yards.put(yardstick,
                        yardstick.seconds(bench.processes(), bench.settings().starts())));
            }
            measure(system, yards);
        });
    }

    private void declareRows() {
        Measurements rows = bench.measurements();
        rows.row(START);
        yardsticks.forEach(yardstick -> rows.row(ratio(yardstick)));
        rows.row(CPU);
        rows.row(RSS);
        rows.row(RSS_AFTER_LOAD);
    }

    private static Metric ratio(Yardstick yardstick) {
        return Metric.cost("start." + yardstick.key(), "… / exec → exit of " + yardstick.label(), "");
    }

    private void measure(SystemUnderTest system, Map<Yardstick, Double> yards) {
        List<Double> starts = new ArrayList<>();
        List<Double> cpus = new ArrayList<>();
        for (int start = 0; start < bench.settings().starts(); start++) {
            if (start > 0) {
                bench.lab().stop(system);
            }
            starts.add(bench.lab().start(system, bench.settings().maxInFlight()));
            cpus.add(system.cpu());
        }
        Await.pause(SETTLE);
        Measurements rows = bench.measurements();
        double seconds = Statistics.median(starts);
        rows.add(START, system.name(), seconds * 1e3);
        rows.add(CPU, system.name(), Statistics.median(cpus) * 1e3);
        rows.add(RSS, system.name(), system.rss());
        yards.forEach((yardstick, yard) -> rows.add(ratio(yardstick), system.name(), seconds / yard));
        bench.lab().stop(system);
    }
}
