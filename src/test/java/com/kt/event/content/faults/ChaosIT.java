package com.kt.event.content.faults;

import static com.kt.event.content.faults.AcceptedJob.STYLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.faults.Provider.Answer;
import com.kt.event.content.faults.Provider.Call;

import redis.clients.jedis.Jedis;

/** For a minute, processes die all the time, and every fifth call of the provider fails. */
@Tag("faults")
class ChaosIT {
    private static final int JOBS = 200;
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String[] SETTINGS = {"content.worker.lease", "3s", "content.worker.heartbeat", "1s",
            "content.image-api.pause", "1s", "content.image-api.longest-pause", "2s",
            "quarkus.rest-client.image-api.read-timeout", "3000"};
    private static final Set<String> ENDS = Set.of("COMPLETED", "FAILED");

    @RegisterExtension
    final Platform platform = new Platform();

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final List<ServiceProcess> services = new ArrayList<>();
    private final List<AcceptedJob> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger kills = new AtomicInteger();
    /** The calls to which the provider responds with an image, even if the caller dies before it arrives. */
    private final Set<Call> paid = ConcurrentHashMap.newKeySet();

    @Test
    void everyAcceptedJobEndsAndNoStyleHasTwoImages() throws InterruptedException {
        platform.provider().answers(this::answer);
        Stream.of("A", "B", "C").forEach(name -> services.add(platform.startService(name, SETTINGS)));

        ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
        clock.scheduleAtFixedRate(this::postOne, 0, MINUTE.toMillis() / JOBS, TimeUnit.MILLISECONDS);
        clock.scheduleAtFixedRate(this::killOne, 1, 1, TimeUnit.SECONDS);
        await().atMost(MINUTE.multipliedBy(2)).until(() -> accepted.size() >= JOBS);
        clock.shutdown();
        assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        ServiceProcess any = services.get(0).awaitReady();
        await().atMost(MINUTE).until(() -> accepted.stream().allMatch(job -> ENDS.contains(job.status(any))));
        platform.awaitEmptyQueue();
        System.out.println(figures(any));
        assertThat(kills.get()).as("kills").isGreaterThan(10);
        accepted.forEach(job -> hasAtMostOneImageForAStyle(job, any));
        everythingInRedisHasEndedAndWillExpire();
    }

    /** Of fifteen calls, one fails, one is refused, and the response to one comes after its time limit. */
    private synchronized Answer answer(Call call) {
        int dice = random.nextInt(15);
        if (dice == 0) {
            return Answer.status(500);
        }
        if (dice == 1) {
            return Answer.status(503);
        }
        paid.add(call);
        return Answer.image(call).after(Duration.ofMillis(dice == 2 ? 5_000 : random.nextInt(100, 300)));
    }

    /** As a client does: tries another instance without a response, and retries after a refusal. */
    private void postOne() {
        if (accepted.size() == JOBS) {
            return;
        }
        for (ServiceProcess service : services) {
            // A new draft for each attempt, because the provider cannot distinguish two jobs of one draft.
            String draft = platform.recommend();
            try {
                HttpResponse<String> answer = service.generate(draft);
                if (answer.statusCode() == 202) {
                    String id = ServiceProcess.json(answer).path("jobId").asText();
                    accepted.add(new AcceptedJob(id, draft, platform.provider()));
                    return;
                }
            } catch (UncheckedIOException e) {
                // It died before it responded. If it accepted the job, that one completes as well.
            }
        }
    }

    /** Any but the last instance that serves, so that slow starts do not stop the whole service. */
    private void killOne() {
        List<ServiceProcess> serving = services.stream().filter(ServiceProcess::isReady).toList();
        if (serving.size() > 1) {
            ServiceProcess victim = serving.get(random.nextInt(serving.size()));
            victim.kill();
            victim.start();
            kills.incrementAndGet();
        }
    }

    private void hasAtMostOneImageForAStyle(AcceptedJob job, ServiceProcess at) {
        for (String style : STYLES) {
            JsonNode view = job.style(style, at);
            String link = view.path("imageUrl").asText();
            List<String> files = files(job.id() + "-" + style);
            // In a bucket, each attempt to store an image has its own name, and one that was cut off may have succeeded.
            assertThat(files).as("files of %s", view).hasSizeLessThan(TestStore.IS_S3 ? 3 : 2);
            if (view.path("status").asText().equals("COMPLETED")) {
                assertThat(files).as("files of %s", view).anyMatch(file -> link.endsWith("/" + file));
                assertThat(linkInGallery(job.draft(), style)).isEqualTo(link);
                byte[] image = job.image(style, at);
                assertThat(job.calls(style)).anyMatch(call -> call.drew(image));
            }
            if (job.calls(style).stream().filter(paid::contains).count() > 1) {
                assertThat(job.mayBeChargedTwice(style, at)).as("says that it was paid twice: %s", view).isTrue();
            }
        }
    }

    private List<String> files(String beginning) {
        return platform.store().names().stream().filter(name -> name.startsWith(beginning)).toList();
    }

    private String linkInGallery(String draft, String style) {
        try (Jedis redis = platform.redis().connect()) {
            return new ObjectMapper().readTree(redis.hget("content:image:" + draft, style)).path("imageUrl").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Jobs whose clients received no response have ended as well, or soon expire. */
    private void everythingInRedisHasEndedAndWillExpire() {
        try (Jedis redis = platform.redis().connect()) {
            for (String key : redis.keys("*")) {
                if (!key.equals("content:jobs")) {
                    assertThat(redis.ttl(key)).as("TTL of %s", key).isNotEqualTo(-1);
                }
                if (key.startsWith("job:") && redis.ttl(key) > SOON.toSeconds()) {
                    assertThat(redis.hget(key, "status")).as(key).isIn(ENDS);
                }
            }
        }
    }

    private String figures(ServiceProcess at) {
        long completed = accepted.stream().filter(job -> job.status(at).equals("COMPLETED")).count();
        long images = accepted.stream().mapToLong(job -> job.json(at).path("imageUrls").size()).sum();
        long unknown = accepted.stream()
                .flatMap(job -> STYLES.stream().filter(style -> job.mayBeChargedTwice(style, at)))
                .count();
        return "ChaosIT: %d kills, %d jobs accepted, %d completed, %d failed, %d images, %d calls, %d of them paid, %d styles possibly charged twice (seed %d)"
                .formatted(kills.get(), accepted.size(), completed, accepted.size() - completed, images,
                        platform.provider().calls().size(), paid.size(), unknown, seed);
    }
}
