package com.kt.event.content.bench.phase;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.kt.event.content.bench.lab.CpuWindow;
import com.kt.event.content.bench.lab.Drafts;
import com.kt.event.content.bench.lab.SystemUnderTest;
import com.kt.event.content.bench.load.WrkResult;

/**
 * POST generate. The provider responds to nothing, so the workers hold as many jobs as they may and use no CPU: this is
 * accepting alone.
 */
public class PostPhase {
    private static final int USUAL_CONNECTIONS = 64;
    private static final int SAME_DRAFTS = 500;
    /** A guess for the first second, in which no system is warm. */
    private static final int FIRST_SECOND = 50_000;

    private final Bench bench;
    /** How fast each system was at most, in requests per second. */
    private final Map<String, Double> fastest = new HashMap<>();

    public PostPhase(Bench bench) {
        this.bench = bench;
    }

    public void run() {
        bench.lab().services().forEach(system -> system.imageApi().hold());
        for (SystemUnderTest system : bench.lab().systems()) {
            generate(system, USUAL_CONNECTIONS, 1);
            generate(system, USUAL_CONNECTIONS, Math.max(1, bench.settings().warmUp() - 1));
        }
        for (int connections : bench.settings().connections()) {
            RequestRows rows = new RequestRows("post." + connections, "POST generate, distinct drafts", connections);
            bench.forAllInRounds(system -> measureDistinct(system, connections, rows));
        }
        RequestRows rows = new RequestRows("post.same", "POST generate, same drafts again", USUAL_CONNECTIONS);
        bench.forAllInRounds(system -> measureSame(system, rows));
    }

    private void measureDistinct(SystemUnderTest system, int connections, RequestRows rows) {
        Drafts.Range drafts = prepare(system, connections, bench.settings().seconds());
        CpuWindow window = new CpuWindow(bench.lab(), system);
        WrkResult result = send(system, connections, bench.settings().seconds(), drafts);
        rows.add(bench.measurements(), system.name(), result, window.end());
    }

    private void generate(SystemUnderTest system, int connections, int seconds) {
        send(system, connections, seconds, prepare(system, connections, seconds));
    }

    /** Twice as many drafts as the system has needed so far: it may have become faster. */
    private Drafts.Range prepare(SystemUnderTest system, int connections, int seconds) {
        if (system.isFloor()) {
            system.clear();
        }
        double rate = fastest.getOrDefault(system.name(), (double) FIRST_SECOND);
        return system.drafts().peek((int) (2 * rate * seconds) + 2 * connections);
    }

    private WrkResult send(SystemUnderTest system, int connections, int seconds, Drafts.Range drafts) {
        WrkResult result = bench.wrk().generate(system, connections, seconds, drafts.first());
        system.drafts().used((int) result.requests() + 2 * connections);
        if (fastest.containsKey(system.name()) || seconds == 1) {
            fastest.merge(system.name(), result.rate(), Math::max);
        }
        return result;
    }

    /** As a shop owner who taps again: the drafts have live jobs, and each request gets the id of one. */
    private void measureSame(SystemUnderTest system, RequestRows rows) {
        List<String> drafts = system.drafts().take(SAME_DRAFTS).names();
        bench.client().submit(system, drafts);
        CpuWindow window = new CpuWindow(bench.lab(), system);
        WrkResult result = bench.wrk().paths(system, USUAL_CONNECTIONS, bench.settings().seconds(), "POST",
                drafts.stream().map(draft -> "/api/content/images/" + draft + "/generate").toList());
        rows.add(bench.measurements(), system.name(), result, window.end());
    }
}
