package com.kt.event.content.check;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.gallery.Gallery;
import com.kt.event.content.gallery.KeptImage;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobRequest;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.RedisServers;

import io.quarkus.redis.datasource.RedisDataSource;
import io.smallrye.mutiny.Uni;

/** The base of the tests of the checker: a Redis in which there is a job in every state. */
abstract class CheckerSuite {
    static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null, Map.of());
    static final Duration LEASE = Duration.ofSeconds(30);

    static final Runnable NO_MOMENT = () -> {
    };

    @Inject
    Checker checker;

    @Inject
    RedisServers servers;

    @Inject
    QueueReader queueReader;

    @Inject
    ObjectMapper json;

    @Inject
    JobConfig config;

    @Inject
    JobManager jobManager;

    @Inject
    JobStore jobStore;

    @Inject
    JobQueue queue;

    @Inject
    Gallery gallery;

    @Inject
    RedisDataSource redis;

    String completed;
    String failed;
    String processing;
    String processingEntry;
    String pending;

    @BeforeEach
    void aJobInEveryState() {
        redis.flushall();
        get(queue.open());
        completed = finish(begin(accept()), true);
        failed = finish(begin(accept()), false);
        QueueEntry taken = begin(accept());
        processing = taken.jobId();
        processingEntry = taken.id();
        pending = accept();
        get(gallery.publish("draft",
                Map.of(Style.SIMPLE, new KeptImage(URI.create("http://a/simple.png"), Instant.now(), null)), completed,
                Instant.now(),
                RECOMMENDATION));
    }

    String accept() {
        return get(jobManager.createJob(JobRequest.of("draft-" + UUID.randomUUID(), RECOMMENDATION,
                EnumSet.allOf(Style.class), Map.of()))).id();
    }

    /** Begins the first waiting entry, which need not be that of the job that was just accepted. */
    QueueEntry begin(String accepted) {
        QueueEntry entry = get(queue.take(1, Duration.ofMillis(10))).get(0);
        Job job = get(jobStore.claim(entry.jobId(), "worker", LEASE)).job();
        get(jobStore.update(job, "worker", it -> callAll(it)));
        return entry;
    }

    static Job callAll(Job job) {
        for (Style style : Style.values()) {
            job = job.openCall(style, Instant.now());
        }
        return job;
    }

    String finish(QueueEntry entry, boolean wellDone) {
        for (Style style : Style.values()) {
            Job job = get(jobManager.find(entry.jobId())).orElseThrow();
            get(jobStore.update(job, "worker", it -> wellDone
                    ? it.complete(style, "http://a/" + style.key(), Instant.now())
                    : it.fail(style, StyleError.IMAGE_API_ERROR, Instant.now())));
        }
        get(queue.remove(List.of(entry)));
        return entry.jobId();
    }

    void redis(String command) {
        String[] words = command.replace("{pending}", pending).replace("{processing}", processing)
                .replace("{processingEntry}", processingEntry).replace("{completed}", completed)
                .replace("{failed}", failed).split(" ");
        redis.execute(words[0], List.of(words).subList(1, words.length).toArray(String[]::new));
    }

    static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
