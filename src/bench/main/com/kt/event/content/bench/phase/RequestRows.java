package com.kt.event.content.bench.phase;

import com.kt.event.content.bench.lab.CpuWindow;
import com.kt.event.content.bench.load.WrkResult;
import com.kt.event.content.bench.report.Measurements;
import com.kt.event.content.bench.report.Metric;

/** The rows of one kind of request. */
class RequestRows {
    private final int connections;
    private final Metric rate;
    private final Metric p50;
    private final Metric p99;
    private final Metric cpu;
    private final Metric redis;
    private final Metric commands;
    private final Metric errors;

    RequestRows(String key, String label, int connections) {
        this.connections = connections;
        rate = Metric.rate(key + ".rate", label + ", " + connections + " connections", "requests/s");
        p50 = Metric.cost(key + ".p50", "… p50", "ms");
        p99 = Metric.cost(key + ".p99", "… p99", "ms");
        cpu = Metric.cost(key + ".cpu", "… CPU per request", "µs");
        redis = Metric.cost(key + ".redis", "… Redis's CPU per request", "µs");
        commands = Metric.count(key + ".commands", "… Redis commands per request");
        errors = Metric.failures(key + ".errors", "… errors");
    }

    /** The requests that were open when wrk stopped cost CPU and commands too. */
    void add(Measurements rows, String system, WrkResult result, CpuWindow.Usage usage) {
        double requests = result.requests() + connections;
        rows.add(rate, system, result.rate());
        rows.add(p50, system, result.p50());
        rows.add(p99, system, result.p99());
        rows.add(cpu, system, usage.cpu() / requests * 1e6);
        rows.add(redis, system, usage.redisCpu() / requests * 1e6);
        rows.add(commands, system, usage.commands() / requests);
        rows.add(errors, system, result.requests() == 0 ? 1 : result.errors());
    }
}
