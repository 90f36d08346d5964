package com.kt.event.content.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.kt.event.content.faults.StormJudge.Finding;
import com.kt.event.content.faults.StormPlan.Fault;
import com.kt.event.content.faults.StormRecord.Call;
import com.kt.event.content.faults.StormRecord.ImageRequest;
import com.kt.event.content.faults.StormRecord.JobEnd;
import com.kt.event.content.faults.StormRecord.Link;
import com.kt.event.content.faults.StormRecord.Opened;

/** Judges the images of a storm: which were paid for, what became of them, and why others failed. */
final class StormImageJudge {
    /** Tolerance for differences of clocks and for rounding. */
    private static final Duration TOLERANCE = Duration.ofMillis(150);

    private final StormRecord record;

    StormImageJudge(StormRecord record) {
        this.record = record;
    }

    List<Finding> findings() {
        return Stream.of(nobodyPaysTwiceUntold(), everyImageIsTheProviders(), noLinkDiesBeforeItsTime(),
                everyFailureHasItsReason(), nobodyCallsBeforeTheTime()).flatMap(List::stream).toList();
    }

    /** A job pays for a style once, or reports that it may have paid twice. Calls are counted by draft, not by job. */
    List<Finding> nobodyPaysTwiceUntold() {
        List<Finding> findings = new ArrayList<>();
        Map<String, List<JobEnd>> byDraft = record.jobs.stream().collect(groupingBy(JobEnd::draft));
        record.calls.stream().filter(call -> call.shape().billing().isToBeFeared())
                .collect(groupingBy(call -> List.of(call.draft(), call.style()))).forEach((of, calls) -> {
                    List<JobEnd> jobs = byDraft.getOrDefault(of.get(0), List.of()).stream()
                            .filter(job -> job.styles().containsKey(of.get(1))).toList();
                    boolean told = jobs.stream().anyMatch(job -> job.styles().get(of.get(1)).possiblyChargedTwice());
                    if (!told && calls.size() > jobs.size()) {
                        findings.add(
                                new Finding("nobody pays twice without being told", "%s of %s: %d jobs, %d calls: %s"
                                        .formatted(of.get(1), of.get(0), jobs.size(), calls.size(), calls)));
                    }
                });
        return findings;
    }

    List<Finding> everyImageIsTheProviders() {
        List<Finding> findings = new ArrayList<>();
        Calls calls = new Calls(record);
        Map<String, Opened> opened = openedAs(status -> status == 200);
        record.links.stream().filter(link -> opened.containsKey(link.url())).filter(distinct()).forEach(link -> {
            String sha256 = opened.get(link.url()).sha256();
            if (calls.of(link.draft(), link.style()).stream().noneMatch(call -> call.sha256().equals(sha256))) {
                findings.add(new Finding("an image is as the provider made it, for that draft and style",
                        link + " of " + calls.of(link.draft(), link.style())));
            }
        });
        return findings;
    }

    List<Finding> noLinkDiesBeforeItsTime() {
        Map<String, Opened> dead = openedAs(status -> status != 200);
        return record.links.stream().filter(link -> dead.containsKey(link.url()))
                .filter(link -> isToWork(link, dead.get(link.url()))).filter(distinct())
                .map(link -> new Finding("a link works until its time", link + " " + dead.get(link.url()))).toList();
    }

    private Map<String, Opened> openedAs(IntPredicate status) {
        return record.opened.stream().filter(opened -> status.test(opened.status()))
                .collect(toMap(Opened::url, Function.identity(), (one, another) -> one));
    }

    /** Clients receive the same link many times. */
    private static Predicate<Link> distinct() {
        Set<List<String>> known = new HashSet<>();
        return link -> known.add(List.of(link.url(), link.draft(), link.style()));
    }

    private boolean isToWork(Link link, Opened opened) {
        Instant wanted = record.requests.stream().filter(request -> link.jobId().equals(request.jobId()))
                .map(ImageRequest::answeredAt)
                .min(Comparator.naturalOrder()).orElse(Instant.MIN);
        return link.expiresAt().isAfter(opened.at()) && record.deletions.stream()
                .noneMatch(deleted -> deleted.draft().equals(link.draft()) && deleted.answeredAt().isAfter(wanted));
    }

    /** Every failure must have a cause. A busy provider, or one that needs an operator, is none. */
    List<Finding> everyFailureHasItsReason() {
        List<Finding> findings = new ArrayList<>();
        Calls calls = new Calls(record);
        record.jobs.forEach(job -> job.styles().forEach((style, end) -> {
            List<Call> its = calls.of(job.draft(), style);
            if ("FAILED".equals(end.status()) && !isExplained(job, its, end.error())) {
                findings.add(new Finding("a failure has its reason", "%s after %s: %s of %s, job %s: %s".formatted(
                        end.error(), its.stream().map(Call::shape).toList(), style, job.draft(), job.jobId(), its)));
            }
        }));
        return findings;
    }

    /** A call need not have reached the provider while the connection to it was broken. */
    private boolean isExplained(JobEnd job, List<Call> calls, String error) {
        return switch (error) {
            case "JOB_DEADLINE", "JOB_STALLED" -> true;
            case "IMAGE_API_ERROR", "IMAGE_API_TIMEOUT" ->
                calls.stream().anyMatch(call -> call.shape().explains(error)) || isTroubled(job.createdAt(),
                        job.updatedAt(), Fault.PROVIDER_CUT, Fault.PROVIDER_SILENT, Fault.FREEZE);
            default -> calls.stream().anyMatch(call -> call.shape().explains(error));
        };
    }

    /** For the same style and draft, of the same provider, while no fault kept an instance from receiving the response or sharing it. */
    List<Finding> nobodyCallsBeforeTheTime() {
        List<Finding> findings = new ArrayList<>();
        Calls calls = new Calls(record);
        record.calls.stream().filter(call -> call.notBefore() != null).forEach(told -> {
            calls.of(told.draft(), told.style()).stream()
                    .filter(next -> next.number() > told.number() && next.provider() == told.provider())
                    .filter(next -> next.at().isBefore(told.notBefore().minus(TOLERANCE)))
                    .filter(next -> !isTroubled(told.at(), next.at(), Fault.values()))
                    .forEach(next -> findings.add(new Finding("nobody calls before the time that the provider named",
                            told + " and then " + next)));
        });
        return findings;
    }

    private boolean isTroubled(Instant from, Instant to, Fault... faults) {
        Set<Fault> those = Set.of(faults);
        return record.injectedFaults.stream().filter(fault -> those.contains(fault.fault()))
                .anyMatch(fault -> fault.overlaps(from, to));
    }

    /** By draft and style. */
    private static final class Calls {
        private final Map<List<String>, List<Call>> calls;

        Calls(StormRecord record) {
            calls = record.calls.stream().collect(groupingBy(call -> List.of(call.draft(), call.style())));
        }

        List<Call> of(String draft, String style) {
            return calls.getOrDefault(List.of(draft, style), List.of());
        }
    }
}
