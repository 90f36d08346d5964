package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.kt.event.content.faults.StormJudge.Finding;
import com.kt.event.content.faults.StormJudge.Limits;
import com.kt.event.content.faults.StormPlan.Script;

import redis.clients.jedis.Jedis;

/**
 * Random faults and requests, planned by a seed, and checked afterwards by the record alone. {@code -Dstorm.seed} repeats
 * a plan, {@code -Dstorm.duration} sets its length.
 */
@Tag("faults")
class StormIT {
    private static final Duration DEADLINE = Duration.ofSeconds(150);
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration CALM_CALL = Duration.ofSeconds(2);
    private static final int MOST_IN_FLIGHT = 4;
    private static final Limits LIMITS = new Limits(MOST_IN_FLIGHT, Duration.ofSeconds(45), 90, 0.5);
    private static final int EXAMPLES = 3;

    final long seed = Long.getLong("storm.seed", new Random().nextInt(1_000_000));
    final Duration duration = duration(System.getProperty("storm.duration", usualDuration()));
    private final StormPlan plan = new StormPlan(seed, duration);
    private final StormRecord record = new StormRecord();
    private final List<StormInstance> instances = new ArrayList<>();

    @RegisterExtension
    final Platform platform = new Platform("appendonly yes", "appendfsync always");

    @Test
    void everyPromiseIsKept() throws IOException, InterruptedException {
        System.out.printf("StormIT: seed %d, %s; again with -Dstorm.seed=%d -Dstorm.duration=%ds%n", seed, duration,
                seed,
                duration.toSeconds());
        TestStore store = platform.useStoreThatCanFail();
        List<StormProvider> providers = providers();
        Stream.of("A", "B", "C").forEach(name -> instances
                .add(platform.closesAtEnd(new StormInstance(name, platform, plan, record, providers, settings()))));
        instances.forEach(instance -> instance.service().start());
        instances.forEach(StormInstance::awaitServing);
        List<String> examined = IntStream.range(0, 10).mapToObj(i -> "calm-" + i).toList();
        recommend(Stream.concat(plan.scripts().stream().map(Script::draft), examined.stream()).toList());

        StormWatch watch = platform.closesAtEnd(new StormWatch(record, instances));
        rage(store, providers);
        StormAftermath aftermath = new StormAftermath(record, instances, platform.redis());
        aftermath.awaitEnds(DEADLINE.plus(MARGIN));
        providers.forEach(provider -> provider.calmDown(CALM_CALL));
        new StormTakeOver(record, instances).examine(examined, LIMITS.takeOver().plus(MARGIN));
        aftermath.awaitEnds(MARGIN);
        watch.close();
        aftermath.measureIdleness();
        check();
        aftermath.writeDown();
        judge();
    }

    String usualDuration() {
        return "3m";
    }

    /** Those of the plan, the preferred one first. */
    List<StormProvider> providers() throws IOException {
        return List.of(platform.closesAtEnd(new StormProvider(plan, record)));
    }

    private String[] settings() {
        return new String[]{"content.worker.lease", "3s", "content.worker.heartbeat", "1s", "content.worker.grace",
                "2s",
                "content.worker.max-in-flight", Integer.toString(MOST_IN_FLIGHT), "content.image-api.pause", "1s",
                "content.image-api.longest-pause", "5s", "content.job.deadline", DEADLINE.toSeconds() + "s",
                // Longer than the test, so that the judge sees every job.
                "content.job.ttl", duration.plusMinutes(30).toSeconds() + "s",
                "quarkus.rest-client.image-api.read-timeout", "4000"};
    }

    private void recommend(List<String> drafts) {
        try (Jedis jedis = platform.redis().connect()) {
            drafts.forEach(draft -> jedis.setex("ai:event:" + draft, duration.plusHours(1).toSeconds(),
                    "{\"eventTitle\": \"" + draft + "\"}"));
        }
    }

    /** Returns when the faults have ended and every client has its images or has given up. */
    private void rage(TestStore store, List<StormProvider> providers) throws InterruptedException, IOException {
        StormFaults faults = new StormFaults(record, instances, platform.redis(), store);
        ExecutorService clients = Executors.newCachedThreadPool();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        List<ServiceProcess> services = instances.stream().map(StormInstance::service).toList();
        plan.scripts().forEach(script -> clock.schedule(
                () -> clients.execute(new StormClient(script, plan, record, services)), script.at().toMillis(),
                TimeUnit.MILLISECONDS));
        faults.begin(plan.faults());
        clock.shutdown();
        assertThat(clock.awaitTermination(duration.plus(MARGIN).toSeconds(), TimeUnit.SECONDS)).isTrue();
        faults.end();
        providers.forEach(provider -> provider.calmDown(Duration.ofMillis(100)));
        clients.shutdown();
        clients.awaitTermination(DEADLINE.plus(MARGIN).multipliedBy(2).toSeconds(), TimeUnit.SECONDS);
        clients.shutdownNow();
    }

    private void check() {
        try {
            ServiceProcess.check(platform.settings(platform.redis().uri(), settings()));
        } catch (AssertionError e) {
            record.anomalies.add(e.getMessage());
        }
    }

    private void judge() throws IOException {
        List<Finding> findings = new StormJudge(record, LIMITS).findings();
        Map<String, List<Finding>> byPromise = findings.stream().collect(Collectors.groupingBy(Finding::promise));
        Files.write(platform.logs().resolve("findings.txt"), findings.stream().map(Finding::toString).toList());
        String verdict = byPromise.entrySet().stream()
                .map(entry -> "%d x %s:%n%s".formatted(entry.getValue().size(), entry.getKey(),
                        entry.getValue().stream()
                                .limit(EXAMPLES).map(finding -> "    " + finding.what())
                                .collect(Collectors.joining("\n"))))
                .collect(Collectors.joining("\n"));
        System.out.println(figures());
        assertThat(findings.size()).as("findings of seed %d, %s, all in %s:%n%s", seed, duration,
                platform.logs().resolve("findings.txt"), verdict).isZero();
    }

    private String figures() {
        Map<String, Long> ends = record.jobs.stream().collect(Collectors.groupingBy(job -> job.status(),
                Collectors.counting()));
        Map<String, Long> injected = record.injectedFaults.stream()
                .collect(Collectors.groupingBy(it -> it.fault().toString(),
                        Collectors.counting()));
        Map<String, Long> errors = record.jobs.stream().flatMap(job -> job.styles().values().stream())
                .filter(style -> style.error() != null)
                .collect(Collectors.groupingBy(style -> style.error(), Collectors.counting()));
        return "StormIT: seed %d, jobs %s, styles' errors %s, %d requests, %d calls, %d links, faults %s, %s".formatted(
                seed, ends, errors, record.requests.size(), record.calls.size(), record.opened.size(), injected,
                record.idle);
    }

    /** Such as 90s, 3m, 2h. */
    private static Duration duration(String text) {
        return Duration.parse("PT" + text);
    }
}
