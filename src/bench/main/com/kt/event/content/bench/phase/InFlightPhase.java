package com.kt.event.content.bench.phase;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.kt.event.content.bench.BenchException;
import com.kt.event.content.bench.lab.Await;
import com.kt.event.content.bench.lab.CpuWindow;
import com.kt.event.content.bench.lab.SystemUnderTest;
import com.kt.event.content.bench.load.Jobs;
import com.kt.event.content.bench.report.Measurements;
import com.kt.event.content.bench.report.Metric;

/**
 * Many jobs in flight, each with three open calls that the provider leaves unanswered for a time. All services are measured
 * in the same seconds, because they only wait.
 */
public class InFlightPhase {
    private static final int CALLS = 3;
    private static final int LONGEST_SECONDS = 120;

    private final Bench bench;
    private final Map<SystemUnderTest, List<String>> accepted = new LinkedHashMap<>();

    public InFlightPhase(Bench bench) {
        this.bench = bench;
    }

    public void run() {
        bench.lab().services().forEach(this::fly);
        Map<SystemUnderTest, CpuWindow> windows = new LinkedHashMap<>();
        accepted.keySet().forEach(system -> windows.put(system, new CpuWindow(bench.lab(), system)));
        Await.pause(bench.settings().flyingSeconds());
        windows.forEach((system, window) -> land(system, window.end()));
    }

    private void fly(SystemUnderTest system) {
        int jobs = bench.settings().flyingJobs();
        bench.lab().startReady(system, jobs);
        system.imageApi().hold();
        accepted.put(system, bench.client().submit(system, system.drafts().take(jobs).names()).ids());
        if (!Await.until(() -> system.imageApi().open() >= CALLS * jobs, LONGEST_SECONDS)) {
            system.requireAlive();
            throw new BenchException(system.name() + ": " + system.imageApi().open() + " calls are open, not "
                    + CALLS * jobs);
        }
    }

    private void land(SystemUnderTest system, CpuWindow.Usage usage) {
        Measurements rows = bench.measurements();
        String label = "%,d jobs in flight for %d s".formatted(bench.settings().flyingJobs(),
                bench.settings().flyingSeconds());
        rows.add(Metric.size("inflight.rss", label + ": RSS", "MB"), system.name(), system.rss());
        rows.add(Metric.cost("inflight.cpu", "… CPU per second", "ms"), system.name(),
                usage.cpu() / usage.seconds() * 1e3);
        system.imageApi().release();
        Jobs jobs = new Jobs(system.redis(), accepted.get(system));
        jobs.awaitEnd(LONGEST_SECONDS);
        rows.add(Metric.size("inflight.rss.end", "… RSS once they have ended", "MB"), system.name(), system.rss());
        rows.add(Metric.failures("inflight.lost", "… not COMPLETED"), system.name(), jobs.notCompleted());
        bench.lab().stop(system);
    }
}
