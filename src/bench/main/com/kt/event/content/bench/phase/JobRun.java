package com.kt.event.content.bench.phase;

import com.kt.event.content.bench.BenchException;
import com.kt.event.content.bench.lab.CpuWindow;
import com.kt.event.content.bench.lab.SystemUnderTest;
import com.kt.event.content.bench.load.Jobs;
import com.kt.event.content.bench.load.ServiceClient.Submission;

/** Requests jobs for drafts of their own and waits for their end. */
class JobRun {
    private static final int LONGEST_SECONDS = 180;

    private final Bench bench;

    /**
     * @param refused requests that had to be sent again
     * @param lost jobs that were accepted and are not COMPLETED
     */
    record Result(CpuWindow.Usage usage, int refused, int lost) {
    }

    JobRun(Bench bench) {
        this.bench = bench;
    }

    Result run(SystemUnderTest system, int count) {
        var drafts = system.drafts().take(count);
        CpuWindow window = new CpuWindow(bench.lab(), system);
        Submission submission = bench.client().submit(system, drafts.names());
        Jobs jobs = new Jobs(system.redis(), submission.ids());
        if (!jobs.awaitEnd(LONGEST_SECONDS)) {
            system.requireAlive();
            throw new BenchException(system.name() + ": " + jobs.notCompleted() + " of " + count
                    + " jobs are not COMPLETED after " + LONGEST_SECONDS + " s");
        }
        CpuWindow.Usage usage = window.end();
        return new Result(usage, submission.refused(), jobs.notCompleted());
    }
}
