package com.kt.event.content.job;

import static com.kt.event.content.recommendation.Style.FANCY;
import static com.kt.event.content.recommendation.Style.SIMPLE;
import static com.kt.event.content.recommendation.Style.TRENDY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.kt.event.content.cost.Cost;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.JsonCodec;
import com.kt.event.content.redis.UnreadableValueException;

class JobCodecTest {
    private static final Instant CREATED = Instant.parse("2026-04-01T00:00:00.123456Z");
    private static final Instant LATER = Instant.parse("2026-04-01T00:00:05Z");
    private static final Recommendation RECOMMENDATION = new Recommendation("뷁! \"꽃샘추위\" 커피☕ 이벤트👨‍👩‍👧",
            "한 잔을 사면\n한 잔 더 \\ 오늘만", "", "점심 손님 늘리기", Map.of("기간", "4월 1일~7일"));

    /** As Quarkus sets it up. */
    private final ObjectMapper json = new ObjectMapper().findAndRegisterModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private final JobCodec hash = new JobCodec(new JsonCodec(json));

    private final Job accepted = Job.create("job-1",
            JobRequest.of("draft-1", RECOMMENDATION, List.of(Style.values()), Map.of()), CREATED);
    private final Job halfDone = accepted.openCall(SIMPLE, LATER).openCall(FANCY, LATER).openCall(TRENDY, LATER)
            .complete(SIMPLE, "https://shop.example/job-1-simple.png", LATER)
            .fail(FANCY, StyleError.IMAGE_REJECTED, LATER);

    @Test
    void readsBackWhatItWrote() {
        assertThat(hash.read("job-1", asMap(hash.whole(halfDone)))).isEqualTo(halfDone);
    }

    @Test
    void readsBackWhatAnImageTook() {
        Job job = accepted.openCall(SIMPLE, LATER).complete(SIMPLE, "https://shop.example/job-1-simple.png",
                new Origin("main", "gpt-image-2",
                        new StyleUsage(57L, 1_834L, new Cost(new BigDecimal("0.055"), "USD"))),
                LATER);
        Map<String, String> stored = asMap(hash.whole(job));

        assertThat(stored.get("simple")).contains("\"provider\":\"main\",\"model\":\"gpt-image-2\",\"usage\":"
                + "{\"inputTokens\":57,\"outputTokens\":1834,\"cost\":{\"amount\":0.055,\"currency\":\"USD\"}}");
        assertThat(hash.read("job-1", stored)).isEqualTo(job);
    }

    @Test
    void readsBackUnitsOtherThanTokens() {
        Job job = accepted.openCall(SIMPLE, LATER).complete(SIMPLE, "https://shop.example/job-1-simple.png",
                new Origin("gpu", null, new StyleUsage(null, null, Map.of("seconds", new BigDecimal("4.1")), null)),
                LATER);
        Map<String, String> stored = asMap(hash.whole(job));

        assertThat(stored.get("simple")).contains("\"usage\":{\"units\":{\"seconds\":4.1}}");
        assertThat(hash.read("job-1", stored)).isEqualTo(job);
    }

    @Test
    void readsAStyleOfAnOlderVersion() {
        Map<String, String> stored = asMap(hash.whole(accepted));
        stored.put("simple", "{\"status\":\"COMPLETED\",\"imageUrl\":\"http://a\",\"calls\":{\"attempts\":1}}");

        assertThat(hash.read("job-1", stored).styles().get(SIMPLE)).isEqualTo(new StyleTask(JobStatus.COMPLETED,
                "http://a", null, new CallRecord(1, null, 0, false, null)));
    }

    @Test
    void readsBackWhatWasChangedAfterwards() {
        Map<String, String> stored = asMap(hash.whole(accepted));
        stored.putAll(asMap(hash.changes(accepted, halfDone)));

        assertThat(hash.read("job-1", stored)).isEqualTo(halfDone);
    }

    @Test
    void readsBackARecommendationOfATitleAlone() {
        Job job = Job.create("job-1",
                JobRequest.of("draft-1", new Recommendation("봄", null, null, null, null), List.of(TRENDY), Map.of()),
                CREATED);

        assertThat(hash.read("job-1", asMap(hash.whole(job)))).isEqualTo(job);
    }

    @Test
    void ignoresTheLeaseInTheSameHash() {
        Map<String, String> stored = asMap(hash.whole(halfDone));
        stored.put("owner", "worker-7");
        stored.put("leaseUntil", "1775000000000");

        assertThat(hash.read("job-1", stored)).isEqualTo(halfDone);
    }

    @Test
    void writesTheFieldsThatTheDesignNames() {
        assertThat(asMap(hash.whole(accepted))).containsOnlyKeys("status", "eventDraftId", "type", "createdAt",
                "updatedAt", "version", "callsOut", "recommendation", "simple", "fancy", "trendy");
    }

    @Test
    void writesOnlyWhatMayHaveChanged() {
        assertThat(asMap(hash.changes(accepted, halfDone))).containsOnlyKeys("status", "updatedAt", "version",
                "callsOut", "simple", "fancy", "trendy");
        assertThat(asMap(hash.changes(halfDone, halfDone.fail(TRENDY, StyleError.IMAGE_INVALID, LATER))))
                .containsOnlyKeys("status", "updatedAt", "version", "callsOut", "trendy");
    }

    @Test
    void writesAStyleThatCouldNotBeRead() {
        Map<String, String> stored = asMap(hash.whole(accepted));
        stored.put("fancy", "{bad");
        Job found = hash.read("job-1", stored);

        stored.putAll(asMap(hash.changes(found, found.openCall(SIMPLE, LATER))));

        assertThat(stored.get("fancy")).contains("FAILED");
    }

    @Test
    void writesNoFieldForAStyleThatNobodyAskedFor() {
        Job job = Job.create("job-1", JobRequest.of("draft-1", RECOMMENDATION, List.of(FANCY), Map.of()), CREATED);

        assertThat(asMap(hash.whole(job))).containsKey("fancy").doesNotContainKeys("simple", "trendy");
        assertThat(hash.read("job-1", asMap(hash.whole(job)))).isEqualTo(job);
    }

    @Test
    void writesNoFieldTwice() {
        List<String> fields = hash.whole(halfDone);

        assertThat(fields).hasSize(2 * asMap(fields).size());
    }

    @Test
    void writesTextThatAnyClientCanRead() {
        assertThat(asMap(hash.whole(halfDone)))
                .containsEntry("status", "PROCESSING")
                .containsEntry("eventDraftId", "draft-1")
                .containsEntry("type", "IMAGE_GEN")
                .containsEntry("createdAt", "2026-04-01T00:00:00.123456Z")
                .containsEntry("updatedAt", "2026-04-01T00:00:05Z")
                .containsEntry("version", "6")
                .containsEntry("callsOut", "1");
    }

    @Test
    void writesAStyleAsJsonWithoutEmptyParts() throws JsonProcessingException {
        Map<String, String> fields = asMap(hash.whole(halfDone));

        assertThat(json.readTree(fields.get("simple"))).isEqualTo(json.readTree(
                "{\"status\": \"COMPLETED\", \"imageUrl\": \"https://shop.example/job-1-simple.png\", \"calls\": {\"attempts\": 1}}"));
        assertThat(json.readTree(fields.get("fancy")))
                .isEqualTo(json.readTree(
                        "{\"status\": \"FAILED\", \"error\": \"IMAGE_REJECTED\", \"calls\": {\"attempts\": 1}}"));
        assertThat(json.readTree(fields.get("trendy"))).isEqualTo(json.readTree(
                "{\"status\": \"PROCESSING\", \"calls\": {\"attempts\": 1, \"openSince\": \"" + LATER + "\"}}"));
    }

    @Test
    void writesTheRecommendationInTheFlatFormOfTheAiService() throws JsonProcessingException {
        assertThat(json.readTree(asMap(hash.whole(accepted)).get("recommendation"))).isEqualTo(json.readTree("""
                {"eventTitle": "뷁! \\"꽃샘추위\\" 커피☕ 이벤트👨‍👩‍👧", "eventDescription": "한 잔을 사면\\n한 잔 더 \\\\ 오늘만",
                 "eventObjective": "점심 손님 늘리기", "additionalData": {"기간": "4월 1일~7일"}}
                """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"createdAt", "recommendation", "eventDraftId"})
    void failsWithoutWhatNoJobCanDoWithoutAndDoesNotRepeatIt(String field) {
        Map<String, String> stored = asMap(hash.whole(halfDone));
        stored.remove(field);
        assertThatThrownBy(() -> hash.read("job-1", stored)).isInstanceOf(UnreadableValueException.class)
                .hasMessageContaining(field);

        stored.putAll(asMap(hash.whole(halfDone)));
        stored.put("createdAt", "x\n2026 ERROR forged");
        assertThatThrownBy(() -> hash.read("job-1", stored)).isInstanceOf(UnreadableValueException.class)
                .hasMessageNotContaining("forged");
    }

    @Test
    void failsWithoutAStyle() {
        assertThatThrownBy(() -> hash.read("job-1", Map.of("status", "PENDING")))
                .isInstanceOf(UnreadableValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{bad", "null", "[]", "{}", "{\"status\":\"SLEEPING\"}", ""})
    void givesUpTheOneStyleThatItCannotRead(String unreadable) {
        Map<String, String> stored = asMap(hash.whole(halfDone));
        stored.put("trendy", unreadable);

        Job job = hash.read("job-1", stored);

        assertThat(job.styles().get(TRENDY)).returns(JobStatus.FAILED, StyleTask::status)
                .returns(StyleError.IMAGE_API_ERROR, StyleTask::error);
        assertThat(job.styles().get(SIMPLE)).isEqualTo(halfDone.styles().get(SIMPLE));
    }

    @Test
    void readsAJobWithoutItsLastChangeAndVersion() {
        Map<String, String> stored = asMap(hash.whole(halfDone));
        stored.put("updatedAt", "yesterday");
        stored.put("version", "1e3");

        Job job = hash.read("job-1", stored);

        assertThat(job.updatedAt()).isEqualTo(job.createdAt());
        assertThat(job.version()).isZero();
        assertThat(job.styles()).isEqualTo(halfDone.styles());
    }

    /** As Redis keeps them. */
    private static Map<String, String> asMap(List<String> fields) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < fields.size(); i += 2) {
            map.put(fields.get(i), fields.get(i + 1));
        }
        return map;
    }
}
