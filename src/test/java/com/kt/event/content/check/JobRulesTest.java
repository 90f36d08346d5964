package com.kt.event.content.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.check.JobRecord.UnreadableRecordException;
import com.kt.event.content.job.JobStatus;

class JobRulesTest {
    private static final Instant CREATED = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant NOW = CREATED.plusSeconds(60);
    private static final Duration DEADLINE = Duration.ofMinutes(50);

    @ParameterizedTest
    @CsvSource({
            "PENDING, PENDING PENDING PENDING",
            "PROCESSING, PROCESSING PENDING PENDING",
            "PROCESSING, COMPLETED PENDING PENDING",
            "PROCESSING, FAILED COMPLETED PROCESSING",
            "CANCELLED, FAILED COMPLETED CANCELLED", "COMPLETED, FAILED COMPLETED COMPLETED",
            "COMPLETED, COMPLETED",
            "CANCELLED, FAILED CANCELLED FAILED", "FAILED, FAILED FAILED FAILED",
            "CANCELLED, CANCELLED CANCELLED CANCELLED"})
    void knowsAJobsStatusByItsStyles(JobStatus status, String styles) throws Exception {
        assertThat(read(job(styles.split(" "))).fold()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
            "PENDING, true, -1, true",
            "PENDING, false, 1, true",
            "PENDING, false, 0, false",
            "PROCESSING, true, -1, true",
            "PROCESSING, true, 0, true",
            "PROCESSING, false, 1, true",
            "PROCESSING, false, 0, false",
            "PROCESSING, false, -1, false"})
    void requiresAnOpenJobQueuedOrAWorkerAtIt(String status, boolean queued, long leaseLeft, boolean sound)
            throws Exception {
        Map<String, String> job = job(status);
        job.put("owner", "worker");
        job.put("leaseUntil", Long.toString(NOW.plusMillis(leaseLeft).toEpochMilli()));

        assertThat(broken(job, queued, NOW)).isEqualTo(sound ? List.of() : List.of(Invariant.EVERY_OPEN_JOB_IS_QUEUED));
    }

    @Test
    void requiresNoLeaseOrEntryOfAJobThatHasEnded() throws Exception {
        assertThat(broken(job("COMPLETED"), false, NOW)).isEmpty();
        assertThat(broken(job("COMPLETED"), true, NOW)).isEmpty();
    }

    @Test
    void givesAJobThatIsLateAMoment() throws Exception {
        Map<String, String> job = job("PROCESSING");

        assertThat(broken(job, true, CREATED.plus(DEADLINE).plusSeconds(60))).isEmpty();
        assertThat(broken(job, true, CREATED.plus(DEADLINE).plusSeconds(600)))
                .containsExactly(Invariant.EVERY_JOB_ENDS_IN_TIME);
        assertThat(broken(job("FAILED"), false, CREATED.plus(DEADLINE).plusSeconds(600))).isEmpty();
    }

    @Test
    void requiresNoLeaseOnAJobThatHasEnded() throws Exception {
        Map<String, String> job = job("COMPLETED");
        job.put("owner", "worker");

        assertThat(broken(job, false, NOW)).containsExactly(Invariant.NO_ENDED_JOB_IS_LEASED);
    }

    @Test
    void requiresNoOpenCallOfAJobThatHasEnded() throws Exception {
        Map<String, String> open = Map.of("simple",
                "{\"status\":\"PROCESSING\",\"calls\":{\"attempts\":1,\"openSince\":\"2026-11-22T00:00:00Z\"}}");
        Map<String, String> job = job("PROCESSING");
        job.putAll(open);
        Map<String, String> ended = job("CANCELLED");
        ended.put("simple", open.get("simple").replace("PROCESSING", "CANCELLED"));
        ended.put("fancy", "{\"status\":\"COMPLETED\",\"imageUrl\":\"http://a\",\"calls\":{\"attempts\":1}}");

        assertThat(broken(job, true, NOW)).isEmpty();
        assertThat(broken(ended, false, NOW)).containsExactly(Invariant.NO_ENDED_JOB_HAS_AN_OPEN_CALL);
    }

    @ParameterizedTest
    @CsvSource({
            "COMPLETED, FAILED",
            "FAILED, COMPLETED"})
    void requiresTheStatusThatFollowsFromTheStyles(String styles, String status) throws Exception {
        Map<String, String> job = job(styles);
        job.put("status", status);

        assertThat(broken(job, false, NOW)).containsExactly(Invariant.EVERY_STATUS_FOLLOWS_FROM_THE_STYLES);
    }

    @ParameterizedTest
    @CsvSource({"COMPLETED", "FAILED"})
    void requiresAnEndedStyleToSayHowItEnded(String status) throws Exception {
        Map<String, String> job = job(status);
        job.put("simple", "{\"status\":\"" + status + "\"}");

        assertThat(broken(job, false, NOW)).containsExactly(Invariant.EVERY_ENDED_STYLE_SAYS_HOW);
    }

    @Test
    void namesTheKeyAndWhatToDo() throws Exception {
        assertThat(rules().broken(read(job("PENDING")), false, NOW)).singleElement().asString()
                .startsWith("job:the-job: PENDING, but no worker holds it")
                .endsWith("XADD content:jobs '*' job the-job createdAt " + CREATED.toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", quoteCharacter = '`', value = {
            "eventDraftId, -, no eventDraftId",
            "recommendation, -, no recommendation",
            "version, -, no version",
            "updatedAt, -, no updatedAt",
            "createdAt, -, no createdAt",
            "createdAt, yesterday, yesterday is not a time",
            "status, -, no status",
            "status, DONE, no status DONE",
            "simple, -, no style",
            "simple, {, simple is not JSON",
            "simple, {}, no status null",
            "leaseUntil, soon, leaseUntil is soon"})
    void saysWhyARecordCannotBeRead(String field, String value, String why) {
        Map<String, String> job = job("PENDING");
        job.put(field, value);

        assertThatThrownBy(() -> read(job)).isInstanceOf(UnreadableRecordException.class).hasMessageContaining(why);
    }

    private static List<Invariant> broken(Map<String, String> job, boolean queued, Instant now) throws Exception {
        return rules().broken(read(job), queued, now).stream().map(Finding::broken).toList();
    }

    private static JobRules rules() {
        return new JobRules(DEADLINE);
    }

    private static JobRecord read(Map<String, String> fields) throws UnreadableRecordException {
        return JobRecord.read("the-job", fields, new ObjectMapper());
    }

    /** With the status that the first style has. */
    private static Map<String, String> job(String... styles) {
        Map<String, String> fields = new HashMap<>(Map.of("eventDraftId", "draft", "recommendation", "{}", "createdAt",
                CREATED.toString(), "updatedAt", CREATED.toString(), "version", "1", "status", styles[0]));
        List<String> keys = List.of("simple", "fancy", "trendy");
        for (int i = 0; i < styles.length; i++) {
            fields.put(keys.get(i), "{\"status\":\"" + styles[i] + "\",\"imageUrl\":\"http://a\",\"error\":\"E\"}");
        }
        return fields;
    }
}
