package com.kt.event.content.bench.phase;

import java.util.List;

import com.kt.event.content.bench.BenchException;
import com.kt.event.content.bench.lab.Await;
import com.kt.event.content.bench.lab.ImageApiStub;
import com.kt.event.content.bench.lab.PeakRss;
import com.kt.event.content.bench.lab.SystemUnderTest;
import com.kt.event.content.bench.load.Jobs;
import com.kt.event.content.bench.load.WrkResult;
import com.kt.event.content.bench.report.Measurements;
import com.kt.event.content.bench.report.Metric;

/** GET of jobs while their images arrive in base64, all in the same moment, and before that. */
public class ArrivingPhase {
    private static final int CALLS = 3;
    private static final int CONNECTIONS = 64;
    private static final int LONGEST_SECONDS = 120;

    private final Bench bench;

    public ArrivingPhase(Bench bench) {
        this.bench = bench;
    }

    public void run() {
        bench.forServicesInRounds(this::measure);
    }

    private void measure(SystemUnderTest system) {
        int jobs = bench.settings().arrivingJobs();
        bench.lab().startReady(system, jobs);
        ImageApiStub.Form form = system.imageApi().form(ImageApiStub.Form.B64);
        system.imageApi().imageSize(bench.settings().arrivingBytes());
        system.imageApi().hold();
        List<String> ids = bench.client().submit(system, system.drafts().take(jobs).names()).ids();
        if (!Await.until(() -> system.imageApi().open() >= CALLS * jobs, LONGEST_SECONDS)) {
            system.requireAlive();
            throw new BenchException(system.name() + ": " + system.imageApi().open() + " calls are open, not "
                    + CALLS * jobs);
        }
        arrive(system, ids);
        bench.lab().stop(system);
        system.imageApi().imageSize(0);
        system.imageApi().form(form);
    }

    private void arrive(SystemUnderTest system, List<String> ids) {
        get(system, ids, Math.max(1, bench.settings().warmUp() / 2));
        double before = system.rss();
        WrkResult idle = get(system, ids, bench.settings().seconds());
        WrkResult busy;
        double peak;
        Jobs jobs = new Jobs(system.redis(), ids);
        try (PeakRss rss = new PeakRss(system)) {
            system.imageApi().release();
            busy = get(system, ids, bench.settings().seconds());
            jobs.awaitEnd(LONGEST_SECONDS);
            peak = rss.peak();
        }
        report(system, idle, busy);
        Measurements rows = bench.measurements();
        rows.add(Metric.size("arriving.rss.before", "… RSS before", "MB"), system.name(), before);
        rows.add(Metric.size("arriving.rss.peak", "… RSS at most", "MB"), system.name(), peak);
        rows.add(Metric.size("arriving.rss.after", "… RSS once they are stored", "MB"), system.name(), system.rss());
        rows.add(Metric.failures("arriving.lost", "… not COMPLETED"), system.name(), jobs.notCompleted());
    }

    private void report(SystemUnderTest system, WrkResult idle, WrkResult busy) {
        Measurements rows = bench.measurements();
        String images = "%d images of %d MB arrive".formatted(CALLS * bench.settings().arrivingJobs(),
                bench.settings().arrivingBytes() / 1_000_000);
        rows.add(Metric.cost("arriving.p99", images + ": p99 of GET job, 64 connections", "ms"), system.name(),
                busy.p99());
        rows.add(Metric.cost("arriving.p99.idle", "… p99 before", "ms"), system.name(),
                idle.p99());
        rows.add(Metric.cost("arriving.p99.ratio", "… p99 / p99 before", "×"), system.name(), busy.p99() / idle.p99());
    }

    private WrkResult get(SystemUnderTest system, List<String> ids, int seconds) {
        return bench.wrk().paths(system, CONNECTIONS, seconds, "GET",
                ids.stream().map(id -> "/api/content/images/jobs/" + id).toList());
    }
}
