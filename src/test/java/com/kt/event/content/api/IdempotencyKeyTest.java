package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.WaitingTest;
import com.kt.event.content.api.IdempotentRequests.Result;
import com.kt.event.content.idempotency.LostResponseException;
import com.kt.event.content.job.JobRequest;
import com.kt.event.content.recommendation.RecommendationNotSelectedException;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.FaultyRedis.Fault;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Redis;

import redis.clients.jedis.params.SetParams;

/** How long a key is remembered, and entries that cannot be read. */
@WaitingTest
class IdempotencyKeyTest extends IdempotentRequestsSuite {
    @Test
    void waitsForAnAttemptThatIsUnderWay() {
        faulty.failAt(Step.QUEUE::isIn, Fault.LATE);
        CompletableFuture<Result> first = regenerate().subscribeAsCompletionStage();
        await().atMost(LIMIT).until(faulty::hasFailed);

        assertThat(isAccepted(regenerate())).isFalse();
        assertThat(first).isNotDone();
        assertThat(redis.xlen("content:jobs")).isZero();
    }

    @Test
    void startsOneJobForManyAttemptsAtOnce() {
        List<CompletableFuture<Result>> answers = Stream.generate(() -> regenerate().subscribeAsCompletionStage())
                .limit(50).toList();

        assertThat(answers).extracting(CompletableFuture::join).extracting(answer -> answer.job().jobId())
                .containsOnly(answers.get(0).join().job().jobId());
        runQueuedJobs();
        assertThat(paidJobs).hasSize(1);
    }

    @Test
    void forgetsAKeyWhoseFirstAttemptBeganNothing() {
        assertThatThrownBy(() -> get(requests.once(key, "regenerate another", id -> Uni.createFrom()
                .failure(new RecommendationNotSelectedException(draft)))))
                .isInstanceOf(RecommendationNotSelectedException.class);

        assertThat(redis.exists(entry)).isFalse();
        assertThat(get(regenerate()).replayed()).isFalse();
    }

    /** Redis may have received the first attempt by the time a second one would forget the key. */
    @Test
    void keepsAKeyWhoseFirstAttemptEndedInDoubt() {
        faulty.failAt(Step.RECORD::isIn, Fault.LATE);
        assertThat(isAccepted(regenerate())).isFalse();

        assertThatThrownBy(() -> get(requests.once(key, "regenerate", id -> Uni.createFrom()
                .failure(new RecommendationNotSelectedException(draft)))))
                .isInstanceOf(RecommendationNotSelectedException.class);

        assertThat(redis.exists(entry)).isTrue();
    }

    @Test
    void doesNotGuessWhatBecameOfAJobThatHasExpired() {
        // As if the response had not been stored, and the job had expired.
        redis.set(entry, "{\"request\":\"regenerate\",\"jobId\":\"" + UUID.randomUUID() + "\",\"startedAt\":"
                + (System.currentTimeMillis() - 3_700_000) + "}", SetParams.setParams().px(80_000_000));

        assertThatThrownBy(() -> get(regenerate())).isInstanceOf(LostResponseException.class);
        assertThat(redis.xlen("content:jobs")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "null", "[]", "{}", "5", "{\"request\":5}", "{\"request\":\"regenerate\"}",
            "{\"request\":\"regenerate\",\"answer\":{}}", "{\"request\":\"regenerate\",\"answer\":[1]}",
            "{\"request\":\"regenerate\",\"answer\":{\"jobId\":\"a\",\"status\":\"NONE\",\"message\":\"\"}}"})
    void neverPaysForAKeyWhoseEntryCannotBeRead(String value) {
        redis.psetex(entry, 80_000_000, value);

        assertThatThrownBy(() -> get(regenerate())).isInstanceOf(LostResponseException.class);
        assertThat(redis.get(entry)).isEqualTo(value);
        assertThat(redis.xlen("content:jobs")).isZero();
    }

    @Test
    void neverPaysForAKeyWhoseEntryIsOfAnotherType() {
        redis.rpush(entry, "x");

        assertThatThrownBy(() -> get(regenerate())).isInstanceOf(LostResponseException.class);
    }

    @Test
    void leavesNothingWhenItIsWarmedUp() {
        Set<String> before = redis.keys("*");

        get(requests.warmUp());
        get(jobManager.warmUp(JobRequest.of(draft, RECOMMENDATION, EnumSet.allOf(Style.class), Map.of())));

        assertThat(redis.keys("*")).isEqualTo(before);
        assertThat(calls("eval") + calls("evalsha")).isEqualTo(4);
        assertThat(calls("pexpire")).isEqualTo(1);
    }

    private static int calls(String command) {
        Matcher found = Pattern.compile("cmdstat_" + command + ":calls=(\\d+),").matcher(redis.info("commandstats"));
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
}
