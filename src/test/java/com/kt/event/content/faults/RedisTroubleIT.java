package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** Redis is absent, killed, frozen, or loses its connections. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class RedisTroubleIT extends RedisTroubleSuite {
    @Test
    void startsWithoutRedisAndWorksAsSoonAsRedisIsUp() {
        platform.redis().kill();
        ServiceProcess service = platform.service("service");
        service.start();
        await().atMost(LIMIT).until(() -> service.health("ready") == 503);
        assertThat(service.health("live")).isEqualTo(200);
        assertThat(service.generate("anything").statusCode()).isEqualTo(503);

        platform.redis().start();

        service.awaitReady();
        platform.accept(service).endsAs("COMPLETED", LIMIT, service);
    }

    @Test
    void losesNothingWhenRedisIsKilledAndRestarted() {
        ServiceProcess service = platform.startService("service");

        try (Clients clients = clientsOf(service)) {
            awaitTheMiddle(clients);
            platform.redis().kill();
            await().atMost(LIMIT).until(() -> clients.refusals() > 30 && !clients.seeItReady());
            platform.redis().start();

            allJobsHaveImagesThatWerePaidOnce(clients, service);
            clients.sawItLiveAndRefuseInTime();
            clients.sawItGoDownAndComeBack();
        }
    }

    @Test
    void losesNothingWhenRedisIsFrozenForTwentySeconds() {
        ServiceProcess service = platform.startService("service");

        try (Clients clients = clientsOf(service)) {
            awaitTheMiddle(clients);
            platform.redis().freeze();
            Instant thaw = Instant.now().plusSeconds(20);
            await().atMost(LIMIT).until(() -> Instant.now().isAfter(thaw));
            platform.redis().thaw();

            allJobsHaveImagesThatWerePaidOnce(clients, service);
            clients.sawItLiveAndRefuseInTime();
            clients.sawItGoDownAndComeBack();
        }
    }

    @Test
    void losesNothingWhenItsConnectionsAreCutRepeatedly() {
        ServiceProcess service = platform.startService("service");

        try (Clients clients = clientsOf(service); Jedis redis = platform.redis().connect()) {
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
                killConnections(redis);
                return clients.haveAllTheyWant();
            });

            allJobsHaveImagesThatWerePaidOnce(clients, service);
            clients.sawItLiveAndRefuseInTime();
        }
    }

    /** All but this one. */
    private static void killConnections(Jedis redis) {
        redis.clientKill(new ClientKillParams().type(ClientType.NORMAL));
    }
}
