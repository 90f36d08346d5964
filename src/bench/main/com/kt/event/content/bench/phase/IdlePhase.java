package com.kt.event.content.bench.phase;

import java.util.LinkedHashMap;
import java.util.Map;

import com.kt.event.content.bench.lab.Await;
import com.kt.event.content.bench.lab.CpuWindow;
import com.kt.event.content.bench.lab.SystemUnderTest;
import com.kt.event.content.bench.report.Metric;

/** What the services use without requests, all in the same seconds. */
public class IdlePhase {
    /** A JVM compiles for some seconds after its start. */
    private static final double SETTLE = 5;

    private static final Metric CPU = Metric.cost("idle.cpu", "idle: CPU per second", "ms");
    private static final Metric COMMANDS = Metric.count("idle.commands", "… Redis commands per second");

    private final Bench bench;

    public IdlePhase(Bench bench) {
        this.bench = bench;
    }

    public void run() {
        Await.pause(Math.min(SETTLE, bench.settings().idleSeconds()));
        Map<SystemUnderTest, CpuWindow> windows = new LinkedHashMap<>();
        bench.lab().services().forEach(system -> windows.put(system, new CpuWindow(bench.lab(), system)));
        Await.pause(bench.settings().idleSeconds());
        windows.forEach((system, window) -> {
            CpuWindow.Usage usage = window.end();
            bench.measurements().add(CPU, system.name(), usage.cpu() / usage.seconds() * 1e3);
            bench.measurements().add(COMMANDS, system.name(), usage.commands() / usage.seconds());
        });
    }
}
