package com.kt.event.content.bench.lab;

import java.util.List;

import com.kt.event.content.bench.process.ProcStat;

/** What the systems and the rest of the machine used between two moments. */
public class CpuWindow {
    private final Lab lab;
    private final SystemUnderTest system;
    private final long started = System.nanoTime();
    private final double cpu;
    private final double redisCpu;
    private final long commands;
    private final double machine;
    private final double ours;

    /**
     * Times in seconds.
     *
     * @param cpu of the system
     * @param redisCpu of its Redis
     * @param commands that its Redis processed, without the benchmark's
     * @param others the share of the machine that processes outside the benchmark took
     */
    public record Usage(double seconds, double cpu, double redisCpu, long commands, double others) {
    }

    public CpuWindow(Lab lab, SystemUnderTest system) {
        this.lab = lab;
        this.system = system;
        commands = system.redis().commands();
        machine = ProcStat.machineCpu();
        ours = ours();
        cpu = system.cpu();
        redisCpu = ProcStat.cpu(system.redis().pid());
    }

    public Usage end() {
        double ended = system.cpu() - cpu;
        double redisEnded = ProcStat.cpu(system.redis().pid()) - redisCpu;
        double seconds = (System.nanoTime() - started) / 1e9;
        double others = (ProcStat.machineCpu() - machine - (ours() - ours)) / seconds
                / Runtime.getRuntime().availableProcessors();
        Usage usage = new Usage(seconds, ended, redisEnded, system.redis().commands() - commands, Math.max(0, others));
        lab.disturbances().add(usage.others());
        return usage;
    }

    private double ours() {
        double sum = ProcStat.ownCpu();
        for (SystemUnderTest each : List.copyOf(lab.running())) {
            sum += each.cpu() + ProcStat.cpu(each.redis().pid());
        }
        return sum;
    }
}
