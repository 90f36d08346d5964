package com.kt.event.content.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.job.QueueEntry;

class QueueRulesTest {
    @Test
    void findsNothingInAQueueOfWaitingAndTakenJobs() {
        assertThat(broken(queue("9-0", Set.of("9-0"), entry("9-0", "a"), entry("9-1", "b"), entry("10-0", "c"))))
                .isEmpty();
    }

    @Test
    void findsNothingInAQueueThatNobodyHasOpened() {
        assertThat(broken(queue(null, Set.of(), entry("9-0", "a")))).isEmpty();
        assertThat(broken(new QueueSnapshot("none", false, null, Set.of(), List.of()))).isEmpty();
    }

    @Test
    void requiresAStreamThatStays() {
        assertThat(broken(new QueueSnapshot("string", false, null, Set.of(), List.of())))
                .containsExactly(Invariant.THE_QUEUE_IS_A_STREAM_THAT_STAYS);
        assertThat(broken(new QueueSnapshot("stream", true, null, Set.of(), List.of())))
                .containsExactly(Invariant.THE_QUEUE_IS_A_STREAM_THAT_STAYS);
    }

    @Test
    void requiresNoMoreThanTheCap() {
        QueueSnapshot four = queue(null, Set.of(), entry("1-0", "a"), entry("2-0", "b"), entry("3-0", "c"),
                entry("4-0", "d"));

        assertThat(broken(four)).containsExactly(Invariant.THE_QUEUE_IS_NOT_TOO_LONG);
    }

    @Test
    void requiresAJobOfEveryEntry() {
        assertThat(broken(queue(null, Set.of(), entry("1-0", "gone"), entry("2-0", null))))
                .containsExactly(Invariant.EVERY_ENTRY_HAS_A_JOB, Invariant.EVERY_ENTRY_HAS_A_JOB);
    }

    @Test
    void requiresATimeInEveryEntry() {
        assertThat(broken(queue(null, Set.of(), new QueueEntry("1-0", "a", null))))
                .containsExactly(Invariant.EVERY_RECORD_IS_READABLE);
    }

    @Test
    void requiresOneEntryOfAJob() {
        assertThat(rules().broken(queue(null, Set.of(), entry("1-0", "a"), entry("2-0", "a")))).singleElement()
                .returns(Invariant.NO_JOB_IS_QUEUED_TWICE, Finding::broken)
                .returns("content:jobs entry 2-0", Finding::where);
    }

    @ParameterizedTest
    @CsvSource({"9-0, false", "10-0, false", "10-1, true", "10-10, true", "11-0, true", "100-0, true"})
    void knowsWhatStillWaitsByItsPlaceInTheStream(String id, boolean waits) {
        QueueSnapshot queue = queue("10-0", Set.of(), entry(id, "a"));

        assertThat(broken(queue))
                .isEqualTo(waits ? List.of() : List.of(Invariant.EVERY_ENTRY_IS_WAITING_OR_TAKEN));
        assertThat(queue.jobs().contains("a")).isEqualTo(waits);
    }

    @Test
    void requiresWhatIsTakenToExist() {
        assertThat(rules().broken(queue("9-0", Set.of("8-0", "9-0"), entry("9-0", "a")))).singleElement()
                .returns(Invariant.EVERY_TAKEN_ENTRY_EXISTS, Finding::broken)
                .returns("content:jobs entry 8-0", Finding::where);
    }

    /** On Redis 6.2 an entry that is only deleted stays with the worker that took it. */
    @Test
    void neverAdvisesToDeleteAnEntryThatMayBeTakenWithoutAcknowledgingIt() {
        List<Finding> findings = rules().broken(queue("9-0", Set.of("1-0", "2-0", "3-0"), entry("1-0", "gone"),
                new QueueEntry("2-0", "a", null), entry("3-0", "a"), entry("4-0", "b")));

        assertThat(findings).extracting(Finding::broken).contains(Invariant.EVERY_ENTRY_HAS_A_JOB,
                Invariant.EVERY_RECORD_IS_READABLE, Invariant.NO_JOB_IS_QUEUED_TWICE,
                Invariant.EVERY_ENTRY_IS_WAITING_OR_TAKEN);
        assertThat(findings).filteredOn(finding -> finding.what().contains("XDEL")).hasSizeGreaterThan(3)
                .allSatisfy(finding -> assertThat(finding.what())
                        .matches(".* XACK content:jobs workers (\\d-0), then XDEL content:jobs \\1.*"));
    }

    @Test
    void saysOnlyHowLongAJobsNameIsThatIsNoId() {
        List<Finding> findings = rules().broken(queue("9-0", Set.of(), entry("10-0", "gone\nok: forged")));

        assertThat(findings).hasSize(1).allSatisfy(finding -> assertThat(finding.toString())
                .doesNotContain("\n").doesNotContain("forged").contains("15 characters"));
    }

    private static List<Invariant> broken(QueueSnapshot queue) {
        return rules().broken(queue).stream().map(Finding::broken).toList();
    }

    private static QueueRules rules() {
        return new QueueRules(3, jobId -> !jobId.startsWith("gone"));
    }

    private static QueueSnapshot queue(String lastDelivered, Set<String> taken, QueueEntry... entries) {
        return new QueueSnapshot("stream", false, lastDelivered, taken, Stream.of(entries).toList());
    }

    private static QueueEntry entry(String id, String jobId) {
        return new QueueEntry(id, jobId, Instant.EPOCH);
    }
}
