package com.kt.event.content.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.kt.event.content.bench.BenchException;

/** Reads CPU time and memory of processes and of the machine from /proc. Times are in seconds, sizes in MB of 10^6 bytes. */
public final class ProcStat {
    /** Linux shows times in hundredths of a second to all programs (USER_HZ). */
    private static final double TICKS = 100;

    private ProcStat() {
    }

    /** User and system time of the process. */
    public static double cpu(long pid) {
        return cpu(read("/proc/" + pid + "/stat"), 2);
    }

    /** User and system time of this process and of the children that it has waited for. */
    public static double ownCpu() {
        return cpu(read("/proc/self/stat"), 4);
    }

    /** The time that all CPUs together were busy since the machine was started, without what the hypervisor took. */
    public static double machineCpu() {
        return machineCpu(read("/proc/stat"));
    }

    public static double rss(long pid) {
        return rss(read("/proc/" + pid + "/status"));
    }

    /** The sum of so many of: utime, stime, cutime, cstime. The name before them may hold spaces and parentheses. */
    static double cpu(String stat, int fields) {
        String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double ticks = 0;
        for (int i = 11; i < 11 + fields; i++) {
            ticks += Long.parseLong(values[i]);
        }
        return ticks / TICKS;
    }

    static double machineCpu(String stat) {
        String[] values = stat.lines().findFirst().orElseThrow().split(" +");
        double ticks = 0;
        for (int user : List.of(1, 2, 3, 6, 7)) {
            ticks += Long.parseLong(values[user]);
        }
        return ticks / TICKS;
    }

    static double rss(String status) {
        return status.lines().filter(line -> line.startsWith("VmRSS:")).findFirst()
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6)
                .orElseThrow(() -> new BenchException("a process has no VmRSS: it has ended"));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new BenchException("cannot read " + file + ": a process has ended, or this is not Linux", e);
        }
    }
}
