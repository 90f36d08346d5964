package com.kt.event.content.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.kt.event.content.faults.StormPlan.Fault;
import com.kt.event.content.faults.StormRecord.Call;
import com.kt.event.content.faults.StormRecord.JobEnd;
import com.kt.event.content.faults.StormRecord.Link;
import com.kt.event.content.faults.StormRecord.LogLine;
import com.kt.event.content.faults.StormRecord.Opened;
import com.kt.event.content.faults.StormRecord.Sight;
import com.kt.event.content.faults.StormRecord.StyleEnd;
import com.kt.event.content.faults.StormRecord.Tap;
import com.kt.event.content.faults.StormRecord.Trouble;

/** Says what was promised and not kept, by what was written down and nothing else. */
final class StormJudge {
    private static final Set<String> ENDS = Set.of("COMPLETED", "FAILED", "CANCELLED");
    /** What is said a moment too early, by clocks and roundings. */
    private static final Duration TOLERANCE = Duration.ofMillis(150);
    /** An answer is heard, and its consequences are written down, this long after its call came in. */
    private static final Duration AFTERMATH = Duration.ofSeconds(8);
    private static final Pattern STACK_FRAME = Pattern.compile("^\\s+at [\\w.$/@]+\\(.*");
    private static final Pattern ERROR = Pattern.compile("^[\\d-]+ [\\d:,.]+ ERROR .*");
    /** What the service is to shout about, for somebody has to act. */
    private static final Pattern EXPECTED_ERROR = Pattern.compile("(?i).*(workers died or froze over it"
            + "|image API (turns|refuses|asks|needs|answered 40)|operator|account|model|key .*refused).*");

    private final StormRecord record;
    private final Limits limits;

    /**
     * @param jobsInFlight an instance may have, at most
     * @param takeOver within which the jobs of a killed instance end elsewhere
     */
    record Limits(int jobsInFlight, Duration takeOver, double idleCommandsPerSecond, double idleCpu) {
    }

    /** A promise that was not kept. */
    record Finding(String promise, String what) {
    }

    StormJudge(StormRecord record, Limits limits) {
        this.record = record;
        this.limits = limits;
    }

    List<Finding> findings() {
        return Stream.of(everyAcceptedJobEnds(), whatEndedStaysEnded(), oneKeyIsOneJob(), oneJobIsOneDrafts(),
                nobodyPaysTwiceUntold(), everyPictureIsTheProviders(), noLinkDiesBeforeItsTime(),
                everyFailureHasItsReason(), nobodyCallsBeforeTheTime(), nobodyHasMoreThanItMay(), killedWorkGoesOn(),
                everyKeyExpires(), nobodySpins(), nobodyDiesByItself(), theCheckerIsContent(), logsAreCalm())
                .flatMap(List::stream).toList();
    }

    List<Finding> everyAcceptedJobEnds() {
        Set<String> ended = record.jobs.stream().filter(job -> ENDS.contains(job.status())).map(JobEnd::jobId)
                .collect(toSet());
        List<Finding> findings = new ArrayList<>();
        accepted().map(Tap::jobId).distinct().filter(id -> !ended.contains(id))
                .forEach(id -> findings.add(new Finding("every accepted job ends", "job " + id + ": " + find(id))));
        Set<String> told = accepted().map(Tap::jobId).collect(toSet());
        record.jobs.stream().filter(job -> !ENDS.contains(job.status())).filter(job -> !job.status().equals("GONE"))
                .filter(job -> !told.contains(job.jobId()))
                .forEach(job -> findings.add(new Finding("every accepted job ends", "nobody was told of it: " + job)));
        return findings;
    }

    List<Finding> whatEndedStaysEnded() {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> last = record.jobs.stream().filter(job -> !job.status().equals("GONE"))
                .collect(toMap(JobEnd::jobId, JobEnd::status, (one, another) -> one));
        record.sights.stream().collect(groupingBy(Sight::jobId)).forEach((id, sights) -> {
            Set<String> ends = sights.stream().map(Sight::status).filter(ENDS::contains)
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
        accepted().filter(tap -> tap.key() != null).collect(groupingBy(Tap::key)).forEach((key, taps) -> {
            Set<String> ids = taps.stream().map(Tap::jobId).collect(toCollection(TreeSet::new));
            if (ids.size() > 1) {
                findings.add(new Finding("one key, one job", "key " + key + " was answered with " + ids));
            }
        });
        Map<String, List<Tap>> byDraft = record.taps.stream().collect(groupingBy(Tap::draft));
        record.jobs.stream().collect(groupingBy(JobEnd::draft)).forEach((draft, jobs) -> {
            List<Tap> taps = byDraft.getOrDefault(draft, List.of());
            long allowed = taps.stream().filter(tap -> tap.key() == null).count()
                    + taps.stream().map(Tap::key).filter(key -> key != null).distinct().count();
            if (jobs.size() > allowed) {
                findings.add(new Finding("one key, one job", "draft %s has %d jobs, but was asked for %d times: %s"
                        .formatted(draft, jobs.size(), allowed, taps)));
            }
        });
        return findings;
    }

    List<Finding> oneJobIsOneDrafts() {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> draftOf = record.jobs.stream()
                .collect(toMap(JobEnd::jobId, JobEnd::draft, (one, another) -> one));
        accepted().collect(groupingBy(Tap::jobId)).forEach((id, taps) -> {
            Set<String> drafts = taps.stream().map(Tap::draft).collect(toCollection(TreeSet::new));
            drafts.add(draftOf.getOrDefault(id, taps.get(0).draft()));
            if (drafts.size() > 1) {
                findings.add(new Finding("a job is one draft's", "job " + id + " was accepted for " + drafts));
            }
        });
        return findings;
    }

    /** A job pays for a style once, or says so. Calls are told apart by draft: what its jobs may cost in all is counted. */
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

    List<Finding> everyPictureIsTheProviders() {
        List<Finding> findings = new ArrayList<>();
        Calls calls = new Calls(record);
        Map<String, Opened> opened = openedAs(status -> status == 200);
        record.links.stream().filter(link -> opened.containsKey(link.url())).filter(distinct()).forEach(link -> {
            String sha256 = opened.get(link.url()).sha256();
            if (calls.of(link.draft(), link.style()).stream().noneMatch(call -> call.sha256().equals(sha256))) {
                findings.add(new Finding("a picture is as the provider made it, for that draft and style",
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

    /** The same link is shown many times. */
    private static Predicate<Link> distinct() {
        Set<List<String>> known = new HashSet<>();
        return link -> known.add(List.of(link.url(), link.draft(), link.style()));
    }

    private boolean isToWork(Link link, Opened opened) {
        Instant wanted = accepted().filter(tap -> link.jobId().equals(tap.jobId())).map(Tap::answeredAt)
                .min(Comparator.naturalOrder()).orElse(Instant.MIN);
        return link.expiresAt().isAfter(opened.at()) && record.deletions.stream()
                .noneMatch(deleted -> deleted.draft().equals(link.draft()) && deleted.answeredAt().isAfter(wanted));
    }

    /** What fails must have been broken by somebody: a provider that is busy, or waits for an operator, fails nothing. */
    List<Finding> everyFailureHasItsReason() {
        List<Finding> findings = new ArrayList<>();
        Calls calls = new Calls(record);
        record.jobs.forEach(job -> job.styles().forEach((style, end) -> {
            List<Call> its = calls.of(job.draft(), style);
            if ("FAILED".equals(end.status()) && !isExplained(its, end)) {
                findings.add(new Finding("a failure has its reason", "%s after %s: %s of %s, job %s: %s".formatted(
                        end.error(), its.stream().map(Call::shape).toList(), style, job.draft(), job.jobId(), its)));
            }
        }));
        return findings;
    }

    private boolean isExplained(List<Call> calls, StyleEnd end) {
        if (Set.of("JOB_DEADLINE", "JOB_STALLED").contains(end.error())) {
            return true;
        }
        boolean mayBeCut = Set.of("IMAGE_API_ERROR", "IMAGE_API_TIMEOUT").contains(end.error());
        return calls.stream().anyMatch(call -> call.shape().explains(end.error())
                || mayBeCut && isTroubled(call.at(), call.at().plus(AFTERMATH), Fault.PROVIDER_CUT,
                        Fault.PROVIDER_SILENT, Fault.FREEZE));
    }

    /** The same style of the same draft; what others had on their way cannot be held against anybody. */
    List<Finding> nobodyCallsBeforeTheTime() {
        List<Finding> findings = new ArrayList<>();
        Calls calls = new Calls(record);
        record.calls.stream().filter(call -> call.notBefore() != null).forEach(told -> {
            calls.of(told.draft(), told.style()).stream().filter(next -> next.number() > told.number())
                    .filter(next -> next.at().isBefore(told.notBefore().minus(TOLERANCE)))
                    .filter(next -> !isTroubled(told.at().minus(AFTERMATH), next.at(), Fault.values()))
                    .forEach(next -> findings.add(new Finding("nobody calls before the time that the provider named",
                            told + " and then " + next)));
        });
        return findings;
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
        return record.keys.stream().filter(key -> key.timeToLive() < 0 && !key.name().equals("content:jobs"))
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
        return record.complaints.stream().map(complaint -> new Finding("check says ok", complaint)).toList();
    }

    /** Each kind of line once. */
    List<Finding> logsAreCalm() {
        List<Finding> findings = new ArrayList<>();
        Set<String> known = new HashSet<>();
        String last = "";
        for (LogLine line : record.logs) {
            boolean isFrame = STACK_FRAME.matcher(line.text()).matches();
            String kind = (isFrame ? last : line.text()).replaceAll("[0-9a-f-]{36}|\\d+", "#");
            boolean isUnexpected = isFrame || ERROR.matcher(line.text()).matches()
                    && !EXPECTED_ERROR.matcher(line.text()).matches();
            if (isUnexpected && known.add(kind)) {
                findings.add(
                        new Finding(isFrame ? "no stack trace for what is expected" : "no ERROR for what is expected",
                                line.instance() + ": " + (isFrame ? last : line.text())));
            }
            last = isFrame ? last : line.text();
        }
        return findings;
    }

    private Stream<Tap> accepted() {
        return record.taps.stream().filter(tap -> tap.jobId() != null);
    }

    private String find(String jobId) {
        return record.jobs.stream().filter(job -> job.jobId().equals(jobId)).map(JobEnd::toString).findFirst()
                .orElse("never seen again");
    }

    private boolean isTroubled(Instant from, Instant to, Fault... faults) {
        Set<Fault> those = Set.of(faults);
        return record.troubles.stream().filter(trouble -> those.contains(trouble.fault()))
                .anyMatch((Trouble trouble) -> trouble.overlaps(from, to));
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
