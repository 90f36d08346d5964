package com.kt.event.content.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.kt.event.content.faults.StormJudge.Finding;
import com.kt.event.content.faults.StormJudge.Limits;
import com.kt.event.content.faults.StormRecord.LogLine;

/** Judges the instances of a storm: their behaviour, the keys that they left in Redis, and their logs. */
final class StormInstanceJudge {
    private static final Pattern STACK_FRAME = Pattern.compile("^\\s+at [\\w.$/@<>-]+\\(.*");
    private static final Pattern ERROR = Pattern.compile("^[\\d-]+ [\\d:,.]+ ERROR .*");
    /** Errors that need an operator. */
    private static final Pattern EXPECTED_ERROR = Pattern.compile(".* \\[com\\.kt\\.event\\.content\\..*("
            + "workers crashed or stalled while running it|an operator is needed|cannot read the queue|failed locally|the image store is not writable).*");

    /** A stack trace, except that of a thread that was blocked in a frozen process or on a busy machine. */
    private static final String BLOCKED = "BlockedThreadChecker";

    private final StormRecord record;
    private final Limits limits;

    StormInstanceJudge(StormRecord record, Limits limits) {
        this.record = record;
        this.limits = limits;
    }

    List<Finding> findings() {
        return Stream.of(nobodyHasMoreThanItMay(), killedWorkGoesOn(), everyKeyExpires(), nobodySpins(),
                nobodyDiesByItself(), theCheckerIsContent(), logsAreCalm()).flatMap(List::stream).toList();
    }

    List<Finding> nobodyHasMoreThanItMay() {
        return record.inFlight.stream().filter(sample -> sample.jobs() > limits.jobsInFlight())
                .map(sample -> new Finding("max-in-flight is a limit", sample.toString())).toList();
    }

    List<Finding> killedWorkGoesOn() {
        return record.takeOvers.stream()
                .filter(job -> job.took() == null || job.took().compareTo(limits.takeOver()) > 0)
                .map(job -> new Finding("what a killed instance had goes on elsewhere", job.toString())).toList();
    }

    /** The stream is capped instead. */
    List<Finding> everyKeyExpires() {
        return record.keys.stream().filter(key -> key.timeToLive() == -1 && !key.name().equals("content:jobs"))
                .map(key -> new Finding("every key expires", key.toString())).toList();
    }

    List<Finding> nobodySpins() {
        return record.idle.stream()
                .filter(idle -> idle.redisCommandsPerSecond() > limits.idleCommandsPerSecond()
                        || idle.busiestCpu() > limits.idleCpu())
                .map(idle -> new Finding("nobody spins", idle.toString())).toList();
    }

    List<Finding> nobodyDiesByItself() {
        return record.deaths.stream().map(death -> new Finding("nobody dies by itself", death)).toList();
    }

    List<Finding> theCheckerIsContent() {
        return record.anomalies.stream().map(anomaly -> new Finding("check says ok", anomaly)).toList();
    }

    /** One finding for each kind of line. */
    List<Finding> logsAreCalm() {
        List<Finding> findings = new ArrayList<>();
        Set<String> known = new HashSet<>();
        String last = "";
        for (LogLine line : record.logs) {
            boolean isFrame = STACK_FRAME.matcher(line.text()).matches() && !last.contains(BLOCKED);
            String kind = (isFrame ? last : line.text()).replaceAll("[0-9a-f-]{36}|\\d+", "#");
            boolean isUnexpected = isFrame || ERROR.matcher(line.text()).matches()
                    && !EXPECTED_ERROR.matcher(line.text()).matches();
            if (isUnexpected && known.add(kind)) {
                findings.add(
                        new Finding(isFrame ? "no stack trace for what is expected" : "no ERROR for what is expected",
                                line.instance() + ": " + (isFrame ? last : line.text())));
            }
            last = STACK_FRAME.matcher(line.text()).matches() ? last : line.text();
        }
        return findings;
    }
}
