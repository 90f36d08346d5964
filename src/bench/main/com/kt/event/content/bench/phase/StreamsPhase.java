package com.kt.event.content.bench.phase;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.kt.event.content.bench.lab.Await;
import com.kt.event.content.bench.lab.CpuWindow;
import com.kt.event.content.bench.lab.SystemUnderTest;
import com.kt.event.content.bench.load.ServiceClient.Streams;
import com.kt.event.content.bench.report.Measurements;
import com.kt.event.content.bench.report.Metric;

/** Many clients that wait for the end of jobs, each with an event stream. All services are measured in the same seconds. */
public class StreamsPhase {
    private static final int JOBS = 10;
    private static final double SETTLE = 2;

    private final Bench bench;

    public StreamsPhase(Bench bench) {
        this.bench = bench;
    }

    public void run() {
        Map<SystemUnderTest, Streams> streams = new LinkedHashMap<>();
        Map<SystemUnderTest, Double> before = new LinkedHashMap<>();
        for (SystemUnderTest system : bench.lab().services()) {
            bench.lab().startReady(system, bench.settings().maxInFlight());
            system.imageApi().hold();
            List<String> waited = bench.client().submit(system, system.drafts().take(JOBS).names()).ids();
            Await.pause(SETTLE);
            before.put(system, system.rss());
            streams.put(system, bench.client().stream(system, bench.settings().streams(), waited));
        }
        Await.pause(SETTLE);
        Map<SystemUnderTest, CpuWindow> windows = new LinkedHashMap<>();
        streams.keySet().forEach(system -> windows.put(system, new CpuWindow(bench.lab(), system)));
        Await.pause(bench.settings().streamSeconds());
        windows.forEach((system, window) -> add(system, window.end(), before.get(system), streams.get(system)));
        streams.keySet().forEach(bench.lab()::stop);
    }

    private void add(SystemUnderTest system, CpuWindow.Usage usage, double before, Streams streams) {
        Measurements rows = bench.measurements();
        String label = "%,d waiting event streams".formatted(streams.opened());
        rows.add(Metric.size("streams.rss", label + ": RSS", "MB"), system.name(), system.rss());
        rows.add(Metric.size("streams.each", "… RSS per stream", "kB"), system.name(),
                (system.rss() - before) * 1e3 / streams.opened());
        rows.add(Metric.cost("streams.cpu", "… CPU per second", "ms"), system.name(),
                usage.cpu() / usage.seconds() * 1e3);
        rows.add(Metric.failures("streams.lost", "… ended early"), system.name(),
                streams.opened() - streams.open().get());
    }
}
