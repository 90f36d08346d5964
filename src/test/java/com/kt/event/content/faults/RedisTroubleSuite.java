package com.kt.event.content.faults;

import static com.kt.event.content.faults.AcceptedJob.STYLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.kt.event.content.faults.Provider.Answer;

import redis.clients.jedis.Jedis;

/**
 * The base of the tests in which Redis fails in the middle of jobs. Clients that received 202 get their images, each of
 * them paid for once; the others receive an error in time; and the service needs no restart.
 *
 * <p>Redis runs with {@code appendfsync always}, so that what it acknowledged is on the disk and the promise is exact.
 * With {@code everysec} it may lose up to two seconds of what it acknowledged, jobs included, and no client could tell.
 */
abstract class RedisTroubleSuite {
    static final int JOBS = 30;

    /** A job that was sent to a dead connection is taken over when its lease has lapsed. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    final Platform platform = new Platform("appendonly yes", "appendfsync always");

    @BeforeEach
    void theProviderIsSlow() {
        platform.provider().answers(call -> Answer.image(call)
                .after(Duration.ofMillis(1_000 + 500L * STYLES.indexOf(call.style()))));
    }

    ServiceProcess startService(SilentProxy before) {
        return platform.startService("service", "quarkus.redis.hosts", before.uri().toString());
    }

    Clients clientsOf(ServiceProcess service) {
        Clients clients = new Clients(service, platform.provider(), drafts(platform.redis()));
        clients.want(JOBS);
        return clients;
    }

    /** Waits until some jobs are accepted and have calls in flight, and others are yet to be requested. */
    void awaitTheMiddle(Clients clients) {
        await().atMost(LIMIT).until(() -> clients.seeItReady() && clients.accepted().size() >= JOBS / 3
                && !platform.provider().calls().isEmpty());
        assertThat(clients.haveAllTheyWant()).isFalse();
    }

    void allJobsHaveImagesThatWerePaidOnce(Clients clients, ServiceProcess service) {
        await().atMost(LIMIT).until(() -> clients.haveAllTheyWant() && clients.seeItReady());
        List<AcceptedJob> jobs = clients.accepted();
        assertThat(jobs).hasSize(JOBS);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(jobs)
                .allSatisfy(job -> assertThat(job.status(service)).isEqualTo("COMPLETED")));
        jobs.forEach(job -> {
            job.hasItsImages(service);
            for (String style : STYLES) {
                assertThat(job.calls(style)).as("calls for %s", style).hasSize(1);
                assertThat(job.mayBeChargedTwice(style, service)).isFalse();
            }
        });
        refusedRequestsLeaveNothing();
        platform.awaitEmptyQueue();
    }

    /** Redis may have executed a command whose reply was lost: such a job completes too, or soon expires. */
    void refusedRequestsLeaveNothing() {
        try (Jedis redis = platform.redis().connect()) {
            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(redis.keys("job:*"))
                        .allSatisfy(key -> assertThat(redis.hget(key, "status")).as(key).isEqualTo("COMPLETED"));
                assertThat(redis.xlen("content:jobs")).as("queue entries").isZero();
            });
        }
    }

    /** More than the requests that are refused in any of these tests. */
    static List<String> drafts(RedisProcess redis) {
        try (Jedis jedis = redis.connect()) {
            return Stream.generate(() -> "draft-" + UUID.randomUUID()).limit(20 * JOBS)
                    .peek(draft -> jedis.setex("ai:event:" + draft, 3_600L, "{\"eventTitle\": \"" + draft + "\"}"))
                    .toList();
        }
    }
}
