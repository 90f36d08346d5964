package com.kt.event.content.check;

import java.util.List;

/** What the checker looked at, and what it found broken. */
public record Report(long jobs, long queueEntries, long keys, List<Finding> findings) {
    public Report {
        findings = List.copyOf(findings);
    }

    public boolean isSound() {
        return findings.isEmpty();
    }

    /** Without what only one of the two looks saw: that was something under way. */
    Report confirming(Report earlier) {
        return new Report(jobs, queueEntries, keys,
                findings.stream().filter(finding -> earlier.findings.stream().anyMatch(finding::isAlso)).toList());
    }
}
