package com.kt.event.content.bench.phase;

import com.kt.event.content.bench.lab.SystemUnderTest;
import com.kt.event.content.bench.report.Measurements;
import com.kt.event.content.bench.report.Metric;

/** Jobs from the request to the stored pictures. */
public class JobsPhase {
    private static final int FIRST_JOBS = 500;
    private static final int SLOW = 200;

    private static final Metric FIRST_CPU = Metric.cost("jobs.first.cpu", "… CPU per job", "ms");

    private final Bench bench;
    private final JobRun run;

    public JobsPhase(Bench bench) {
        this.bench = bench;
        run = new JobRun(bench);
    }

    /** Jobs until the service is warm; the first ones are measured. One service after the other. */
    public void warmUp() {
        warmUpTheBenchmark();
        for (SystemUnderTest system : bench.lab().services()) {
            int size = Math.min(FIRST_JOBS, bench.settings().jobs());
            long ends = end();
            JobRun.Result first = run.run(system, size);
            bench.measurements().add(Metric.rate("jobs.first.rate", "first " + size + " jobs after a start", "jobs/s"),
                    system.name(), size / first.usage().seconds());
            bench.measurements().add(FIRST_CPU, system.name(), first.usage().cpu() / size * 1e3);
            while (System.nanoTime() < ends) {
                run.run(system, size);
            }
        }
    }

    /** The first jobs of the first service must not wait until the image API and the client in this process are compiled. */
    private void warmUpTheBenchmark() {
        SystemUnderTest any = bench.lab().services().get(0);
        long ends = end();
        do {
            run.run(any, Math.min(FIRST_JOBS, bench.settings().jobs()));
        } while (System.nanoTime() < ends);
        bench.lab().stop(any);
        bench.lab().startReady(any, bench.settings().maxInFlight());
    }

    /** Of a warm-up, by {@link System#nanoTime}. */
    private long end() {
        return System.nanoTime() + bench.settings().warmUp() * 1_000_000_000L;
    }

    public void run() {
        int jobs = bench.settings().jobs();
        bench.forServicesInRounds(
                system -> add(system, "jobs.0", jobs + " jobs, provider at 0 ms", jobs, run.run(system, jobs)));
        int slowJobs = bench.settings().slowJobs();
        bench.forServicesInRounds(system -> {
            system.imageApi().respondAfter(SLOW);
            JobRun.Result result = run.run(system, slowJobs);
            system.imageApi().respondAfter(0);
            add(system, "jobs." + SLOW, slowJobs + " jobs, provider at " + SLOW + " ms", slowJobs, result);
            bench.measurements().add(Metric.rate("jobs." + SLOW + ".share", "… share of what is possible", "%"),
                    system.name(), 100 * slowJobs / result.usage().seconds() / possible(slowJobs));
        });
    }

    private void add(SystemUnderTest system, String key, String label, int jobs, JobRun.Result result) {
        Measurements rows = bench.measurements();
        rows.add(Metric.rate(key + ".rate", label, "jobs/s"), system.name(), jobs / result.usage().seconds());
        rows.add(Metric.cost(key + ".cpu", "… CPU per job", "ms"), system.name(), result.usage().cpu() / jobs * 1e3);
        rows.add(Metric.cost(key + ".redis", "… Redis's CPU per job", "ms"), system.name(),
                result.usage().redisCpu() / jobs * 1e3);
        rows.add(Metric.count(key + ".commands", "… Redis commands per job"), system.name(),
                (double) result.usage().commands() / jobs);
        rows.add(Metric.count(key + ".refused", "… refused with 503, then requested again"), system.name(),
                result.refused());
        rows.add(Metric.failures(key + ".lost", "… not COMPLETED"), system.name(), result.lost());
    }

    /** The jobs per second of a service that needs no time itself: they run in waves as large as it allows. */
    private double possible(int jobs) {
        int waves = (jobs + bench.settings().maxInFlight() - 1) / bench.settings().maxInFlight();
        return jobs / (waves * SLOW / 1e3);
    }
}
