package com.kt.event.content.faults;

import static com.kt.event.content.faults.AcceptedJob.STYLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import com.kt.event.content.EventStream;
import com.kt.event.content.faults.Provider.Answer;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.util.JedisClusterCRC16;

/** The service on a real Redis Cluster of three masters, any of which may have the keys of a job. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class RedisClusterIT {
    private static final int JOBS = 30;
    private static final int SLOTS = 16_384;
    private static final int QUEUE_SLOT = JedisClusterCRC16.getSlot("content:jobs");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Without a notification it would take up to five seconds until a change is seen. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    /** Its own Redis is not part of the cluster, and stays empty. */
    @RegisterExtension
    final Platform platform = new Platform();

    private final List<RedisProcess> nodes = new ArrayList<>();
    private final List<AcceptedJob> jobs = new ArrayList<>();

    @BeforeEach
    void startCluster() {
        IntStream.range(0, 3).forEach(this::startNode);
        nodes.forEach(node -> {
            try (Jedis jedis = node.connect()) {
                jedis.clusterMeet("127.0.0.1", nodes.get(0).port());
            }
        });
        await().atMost(LIMIT).until(() -> nodes.stream().allMatch(RedisClusterIT::isComplete));
    }

    @BeforeEach
    void theProviderIsSlow() {
        platform.provider().answers(call -> Answer.image(call)
                .after(Duration.ofMillis(1_000 + 500L * STYLES.indexOf(call.style()))));
    }

    @Test
    void endsAllJobsOnAllNodesAlthoughAWorkerIsKilled() {
        ServiceProcess first = startService("first");
        ServiceProcess second = startService("second");

        acceptJobs(first, second);
        assertThat(nodes).allSatisfy(node -> assertThat(jobsOn(node)).as("jobs on %s", node.name()).isPositive());
        await().atMost(LIMIT).until(() -> platform.provider().calls().size() > JOBS);
        first.kill();

        allGetTheirImages(second);
        assertThat(jobs).allSatisfy(job -> job.wasPaidOnceOrSaysSo(second));
        ServiceProcess.check(settings());
    }

    @Test
    void continuesWhileTheQueueMovesToAnotherNode() {
        ServiceProcess service = startService("service");

        acceptJobs(service);
        moveQueue();
        acceptJobs(service);

        allGetTheirImages(service);
        assertThat(jobs).allSatisfy(RedisClusterIT::wasPaidOnce);
        ServiceProcess.check(settings());
    }

    /** While a node is down, Redis Cluster refuses all commands, because some keys are missing. */
    @Test
    void continuesWhenAKilledNodeIsBack() {
        ServiceProcess service = startService("service");

        acceptJobs(service);
        try (Clients clients = new Clients(service, platform.provider(), recommend(20 * JOBS))) {
            RedisProcess node = nodes.get(ownerOf(QUEUE_SLOT));
            node.kill();
            clients.want(JOBS);
            await().atMost(LIMIT).until(() -> clients.refusals() > 5 && !clients.seeItReady());
            node.start();
            await().atMost(LIMIT).until(() -> clients.haveAllTheyWant() && clients.seeItReady());
            clients.sawItLiveAndRefuseInTime();
            jobs.addAll(clients.accepted());
        }

        allGetTheirImages(service);
        assertThat(jobs).allSatisfy(RedisClusterIT::wasPaidOnce);
        ServiceProcess.check(settings());
    }

    /** Redis forwards a published message to all nodes. */
    @Test
    void notifiesAtOnceOfJobsOnAllNodes() {
        CompletableFuture<Void> drawn = new CompletableFuture<>();
        platform.provider().answers(call -> Answer.image(call).when(drawn));
        ServiceProcess working = startService("working");
        ServiceProcess listening = startService("listening", "content.worker.enabled", "false");
        acceptJobs(working);
        assertThat(nodes).allSatisfy(node -> assertThat(jobsOn(node)).as("jobs on %s", node.name()).isPositive());
        await().atMost(LIMIT).until(() -> platform.provider().calls().size() == JOBS * STYLES.size());

        List<EventStream> streams = jobs.stream().map(job -> platform.closesAtEnd(
                new EventStream(listening.uri("/api/content/images/jobs/" + job.id() + "/events")))).toList();
        await().atMost(LIMIT).until(() -> subscribers() == 1);
        drawn.complete(null);

        await().atMost(LIMIT).until(() -> streams.stream().allMatch(EventStream::isEnded));
        assertThat(streams).allSatisfy(stream -> {
            assertThat(stream.lastData()).contains("\"COMPLETED\"");
            Instant changed = Instant.parse(ServiceProcess.json(stream.lastData()).path("updatedAt").asText());
            assertThat(Duration.between(changed, stream.events().get(stream.events().size() - 1).at()))
                    .isLessThan(AT_ONCE);
        });
        await().atMost(LIMIT).until(() -> subscribers() == 0);
        ServiceProcess.check(settings());
    }

    private void startNode(int index) {
        RedisProcess node = platform.closesAtEnd(new RedisProcess("node-" + index, platform.logs(),
                "cluster-enabled yes", "cluster-node-timeout 2000", "appendonly yes", "appendfsync always"));
        node.start();
        try (Jedis jedis = node.connect()) {
            jedis.clusterAddSlots(IntStream.range(0, SLOTS).filter(slot -> ownerOf(slot) == index).toArray());
        }
        nodes.add(node);
    }

    /** The index of the node that has the slot at first. */
    private static int ownerOf(int slot) {
        return slot * 3 / SLOTS;
    }

    private static boolean isComplete(RedisProcess node) {
        try (Jedis jedis = node.connect()) {
            return jedis.clusterInfo().contains("cluster_state:ok")
                    && jedis.clusterInfo().contains("cluster_known_nodes:3");
        }
    }

    private ServiceProcess startService(String name, String... more) {
        Map<String, String> settings = settings();
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        ServiceProcess service = platform.closesAtEnd(new ServiceProcess(name, platform.logs(), settings));
        service.start();
        return service.awaitReady();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = platform.settings(nodes.get(0).uri());
        settings.put("quarkus.redis.hosts",
                nodes.stream().map(node -> node.uri().toString()).collect(Collectors.joining(",")));
        settings.put("quarkus.redis.client-type", "cluster");
        return settings;
    }

    /** By each node in turn. */
    private void acceptJobs(ServiceProcess... by) {
        Iterator<String> drafts = recommend(20 * JOBS).iterator();
        IntStream.range(0, JOBS).forEach(i -> jobs.add(platform.accept(by[i % by.length], drafts::next)));
    }

    private List<String> recommend(int count) {
        try (JedisCluster jedis = new JedisCluster(new HostAndPort("127.0.0.1", nodes.get(0).port()))) {
            return IntStream.range(0, count).mapToObj(i -> "draft-" + UUID.randomUUID())
                    .peek(draft -> jedis.setex("ai:event:" + draft, 3_600L, "{\"eventTitle\": \"" + draft + "\"}"))
                    .toList();
        }
    }

    /** On any node. */
    private long subscribers() {
        return nodes.stream().mapToLong(node -> {
            try (Jedis jedis = node.connect()) {
                return Long.parseLong(jedis.pubsubNumSub("content:events").get("content:events"));
            }
        }).sum();
    }

    private static int jobsOn(RedisProcess node) {
        try (Jedis jedis = node.connect()) {
            return jedis.keys("job:*").size();
        }
    }

    /** Moves the slot of the queue, which all instances read, as resharding does. */
    private void moveQueue() {
        RedisProcess target = nodes.get((ownerOf(QUEUE_SLOT) + 1) % 3);
        try (Jedis from = nodes.get(ownerOf(QUEUE_SLOT)).connect(); Jedis to = target.connect()) {
            to.clusterSetSlotImporting(QUEUE_SLOT, from.clusterMyId());
            from.clusterSetSlotMigrating(QUEUE_SLOT, to.clusterMyId());
            assertThat(from.migrate("127.0.0.1", target.port(), "content:jobs", 0, 5_000)).isEqualTo("OK");
            to.clusterSetSlotNode(QUEUE_SLOT, to.clusterMyId());
            from.clusterSetSlotNode(QUEUE_SLOT, to.clusterMyId());
        }
    }

    private void allGetTheirImages(ServiceProcess at) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(jobs)
                .allSatisfy(job -> assertThat(job.status(at)).isEqualTo("COMPLETED")));
        assertThat(jobs).allSatisfy(job -> job.hasItsImages(at));
    }

    private static void wasPaidOnce(AcceptedJob job) {
        assertThat(STYLES).allSatisfy(style -> assertThat(job.calls(style)).as("calls for %s", style).hasSize(1));
    }
}
