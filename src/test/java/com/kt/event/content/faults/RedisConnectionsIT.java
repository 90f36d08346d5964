package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ClientKillParams;

/** Something between the service and Redis forgets or refuses connections. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class RedisConnectionsIT extends RedisTroubleSuite {
    private static final int CALLERS = 128;
    /** At least those of an event loop, of the queue, and of the readiness check. */
    private static final int CONNECTIONS = 3;

    @Test
    void continuesWithinHalfAMinuteWhenAFirewallForgetsItsConnections() {
        SilentProxy firewall = platform.closesAtEnd(new SilentProxy(platform.redis()));
        ServiceProcess service = startService(firewall);

        try (Clients clients = new Clients(service, platform.provider(), drafts(platform.redis()))) {
            clients.want(JOBS / 2);
            await().atMost(LIMIT).until(clients::haveAllTheyWant);
            askAllAtOnce(service);
            assertThat(firewall.forgetConnections()).as("connections").isGreaterThanOrEqualTo(CONNECTIONS);
            clients.want(JOBS - JOBS / 2);
            await().atMost(Duration.ofSeconds(30)).until(() -> clients.accepted().stream().skip(JOBS / 2)
                    .anyMatch(job -> !platform.provider().calls(job.draft()).isEmpty()));

            allJobsHaveImagesThatWerePaidOnce(clients, service);
            clients.sawItLiveAndRefuseInTime();
        }
    }

    /** Redis refuses new connections with an error, which the client does not pass on to commands that wait for one. */
    @Test
    void losesNothingWhenRedisRefusesTheConnectionThatReadsTheQueue() {
        SilentProxy proxy = platform.closesAtEnd(new SilentProxy(platform.redis()));
        ServiceProcess service = startService(proxy);

        try (Clients clients = clientsOf(service)) {
            awaitTheMiddle(clients);
            proxy.refuseConnections();
            killQueueReaders();
            await().atMost(LIMIT).until(() -> proxy.refusals() > 3);
            proxy.takeConnections();

            allJobsHaveImagesThatWerePaidOnce(clients, service);
            clients.sawItLiveAndRefuseInTime();
        }
    }

    /** The connection that reads the queue, and those of the health check, which could replace it. */
    private void killQueueReaders() {
        try (Jedis redis = platform.redis().connect()) {
            redis.clientList().lines()
                    .filter(client -> client.contains(" cmd=xreadgroup ") || client.contains(" cmd=ping "))
                    .map(client -> client.substring("id=".length(), client.indexOf(' ')))
                    .forEach(id -> redis.clientKill(new ClientKillParams().id(id)));
        }
    }

    /** Enough requests to open every connection that the service may have. On a busy machine some receive a 503. */
    private static void askAllAtOnce(ServiceProcess service) {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        List<CompletableFuture<Integer>> answers = Stream.generate(() -> CompletableFuture
                .supplyAsync(() -> service.jobAnswer("unknown").statusCode(), threads)).limit(2 * CALLERS).toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isIn(404, 503));
        threads.shutdown();
    }
}
