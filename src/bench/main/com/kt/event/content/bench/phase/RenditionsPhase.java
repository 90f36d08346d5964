package com.kt.event.content.bench.phase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.kt.event.content.bench.lab.Await;
import com.kt.event.content.bench.lab.PeakRss;
import com.kt.event.content.bench.lab.PngImage;
import com.kt.event.content.bench.lab.SystemUnderTest;
import com.kt.event.content.bench.load.WrkResult;
import com.kt.event.content.bench.report.Measurements;
import com.kt.event.content.bench.report.Metric;

import io.vertx.core.Future;

/** GET of jobs while renditions are made that are requested in the same moment, and before that. */
public class RenditionsPhase {
    private static final List<String> CHANNELS = List.of("instagram", "instagram-square", "instagram-story",
            "kakao-friendtalk", "kakao-message", "kakao-wide", "link-preview", "mms", "naver-blog");
    /** Of the images, in pixels. */
    private static final int SIDE = 1024;
    private static final int JOBS = 6;
    private static final int CONNECTIONS = 64;
    private static final int LONGEST_SECONDS = 300;

    private final Bench bench;

    public RenditionsPhase(Bench bench) {
        this.bench = bench;
    }

    public void run() {
        bench.forServicesInRounds(this::measure);
    }

    private void measure(SystemUnderTest system) {
        bench.lab().startReady(system, JOBS);
        system.imageApi().hold();
        List<String> ids = bench.client().submit(system, system.drafts().take(JOBS).names()).ids();
        List<String> renditions = renditions(system);
        get(system, ids, Math.max(1, bench.settings().warmUp() / 2));
        double before = system.rss();
        WrkResult idle = get(system, ids, bench.settings().seconds());
        try (PeakRss rss = new PeakRss(system)) {
            long started = System.nanoTime();
            Future<List<Integer>> responses = bench.client().files(system, renditions);
            WrkResult busy = get(system, ids, bench.settings().seconds());
            List<Integer> statuses = Await.value(responses, LONGEST_SECONDS);
            report(system, idle, busy, statuses, (System.nanoTime() - started) / 1e9);
            Measurements rows = bench.measurements();
            rows.add(Metric.size("renditions.rss.before", "… RSS before", "MB"), system.name(), before);
            rows.add(Metric.size("renditions.rss.peak", "… RSS at most", "MB"), system.name(), rss.peak());
        }
        bench.lab().stop(system);
    }

    /** Stores as many images as are needed, and returns the paths of so many of their renditions. */
    private List<String> renditions(SystemUnderTest system) {
        byte[] image = PngImage.photograph(SIDE);
        List<String> paths = new ArrayList<>();
        while (paths.size() < bench.settings().renditions()) {
            String name = UUID.randomUUID() + "-simple";
            try {
                Files.write(system.pictures().resolve(name + ".png"), image);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            CHANNELS.forEach(channel -> paths.add("/api/content/images/files/" + name + "." + channel + ".jpg"));
        }
        return paths.subList(0, bench.settings().renditions());
    }

    private void report(SystemUnderTest system, WrkResult idle, WrkResult busy, List<Integer> statuses,
            double seconds) {
        Measurements rows = bench.measurements();
        String title = "%d renditions requested at once: ".formatted(statuses.size());
        rows.add(Metric.cost("renditions.p99", title + "p99 of GET job, 64 connections", "ms"), system.name(),
                busy.p99());
        rows.add(Metric.cost("renditions.p99.idle", "… p99 before", "ms"), system.name(), idle.p99());
        rows.add(Metric.cost("renditions.p99.ratio", "… p99 / p99 before", "×"), system.name(),
                busy.p99() / idle.p99());
        rows.add(Metric.cost("renditions.seconds", "… until the last one is there", "s"), system.name(), seconds);
        rows.add(Metric.failures("renditions.failed", "… not answered with 200"), system.name(),
                statuses.stream().filter(status -> status != 200).count());
    }

    private WrkResult get(SystemUnderTest system, List<String> ids, int seconds) {
        return bench.wrk().paths(system, CONNECTIONS, seconds, "GET",
                ids.stream().map(id -> "/api/content/images/jobs/" + id).toList());
    }
}
