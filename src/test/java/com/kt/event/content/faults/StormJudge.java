package com.kt.event.content.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.kt.event.content.faults.StormRecord.ImageRequest;
import com.kt.event.content.faults.StormRecord.JobEnd;
import com.kt.event.content.faults.StormRecord.StatusSeen;

/**
 * Finds the broken promises by the record alone: those about jobs here, those about images and instances in two other
 * judges.
 */
final class StormJudge {
    private static final Set<String> ENDS = Set.of("COMPLETED", "FAILED", "CANCELLED");

    private final StormRecord record;
    private final Limits limits;

    /**
     * @param jobsInFlight the most that an instance may have
     * @param takeOver the time within which the jobs of a killed instance end elsewhere
     */
    record Limits(int jobsInFlight, Duration takeOver, double idleCommandsPerSecond, double idleCpu) {
    }

    /** A broken promise. */
    record Finding(String promise, String what) {
    }

    StormJudge(StormRecord record, Limits limits) {
        this.record = record;
        this.limits = limits;
    }

    List<Finding> findings() {
        return Stream.of(everyAcceptedJobEnds(), whatEndedStaysEnded(), oneKeyIsOneJob(), oneJobIsOneDrafts(),
                new StormImageJudge(record).findings(), new StormInstanceJudge(record, limits).findings())
                .flatMap(List::stream).toList();
    }

    List<Finding> everyAcceptedJobEnds() {
        Set<String> ended = record.jobs.stream().filter(job -> ENDS.contains(job.status())).map(JobEnd::jobId)
                .collect(toSet());
        List<Finding> findings = new ArrayList<>();
        accepted().map(ImageRequest::jobId).distinct().filter(id -> !ended.contains(id))
                .forEach(id -> findings.add(new Finding("every accepted job ends", "job " + id + ": " + find(id))));
        Set<String> told = accepted().map(ImageRequest::jobId).collect(toSet());
        record.jobs.stream().filter(job -> !ENDS.contains(job.status())).filter(job -> !job.status().equals("GONE"))
                .filter(job -> !told.contains(job.jobId()))
                .forEach(job -> findings.add(new Finding("every accepted job ends", "nobody was told of it: " + job)));
        return findings;
    }

    List<Finding> whatEndedStaysEnded() {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> last = record.jobs.stream().filter(job -> !job.status().equals("GONE"))
                .collect(toMap(JobEnd::jobId, JobEnd::status, (one, another) -> one));
        record.statusesSeen.stream().collect(groupingBy(StatusSeen::jobId)).forEach((id, statuses) -> {
            Set<String> ends = statuses.stream().map(StatusSeen::status).filter(ENDS::contains)
                    .collect(toCollection(TreeSet::new));
            if (!ends.isEmpty() && last.containsKey(id)) {
                ends.add(last.get(id));
            }
            if (ends.size() > 1) {
                findings.add(new Finding("what ended stays ended", "job " + id + " was seen as " + ends));
            }
        });
        return findings;
    }

    List<Finding> oneKeyIsOneJob() {
        List<Finding> findings = new ArrayList<>();
        accepted().filter(request -> request.key() != null).collect(groupingBy(ImageRequest::key))
                .forEach((key, requests) -> {
                    Set<String> ids = requests.stream().map(ImageRequest::jobId).collect(toCollection(TreeSet::new));
                    if (ids.size() > 1) {
                        findings.add(new Finding("one key, one job", "key " + key + " was answered with " + ids));
                    }
                });
        Map<String, List<ImageRequest>> byDraft = record.requests.stream().collect(groupingBy(ImageRequest::draft));
        record.jobs.stream().collect(groupingBy(JobEnd::draft)).forEach((draft, jobs) -> {
            List<ImageRequest> requests = byDraft.getOrDefault(draft, List.of());
            long allowed = requests.stream().filter(request -> request.key() == null).count()
                    + requests.stream().map(ImageRequest::key).filter(key -> key != null).distinct().count();
            if (jobs.size() > allowed) {
                findings.add(new Finding("one key, one job", "draft %s has %d jobs, but was asked for %d times: %s"
                        .formatted(draft, jobs.size(), allowed, requests)));
            }
        });
        return findings;
    }

    List<Finding> oneJobIsOneDrafts() {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> draftOf = record.jobs.stream()
                .collect(toMap(JobEnd::jobId, JobEnd::draft, (one, another) -> one));
        accepted().collect(groupingBy(ImageRequest::jobId)).forEach((id, requests) -> {
            Set<String> drafts = requests.stream().map(ImageRequest::draft).collect(toCollection(TreeSet::new));
            drafts.add(draftOf.getOrDefault(id, requests.get(0).draft()));
            if (drafts.size() > 1) {
                findings.add(new Finding("a job is one draft's", "job " + id + " was accepted for " + drafts));
            }
        });
        return findings;
    }

    private Stream<ImageRequest> accepted() {
        return record.requests.stream().filter(request -> request.jobId() != null);
    }

    private String find(String jobId) {
        return record.jobs.stream().filter(job -> job.jobId().equals(jobId)).map(JobEnd::toString).findFirst()
                .orElse("never seen again");
    }
}
