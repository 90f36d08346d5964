package com.kt.event.content.faults;

import static com.kt.event.content.faults.AcceptedJob.STYLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import com.kt.event.content.faults.Provider.Answer;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/**
 * Redis dies, stands still, loses connections or gets another master, in the middle of jobs. Whoever was told 202 gets
 * the images, each of them paid once; the others were told no in time; and nobody had to restart the service.
 *
 * <p>Redis runs with {@code appendfsync always}, so that what it acknowledged is on the disk and the promise is exact.
 * With {@code everysec} it may forget up to two seconds of what it acknowledged, jobs included, and no client could tell.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class RedisTroubleIT {
    private static final int JOBS = 30;
    /** quarkus.redis.max-pool-size */
    private static final int POOL = 32;
    /** A lease has to lapse where a job was handed to a connection that died, and then somebody must come by. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    final Platform platform = new Platform("appendonly yes", "appendfsync always");

    @BeforeEach
    void theProviderTakesItsTime() {
        platform.provider().answers(call -> Answer.image(call)
                .after(Duration.ofMillis(1_000 + 500L * STYLES.indexOf(call.style()))));
    }

    @Test
    void startsWithoutRedisAndWorksAsSoonAsThatIsThere() {
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
    void losesNothingWhenRedisIsKilledAndStartedAgain() {
        ServiceProcess service = platform.startService("service");

        try (Clients clients = clientsOf(service)) {
            awaitTheMiddle(clients);
            platform.redis().kill();
            await().atMost(LIMIT).until(() -> clients.refusals() > 30 && !clients.seeItReady());
            platform.redis().start();

            allGetTheirImagesAtOnePrice(clients, service);
            clients.sawItLiveAndRefuseInTime();
            clients.sawItGoDownAndComeBack();
        }
    }

    @Test
    void losesNothingWhenRedisStandsStillForTwentySeconds() {
        ServiceProcess service = platform.startService("service");

        try (Clients clients = clientsOf(service)) {
            awaitTheMiddle(clients);
            platform.redis().freeze();
            Instant thaw = Instant.now().plusSeconds(20);
            await().atMost(LIMIT).until(() -> Instant.now().isAfter(thaw));
            platform.redis().thaw();

            allGetTheirImagesAtOnePrice(clients, service);
            clients.sawItLiveAndRefuseInTime();
            clients.sawItGoDownAndComeBack();
        }
    }

    @Test
    void losesNothingWhenItsConnectionsAreCutAgainAndAgain() {
        ServiceProcess service = platform.startService("service");

        try (Clients clients = clientsOf(service); Jedis redis = platform.redis().connect()) {
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
                killConnections(redis);
                return clients.haveAllTheyWant();
            });

            allGetTheirImagesAtOnePrice(clients, service);
            clients.sawItLiveAndRefuseInTime();
        }
    }

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

    /** The service finds its Redis by a sentinel. What the master acknowledged, the replica has when the master dies. */
    @Test
    void losesNothingWhenTheReplicaBecomesTheMaster() {
        RedisProcess master = startRedis("master", "appendonly yes", "appendfsync always");
        RedisProcess sentinel = startRedis("sentinel", "sentinel monitor mymaster 127.0.0.1 " + master.port() + " 1",
                "sentinel down-after-milliseconds mymaster 1000", "sentinel failover-timeout mymaster 5000");
        follow(platform.redis(), master);
        await().atMost(LIMIT).until(() -> info(sentinel, "sentinel").contains("slaves=1"));
        // Some wait at the provider until the master is dead, the others in the queue.
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

            allGetTheirImagesAtOnePrice(clients, service);
            clients.sawItLiveAndRefuseInTime();
            clients.sawItGoDownAndComeBack();
        }
    }

    private ServiceProcess startService(SilentProxy before) {
        return platform.startService("service", "quarkus.redis.hosts", before.uri().toString());
    }

    private Clients clientsOf(ServiceProcess service) {
        Clients clients = new Clients(service, platform.provider(), drafts(platform.redis()));
        clients.want(JOBS);
        return clients;
    }

    /** Some jobs are accepted, calls for them are out, and others are yet to come. */
    private void awaitTheMiddle(Clients clients) {
        await().atMost(LIMIT).until(() -> clients.seeItReady() && clients.accepted().size() >= JOBS / 3
                && !platform.provider().calls().isEmpty());
        assertThat(clients.haveAllTheyWant()).isFalse();
    }

    /** All but this one. */
    private static void killConnections(Jedis redis) {
        redis.clientKill(new ClientKillParams().type(ClientType.NORMAL));
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

    private void allGetTheirImagesAtOnePrice(Clients clients, ServiceProcess service) {
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
        nothingIsLeftOfWhatWasRefused();
        platform.awaitEmptyQueue();
    }

    /** Redis may have done what it was asked to and not been heard: such a job is done, too, or soon forgotten. */
    private void nothingIsLeftOfWhatWasRefused() {
        try (Jedis redis = platform.redis().connect()) {
            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(redis.keys("job:*"))
                        .allSatisfy(key -> assertThat(redis.hget(key, "status")).as(key).isEqualTo("COMPLETED"));
                assertThat(redis.xlen("content:jobs")).as("queue entries").isZero();
            });
        }
    }

    /** More than are refused in any of these troubles. */
    private static List<String> drafts(RedisProcess redis) {
        try (Jedis jedis = redis.connect()) {
            return Stream.generate(() -> "draft-" + UUID.randomUUID()).limit(20 * JOBS)
                    .peek(draft -> jedis.setex("ai:event:" + draft, 3_600L, "{\"eventTitle\": \"" + draft + "\"}"))
                    .toList();
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

    /** Everything that was written before is with the replica, too. */
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
