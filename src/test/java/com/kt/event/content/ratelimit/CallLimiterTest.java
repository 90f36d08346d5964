package com.kt.event.content.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;

/** The limits of one provider, in several instances that share a Redis. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class CallLimiterTest {
    private static final String KEY = "content:calls:main";

    @Inject
    CallStore store;

    @Inject
    RedisDataSource redis;

    @Inject
    @Identifier("time-limits")
    ScheduledExecutorService timer;

    @BeforeEach
    @AfterEach
    void empty() {
        redis.flushall();
    }

    @Test
    void noMoreCallsThanTheLimitGoOutInAMinuteFromAllInstances() {
        List<CallLimiter> instances = instances(3, new CallLimits(5, 0));

        assertThat(granted(instances, 12)).isEqualTo(5);
        assertThat(instances).allSatisfy(
                instance -> assertThat(instance.remaining()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(63)));
        assertThat(redis.key().pttl(KEY)).isBetween(600_000L, 660_000L);
    }

    @Test
    void theNextMinuteHasRoomAgain() {
        assertThat(granted(instances(2, new CallLimits(5, 0)), 6)).isEqualTo(5);

        secondsLater(60);
        assertThat(granted(instances(2, new CallLimits(5, 0)), 6)).as("calls may still be on their way").isZero();
        secondsLater(3);
        assertThat(granted(instances(2, new CallLimits(5, 0)), 6)).isEqualTo(5);
    }

    @Test
    void noMoreCallsThanTheLimitAreUnderWayInAllInstances() {
        List<CallLimiter> instances = instances(2, new CallLimits(0, 2));
        CallSlot slot = acquire(instances.get(0)).orElseThrow();
        acquire(instances.get(1)).orElseThrow();
        assertThat(acquire(instances.get(0))).isEmpty();

        get(slot.release());
        get(slot.release());

        assertThat(granted(instances(2, new CallLimits(0, 2)), 4)).isEqualTo(1);
    }

    @Test
    void theEndOfACallWakesOneThatWaits() {
        CallLimiter instance = instance(new CallLimits(0, 1));
        CallSlot slot = acquire(instance).orElseThrow();
        assertThat(acquire(instance)).isEmpty();
        assertThat(get(instance.state()).untilACallEnds()).isTrue();
        CompletableFuture<Void> woken = instance.whenFree().subscribeAsCompletionStage();
        assertThat(woken).isNotDone();

        get(slot.release());

        assertThat(woken).isDone();
        assertThat(acquire(instance)).isPresent();
    }

    @Test
    void theCallsOfAnInstanceThatIsGoneEndByThemselves() {
        acquire(instance(new CallLimits(0, 1))).orElseThrow();
        String open = fields().keySet().stream().filter(name -> name.startsWith("open:")).findFirst().orElseThrow();
        assertThat(Long.parseLong(fields().get(open)) - System.currentTimeMillis()).isBetween(1L, 30_000L);
        assertThat(acquire(instance(new CallLimits(0, 1)))).isEmpty();

        redis.hash(String.class).hset(KEY, open, Long.toString(System.currentTimeMillis() - 1));

        assertThat(acquire(instance(new CallLimits(0, 1)))).isPresent();
    }

    /** It is under way already, and counts against those that are not. */
    @Test
    void aCallThatAnotherInstanceMadeTakesASlotWithoutRoom() {
        CallLimiter instance = instance(new CallLimits(0, 1));
        CallSlot slot = acquire(instance).orElseThrow();

        CallSlot resumed = instance(new CallLimits(0, 1)).resume();

        await().until(() -> fields().keySet().stream().filter(name -> name.startsWith("open:")).count() == 2);
        get(slot.release());
        assertThat(acquire(instance)).isEmpty();
        get(resumed.release());
        await().until(() -> acquire(instance).isPresent());
    }

    @Test
    void bothLimitsSpreadCallsOverTheMinute() {
        List<CallLimiter> instances = instances(2, new CallLimits(6, 1));
        get(acquire(instances.get(0)).orElseThrow().release());

        assertThat(acquire(instances.get(1))).as("a burst of one").isEmpty();
        assertThat(instances.get(1).remaining()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @Test
    void withoutALimitThereIsNoCommand() {
        CallLimiter instance = instance(CallLimits.NONE);

        instance.observe(ResponseLimits.NONE);
        assertThat(get(acquire(instance).orElseThrow().release())).isNull();

        assertThat(instance.isLimited()).isFalse();
        assertThat(fields()).isEmpty();
    }

    @Test
    void aLimitThatAResponseNamesHoldsInAllInstances() {
        List<CallLimiter> instances = instances(2, new CallLimits(60, 0));
        assertThat(granted(instances, 2)).isEqualTo(2);

        instances.get(0).observe(new ResponseLimits(5, 1, Duration.ofSeconds(48), Duration.ZERO, false));
        await().until(() -> fields().containsKey("limitUntil"));

        assertThat(granted(instances, 6)).as("another user of the account has made two calls").isEqualTo(1);
    }

    @Test
    void aLimitThatIsUsedUpStopsAllInstances() {
        List<CallLimiter> instances = instances(2, new CallLimits(60, 0));

        instances.get(0).observe(
                new ResponseLimits(0, -1, Duration.ZERO, Duration.ofSeconds(12), false));
        await().until(() -> fields().containsKey("pausedUntil"));

        assertThat(granted(instances, 2)).isZero();
        assertThat(instances.get(1).remaining()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(12));
        assertThat(get(instances.get(1).state()).isFree()).isFalse();
    }

    @Test
    void aRefusalWithinTheLimitSpreadsTheCallsOfAllInstances() {
        List<CallLimiter> instances = instances(2, new CallLimits(6, 0));

        instances.get(0).observe(new ResponseLimits(0, -1, Duration.ZERO, Duration.ZERO, true));
        await().until(() -> fields().containsKey("interval"));

        assertThat(granted(instances, 3)).isZero();
        redis.hash(String.class).hset(KEY, "due", "0");
        assertThat(granted(instances(2, new CallLimits(6, 0)), 3)).as("one at a time").isEqualTo(1);
    }

    @Test
    void aCallThatIsLateMustNotGoOut() {
        long[] now = {0};
        CallLimiter instance = new CallLimiter("main", new CallLimits(5, 0), store, timer, () -> now[0],
                Duration.ofHours(1));
        CallSlot slot = acquire(instance).orElseThrow();

        assertThat(slot.isLate()).isFalse();
        now[0] = Duration.ofMillis(1_001).toNanos();
        assertThat(slot.isLate()).isTrue();
    }

    @Test
    void noCallGoesOutWhileRedisDoesNotReply() {
        CallLimiter instance = instance(new CallLimits(5, 0));
        redis.execute("CLIENT", "PAUSE", "3000");

        assertThat(acquire(instance)).isEmpty();
        assertThat(instance.remaining()).isPositive();

        await().until(() -> acquire(instance).isPresent());
    }

    private CallLimiter instance(CallLimits limits) {
        return new CallLimiter("main", limits, store, timer, System::nanoTime, Duration.ofHours(1));
    }

    private List<CallLimiter> instances(int count, CallLimits limits) {
        return Stream.generate(() -> instance(limits)).limit(count).toList();
    }

    /** How many of so many requests at the same time are granted, each instance's in turn. */
    private static int granted(List<CallLimiter> instances, int requests) {
        List<CompletableFuture<Optional<CallSlot>>> replies = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            replies.add(instances.get(i % instances.size()).tryAcquire().subscribeAsCompletionStage());
        }
        return (int) replies.stream().filter(reply -> get(Uni.createFrom().completionStage(reply)).isPresent()).count();
    }

    private static Optional<CallSlot> acquire(CallLimiter instance) {
        return get(instance.tryAcquire());
    }

    private Map<String, String> fields() {
        return redis.hash(String.class).hgetall(KEY);
    }

    /** The calls so far count as so much older. */
    private void secondsLater(int seconds) {
        Map<String, String> fields = fields();
        redis.key().del(KEY);
        fields.forEach((name, value) -> redis.hash(String.class).hset(KEY, name.startsWith("second:")
                ? "second:" + (Long.parseLong(name.substring(7)) - seconds)
                : name, value));
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
