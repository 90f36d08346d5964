package com.kt.event.content.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.embedded.EmbeddedRedis;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class JobEventsTest {
    private static final String CHANNEL = "content:events";

    EmbeddedRedis embeddedRedis;

    @Inject
    JobEvents events;

    @Inject
    JobManager jobManager;

    @Inject
    JobStore store;

    private final String jobId = UUID.randomUUID().toString();
    private Jedis redis;

    @BeforeEach
    void connect() {
        redis = new Jedis(embeddedRedis.getHosts().iterator().next());
        awaitNoSubscriber();
    }

    @AfterEach
    void disconnect() {
        redis.close();
        // Restarts Redis if a test failed while it was stopped.
        embeddedRedis.getHosts();
    }

    @Test
    void notifiesAWaiterAtOnce() {
        AssertSubscriber<String> waiter = follow(jobId);

        assertThat(waiter.getItems()).isNotEmpty().containsOnly(jobId);
        waiter.cancel();
    }

    @Test
    void notifiesTheWaiterOfAJobThatHasChanged() {
        await().until(() -> {
            Job job = running();
            return isNotifiedBefore(job.id(), () -> store
                    .update(job, "worker", it -> it.openCall(Style.SIMPLE, job.createdAt())).await()
                    .atMost(PatientAwaitility.LIMIT));
        });
    }

    @Test
    void notifiesNoOtherWaiter() {
        await().until(() -> isNotifiedBefore(jobId, () -> redis.publish(CHANNEL, jobId)));
    }

    @Test
    void notifiesAllWaitersOfTheJob() {
        List<AssertSubscriber<String>> waiters = Stream.generate(() -> waitUntilUp(jobId)).limit(3).toList();
        List<Integer> hints = waiters.stream().map(waiter -> waiter.getItems().size()).toList();

        redis.publish(CHANNEL, jobId);

        await().until(() -> Stream.of(0, 1, 2)
                .allMatch(i -> waiters.get(i).getItems().size() > hints.get(i)));
        waiters.forEach(AssertSubscriber::cancel);
    }

    @Test
    void notifiesASlowWaiterOnceOfManyChanges() {
        AssertSubscriber<String> slow = events.of(jobId).subscribe().withSubscriber(AssertSubscriber.create(1));
        AssertSubscriber<String> quick = waitUntilUp(jobId);
        int hints = quick.getItems().size();

        Stream.generate(() -> jobId).limit(20).forEach(id -> redis.publish(CHANNEL, id));
        await().until(() -> quick.getItems().size() >= hints + 20);

        assertThat(slow.getItems()).hasSize(1);
        slow.request(10);
        assertThat(slow.getItems()).hasSize(2);
        slow.cancel();
        quick.cancel();
    }

    @Test
    void subscribesOnceForAllWaitersAndOnlyWhileThereIsOne() {
        List<AssertSubscriber<String>> waiters = Stream.generate(UUID::randomUUID).limit(50)
                .map(id -> follow(id.toString())).toList();
        await().until(() -> subscribers() == 1);

        waiters.subList(1, 50).forEach(AssertSubscriber::cancel);
        assertThat(subscribers()).isEqualTo(1);

        waiters.get(0).cancel();
        awaitNoSubscriber();
    }

    @Test
    void leavesNothingBehindAfterManyWaiters() {
        Runnable comeAndGo = () -> Stream.generate(() -> follow(jobId)).limit(100).forEach(AssertSubscriber::cancel);

        CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(comeAndGo)).limit(4)
                .toArray(CompletableFuture[]::new)).join();

        awaitNoSubscriber();
        AssertSubscriber<String> waiter = waitUntilUp(jobId);
        int hints = waiter.getItems().size();
        redis.publish(CHANNEL, jobId);
        await().until(() -> waiter.getItems().size() > hints);
        assertThat(subscribers()).isEqualTo(1);
        waiter.cancel();
    }

    @Test
    void subscribesAgainAfterItsConnectionWasKilled() {
        AssertSubscriber<String> waiter = waitUntilUp(jobId);

        for (int i = 0; i < 3; i++) {
            int hints = waiter.getItems().size();
            assertThat(redis.clientKill(new ClientKillParams().type(ClientType.PUBSUB))).isEqualTo(1);
            // Notified, because it may have missed a message.
            await().until(() -> waiter.getItems().size() > hints);
            await().until(() -> subscribers() == 1);
            int afterwards = waiter.getItems().size();
            redis.publish(CHANNEL, jobId);
            await().until(() -> waiter.getItems().size() > afterwards);
        }
        waiter.cancel();
    }

    @Test
    void notifiesWaitersEachSecondWhileRedisIsAway() {
        AssertSubscriber<String> waiter = waitUntilUp(jobId);

        embeddedRedis.stop();
        await().until(() -> isNotifiedThreeTimesWithinEightSeconds(waiter));

        redis.close();
        redis = new Jedis(embeddedRedis.getHosts().iterator().next());
        await().until(() -> subscribers() == 1);
        int afterwards = waiter.getItems().size();
        redis.publish(CHANNEL, jobId);
        await().until(() -> waiter.getItems().size() > afterwards);
        waiter.cancel();
        awaitNoSubscriber();
    }

    private Job running() {
        Recommendation recommendation = new Recommendation("비 오는 날엔 파전", null, null, null, Map.of());
        Job job = jobManager.createJob(JobRequest.of("draft-" + UUID.randomUUID(), recommendation,
                List.of(Style.SIMPLE), Map.of())).await().atMost(PatientAwaitility.LIMIT);
        store.claim(job.id(), "worker", Duration.ofMinutes(5)).await().atMost(PatientAwaitility.LIMIT);
        return job;
    }

    /**
     * Whether a change notifies the waiter of the job before an earlier waiter of another job is due. If so, a message
     * notified it, unless the machine is slow: without a message, both are notified when the earlier one is due.
     */
    private boolean isNotifiedBefore(String id, Runnable change) {
        AssertSubscriber<String> earlier = waitUntilUp("another");
        AssertSubscriber<String> waiter = waitUntilUp(id);
        try {
            int seen = waiter.getItems().size();
            int seenEarlier = earlier.getItems().size();
            change.run();
            await().until(() -> waiter.getItems().size() > seen);
            return earlier.getItems().size() == seenEarlier;
        } finally {
            waiter.cancel();
            earlier.cancel();
        }
    }

    /** At the usual interval of five seconds it would take at least ten. A slow machine may exceed the limit in any case. */
    private static boolean isNotifiedThreeTimesWithinEightSeconds(AssertSubscriber<String> waiter) {
        long start = System.nanoTime();
        int hints = waiter.getItems().size();
        await().until(() -> waiter.getItems().size() >= hints + 3);
        return Duration.ofNanos(System.nanoTime() - start).toSeconds() < 8;
    }

    private AssertSubscriber<String> follow(String id) {
        return events.of(id).subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    /** A waiter that was notified at its start and, if it is the first one, when the subscription was established. */
    private AssertSubscriber<String> waitUntilUp(String id) {
        boolean isFirst = subscribers() == 0;
        AssertSubscriber<String> waiter = follow(id);
        await().until(() -> subscribers() == 1 && waiter.getItems().size() >= (isFirst ? 2 : 1));
        return waiter;
    }

    private void awaitNoSubscriber() {
        await().until(() -> subscribers() == 0);
    }

    private long subscribers() {
        return Long.parseLong(redis.pubsubNumSub(CHANNEL).get(CHANNEL));
    }
}
