package com.kt.event.content.faults;

import static com.kt.event.content.faults.AcceptedJob.STYLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import com.kt.event.content.faults.Provider.Answer;

import redis.clients.jedis.Jedis;

/** The master dies, and sentinels promote its replica. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class RedisFailoverIT extends RedisTroubleSuite {
    /** The service finds Redis through a sentinel. The replica has all acknowledged writes when the master dies. */
    @Test
    void losesNothingWhenTheReplicaBecomesTheMaster() {
        RedisProcess master = startRedis("master", "appendonly yes", "appendfsync always");
        RedisProcess sentinel = startRedis("sentinel", "sentinel monitor mymaster 127.0.0.1 " + master.port() + " 1",
                "sentinel down-after-milliseconds mymaster 1000", "sentinel failover-timeout mymaster 5000");
        follow(platform.redis(), master);
        await().atMost(LIMIT).until(() -> info(sentinel, "sentinel").contains("slaves=1"));
        // Some jobs wait for the provider until the master is dead, the others in the queue.
        CompletableFuture<Void> masterIsDead = new CompletableFuture<>();
        platform.provider().answers(call -> Answer.image(call).when(masterIsDead));
        ServiceProcess service = platform.startService("service", "quarkus.redis.hosts", sentinel.uri().toString(),
                "quarkus.redis.client-type", "sentinel", "quarkus.redis.master-name", "mymaster",
                "content.worker.max-in-flight", "10");

        try (Clients clients = new Clients(service, platform.provider(), drafts(master))) {
            clients.want(JOBS / 2);
            await().atMost(LIMIT).until(() -> clients.haveAllTheyWant()
                    && platform.provider().calls().size() == 10 * STYLES.size());
            awaitCopy(master);
            master.kill();
            masterIsDead.complete(null);
            clients.want(JOBS - JOBS / 2);

            allJobsHaveImagesThatWerePaidOnce(clients, service);
            clients.sawItLiveAndRefuseInTime();
            clients.sawItGoDownAndComeBack();
        }
    }

    private RedisProcess startRedis(String name, String... settings) {
        RedisProcess redis = platform.closesAtEnd(new RedisProcess(name, platform.logs(), settings));
        redis.start();
        return redis;
    }

    private static void follow(RedisProcess replica, RedisProcess master) {
        try (Jedis jedis = replica.connect()) {
            jedis.slaveof("127.0.0.1", master.port());
        }
        await().atMost(LIMIT).until(() -> info(replica, "replication").contains("master_link_status:up"));
    }

    /** Waits until the replica has everything that was written before. */
    private static void awaitCopy(RedisProcess master) {
        try (Jedis jedis = master.connect()) {
            jedis.setex("copied", 3_600L, "so far");
            assertThat(jedis.waitReplicas(1, (int) LIMIT.toMillis())).isEqualTo(1);
        }
    }

    private static String info(RedisProcess redis, String section) {
        try (Jedis jedis = redis.connect()) {
            return jedis.info(section);
        }
    }
}
