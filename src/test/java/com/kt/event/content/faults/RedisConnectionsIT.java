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
    @Test
    void goesOnWithinHalfAMinuteWhenAFirewallForgetsItsConnections() {
        SilentProxy firewall = platform.closesAtEnd(new SilentProxy(platform.redis()));
        ServiceProcess service = startService(firewall);

        try (Clients clients = new Clients(service, platform.provider(), drafts(platform.redis()))) {
            clients.want(JOBS / 2);
            await().atMost(LIMIT).until(clients::haveAllTheyWant);
            askAllAtOnce(service);
            assertThat(firewall.forgetConnections()).as("connections").isGreaterThan(POOL);
            clients.want(JOBS - JOBS / 2);
            await().atMost(Duration.ofSeconds(30)).until(() -> clients.accepted().stream().skip(JOBS / 2)
                    .anyMatch(job -> !platform.provider().calls(job.draft()).isEmpty()));

            allGetTheirImagesAtOnePrice(clients, service);
            clients.sawItLiveAndRefuseInTime();
        }
    }

    /** To a new connection it says no, which the client hears and tells nobody who waits for the connection. */
    @Test
    void losesNothingWhenRedisHasNoRoomForTheConnectionThatReadsTheQueue() {
        SilentProxy proxy = platform.closesAtEnd(new SilentProxy(platform.redis()));
        ServiceProcess service = startService(proxy);

        try (Clients clients = clientsOf(service)) {
            awaitTheMiddle(clients);
            proxy.refuseConnections();
            killQueueReaders();
            await().atMost(LIMIT).until(() -> proxy.refusals() > 3);
            proxy.takeConnections();

            allGetTheirImagesAtOnePrice(clients, service);
            clients.sawItLiveAndRefuseInTime();
        }
    }

    /** The one that reads the queue, and those of the health check, which it could take instead. */
    private void killQueueReaders() {
        try (Jedis redis = platform.redis().connect()) {
            redis.clientList().lines()
                    .filter(client -> client.contains(" cmd=xreadgroup ") || client.contains(" cmd=ping "))
                    .map(client -> client.substring("id=".length(), client.indexOf(' ')))
                    .forEach(id -> redis.clientKill(new ClientKillParams().id(id)));
        }
    }

    /**
     * So many that every connection that the service may have is there, and is forgotten with the others. On a busy machine
     * some are told to come later.
     */
    private static void askAllAtOnce(ServiceProcess service) {
        ExecutorService threads = Executors.newFixedThreadPool(4 * POOL);
        List<CompletableFuture<Integer>> answers = Stream.generate(() -> CompletableFuture
                .supplyAsync(() -> service.jobAnswer("unknown").statusCode(), threads)).limit(8 * POOL).toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isIn(404, 503));
        threads.shutdown();
    }
}
