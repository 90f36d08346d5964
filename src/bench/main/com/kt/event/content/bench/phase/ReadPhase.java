package com.kt.event.content.bench.phase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.kt.event.content.bench.BenchException;
import com.kt.event.content.bench.lab.CpuWindow;
import com.kt.event.content.bench.lab.PngImage;
import com.kt.event.content.bench.lab.SystemUnderTest;
import com.kt.event.content.bench.load.Jobs;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** GET of jobs, of drafts' pictures, and of a picture file. */
public class ReadPhase {
    private static final int CONNECTIONS = 64;
    /** Each response is large, so a few connections already take all CPUs. */
    private static final int FILE_CONNECTIONS = 16;
    private static final int FILE_SIZE = 2_000_000;
    private static final int JOBS = 500;
    private static final int LONGEST_SECONDS = 120;
    private static final String PATH = "/api/content/images/";

    private final Bench bench;
    private final Map<SystemUnderTest, List<String>> jobs = new HashMap<>();
    private final Map<SystemUnderTest, List<String>> drafts = new HashMap<>();

    public ReadPhase(Bench bench) {
        this.bench = bench;
    }

    public void run() {
        for (SystemUnderTest system : bench.lab().systems()) {
            system.imageApi().hold();
            drafts.put(system, system.drafts().take(JOBS).names());
            jobs.put(system, bench.client().submit(system, drafts.get(system)).ids());
        }
        measure("get.job", "GET job", CONNECTIONS,
                system -> jobs.get(system).stream().map(id -> PATH + "jobs/" + id).toList());
        bench.lab().systems().forEach(this::publish);
        measure("get.images", "GET pictures of a draft", CONNECTIONS,
                system -> drafts.get(system).stream().map(draft -> PATH + draft).toList());
        Map<SystemUnderTest, List<String>> files = new HashMap<>();
        bench.lab().systems().forEach(system -> files.put(system, List.of(file(system))));
        measure("get.file", "GET picture file of 2 MB", FILE_CONNECTIONS, files::get);
    }

    private interface Paths {
        List<String> of(SystemUnderTest system);
    }

    private void measure(String key, String label, int connections, Paths paths) {
        int warmUp = Math.max(1, bench.settings().warmUp() / 4);
        for (SystemUnderTest system : bench.lab().systems()) {
            bench.wrk().paths(system, connections, warmUp, "GET", paths.of(system));
        }
        RequestRows rows = new RequestRows(key, label, connections);
        bench.forAllInRounds(system -> {
            CpuWindow window = new CpuWindow(bench.lab(), system);
            var result = bench.wrk().paths(system, connections, bench.settings().seconds(), "GET", paths.of(system));
            rows.add(bench.measurements(), system.name(), result, window.end());
        });
    }

    /** Lets the jobs of the drafts end; for the floor, which has no worker, writes what they would have published. */
    private void publish(SystemUnderTest system) {
        system.imageApi().release();
        if (!system.isFloor()) {
            if (!new Jobs(system.redis(), jobs.get(system)).awaitEnd(LONGEST_SECONDS)) {
                throw new BenchException(system.name() + ": not all jobs have ended");
            }
            return;
        }
        List<Request> commands = new ArrayList<>();
        for (String draft : drafts.get(system)) {
            Request command = Request.cmd(Command.HSET).arg("content:image:" + draft);
            for (String style : List.of("simple", "fancy", "trendy")) {
                command.arg(style).arg(image(system, draft, style));
            }
            commands.add(command);
        }
        system.redis().sendAll(commands);
    }

    /** As long as what a worker publishes. */
    private static String image(SystemUnderTest system, String draft, String style) {
        return """
                {"imageUrl":"http://127.0.0.1:%d/api/content/images/files/2b949b23-48bd-4281-97b3-8a9a33bf575e-%s.png",\
                "jobId":"2b949b23-48bd-4281-97b3-8a9a33bf575e","createdAt":"2026-11-26T09:22:11.033Z",\
                "expiresAt":"2026-12-03T09:22:11.033Z","requestedAt":1795685000000,"fingerprint":"%s"}"""
                .formatted(system.port(), style, draft.repeat(4));
    }

    /** The path of a picture of 2 MB, which a job has stored, or the benchmark for the floor. */
    private String file(SystemUnderTest system) {
        if (system.isFloor()) {
            try {
                Files.write(system.pictures().resolve("picture.png"), PngImage.ofSize(FILE_SIZE));
                return PATH + "files/picture.png";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        system.imageApi().imageSize(FILE_SIZE);
        String draft = system.drafts().take(1).names().get(0);
        String id = bench.client().generateOne(system, draft).id();
        new Jobs(system.redis(), List.of(id)).awaitEnd(LONGEST_SECONDS);
        system.imageApi().imageSize(0);
        String url = bench.client().get(system, PATH + "jobs/" + id).getJsonObject("imageUrls").getString("simple");
        if (url == null) {
            throw new BenchException(system.name() + " has stored no picture of 2 MB");
        }
        return URI.create(url).getPath();
    }
}
