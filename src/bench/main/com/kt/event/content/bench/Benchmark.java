package com.kt.event.content.bench;

import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.kt.event.content.bench.lab.Lab;
import com.kt.event.content.bench.lab.Launch;
import com.kt.event.content.bench.lab.SystemUnderTest;
import com.kt.event.content.bench.load.ServiceClient;
import com.kt.event.content.bench.load.Wrk;
import com.kt.event.content.bench.phase.ArrivingPhase;
import com.kt.event.content.bench.phase.Bench;
import com.kt.event.content.bench.phase.IdlePhase;
import com.kt.event.content.bench.phase.InFlightPhase;
import com.kt.event.content.bench.phase.JobsPhase;
import com.kt.event.content.bench.phase.Phase;
import com.kt.event.content.bench.phase.PickUpPhase;
import com.kt.event.content.bench.phase.PostPhase;
import com.kt.event.content.bench.phase.ReadPhase;
import com.kt.event.content.bench.phase.RenditionsPhase;
import com.kt.event.content.bench.phase.StartPhase;
import com.kt.event.content.bench.phase.StreamsPhase;
import com.kt.event.content.bench.process.Processes;
import com.kt.event.content.bench.report.Measurements;
import com.kt.event.content.bench.report.Report;
import com.kt.event.content.bench.report.Statistics;

import io.vertx.core.Vertx;

/** Runs the phases that the options name. */
class Benchmark {
    private final Options options;
    private final Bench bench;
    private final Lab lab;
    private String failure;

    Benchmark(Options options, List<Launch> launches, Path home, Path out) {
        this.options = options;
        Processes processes = new Processes();
        Vertx vertx = Vertx.vertx();
        lab = new Lab(processes, vertx, launches, options.form(), out);
        bench = new Bench(options.settings(), lab, processes, new Wrk(processes, home.resolve("lua")),
                new ServiceClient(vertx), new Measurements());
    }

    /**
     * If the run cannot go on, its report has what was measured until then.
     *
     * @param facts of the run, which go into its report
     */
    Report run(Map<String, String> facts) {
        try {
            runPhases(options.phases());
        } catch (BenchException e) {
            if (bench.processes().isClosed()) {
                throw new BenchException("interrupted", e);
            }
            failure = e.getMessage();
        }
        List<String> systems = lab.systems().stream().map(SystemUnderTest::name).toList();
        return new Report(facts, systems, options.hasFloor() ? Launches.FLOOR : null, bench.measurements(), notes());
    }

    /** Why the run ended early, or the errors and losses; empty if all went well. */
    List<String> failures() {
        List<String> names = lab.systems().stream().map(SystemUnderTest::name).toList();
        return Stream.concat(Stream.ofNullable(failure), bench.measurements().failures(names).stream()).toList();
    }

    private void runPhases(Set<Phase> phases) {
        phase(Phase.START, () -> new StartPhase(bench, options.java()).run());
        if (phases.stream().anyMatch(Phase::needsLoad)) {
            load(phases);
        }
        phase(Phase.INFLIGHT, () -> new InFlightPhase(bench).run());
        phase(Phase.ARRIVING, () -> new ArrivingPhase(bench).run());
        phase(Phase.RENDITIONS, () -> new RenditionsPhase(bench).run());
        phase(Phase.STREAMS, () -> new StreamsPhase(bench).run());
    }

    /** The phases for which each system is started once. */
    private void load(Set<Phase> phases) {
        lab.systems().forEach(system -> lab.startReady(system, options.settings().maxInFlight()));
        phase(Phase.IDLE, () -> new IdlePhase(bench).run());
        JobsPhase jobs = new JobsPhase(bench);
        if (phases.contains(Phase.PICKUP) || phases.contains(Phase.JOBS)) {
            progress("warm-up");
            jobs.warmUp();
        }
        phase(Phase.PICKUP, () -> new PickUpPhase(bench).run());
        phase(Phase.JOBS, jobs::run);
        phase(Phase.READ, () -> new ReadPhase(bench).run());
        phase(Phase.POST, () -> new PostPhase(bench).run());
        lab.systems()
                .forEach(system -> bench.measurements().add(StartPhase.RSS_AFTER_LOAD, system.name(), system.rss()));
        lab.systems().forEach(lab::stop);
    }

    private void phase(Phase phase, Runnable run) {
        if (options.phases().contains(phase)) {
            progress(phase.option());
            run.run();
        }
    }

    private static void progress(String what) {
        System.err.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + what);
    }

    private List<String> notes() {
        List<Double> others = lab.disturbances();
        List<String> notes = new ArrayList<>();
        if (options.isSmoke()) {
            notes.add("This was a smoke run: the values mean nothing.");
        }
        if (failure != null) {
            notes.add("The run ended early, so rows are missing.");
        }
        if (!others.isEmpty()) {
            notes.add("Other processes took %.0f %% of the machine in the median window, %.0f %% in the worst."
                    .formatted(Statistics.median(others) * 100, Statistics.percentile(others, 100) * 100));
        }
        return notes;
    }
}
