package com.kt.event.content.check;

import java.util.List;

/** The result of a check: the number of items checked, and the violations found. */
public record Report(long jobs, long queueEntries, long keys, List<Finding> findings) {
    public Report {
        findings = List.copyOf(findings);
    }

    public boolean isSound() {
        return findings.isEmpty();
    }

    /** Drops findings of only one of the two passes: they were changes in progress. */
    Report confirming(Report earlier) {
        return new Report(jobs, queueEntries, keys,
                findings.stream().filter(finding -> earlier.findings.stream().anyMatch(finding::isAlso)).toList());
    }
}
