package com.kt.event.content.faults;

import static com.kt.event.content.faults.AcceptedJob.STYLES;
import static com.kt.event.content.faults.Platform.SHORT_LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.kt.event.content.faults.Provider.Answer;

/** A worker is killed at each step of a job in turn, and another worker completes the job. */
@Tag("faults")
class KilledWorkerIT {
    private static final Duration TAKE_OVER_LIMIT = Duration.ofSeconds(45);

    @RegisterExtension
    final Platform platform = new Platform();

    /** The step at which the worker dies. */
    enum Step {
        INTENT_NOT_WRITTEN {
            @Override
            void arm(RedisProxy redis, Provider provider, Runnable kill) {
                redis.swallow(writes("job:", "\"openSince\""), kill);
            }
        },
        INTENT_WRITTEN_BUT_NOT_CALLED {
            @Override
            void arm(RedisProxy redis, Provider provider, Runnable kill) {
                redis.swallowAnswer(writes("job:", "\"openSince\""), kill);
            }
        },
        CALLED {
            @Override
            void arm(RedisProxy redis, Provider provider, Runnable kill) {
                provider.answers(call -> {
                    kill.run();
                    return Answer.never();
                });
            }
        },
        ANSWERED_BUT_IMAGE_NOT_FETCHED {
            @Override
            void arm(RedisProxy redis, Provider provider, Runnable kill) {
                provider.answers(provider::imageUrl);
                provider.answersDownloads(call -> {
                    kill.run();
                    return Answer.never();
                });
            }
        },
        IMAGE_KEPT_BUT_NOT_IN_THE_GALLERY {
            @Override
            void arm(RedisProxy redis, Provider provider, Runnable kill) {
                redis.swallow(writes("content:image:", ""), kill);
            }
        },
        IMAGE_IN_THE_GALLERY_BUT_NOT_IN_THE_JOB {
            @Override
            void arm(RedisProxy redis, Provider provider, Runnable kill) {
                redis.swallow(writes("job:", "\"imageUrl\""), kill);
            }
        },
        JOB_ENDED_BUT_NOT_ACKNOWLEDGED {
            @Override
            void arm(RedisProxy redis, Provider provider, Runnable kill) {
                redis.swallow(command -> command.get(0).equalsIgnoreCase("XDEL"), kill);
            }
        };

        abstract void arm(RedisProxy redis, Provider provider, Runnable kill);

        /** A script on a key with this prefix, one of whose arguments contains the text. */
        private static Predicate<List<String>> writes(String key, String text) {
            return command -> command.get(0).startsWith("EVAL") && command.get(3).startsWith(key)
                    && command.stream().skip(3).anyMatch(argument -> argument.contains(text));
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsJobIsEndedByAnother(Step step) {
        AcceptedJob job = acceptedByAWorkerThatDiesAt(step, SHORT_LEASE);

        platform.provider().draws();
        ServiceProcess survivor = platform.startService("survivor", SHORT_LEASE);

        job.endsAs("COMPLETED", Duration.ofSeconds(20), survivor);
        job.hasItsImages(survivor);
        job.wasPaidOnceOrSaysSo(survivor);
        int unknown = (int) survivor.metric("content_calls_unknown_total");
        assertThat(platform.provider().calls()).hasSizeLessThanOrEqualTo(STYLES.size() + unknown);
        assertThat(STYLES.stream().filter(style -> job.mayBeChargedTwice(style, survivor))).hasSize(unknown);
        platform.awaitEmptyQueue();
    }

    @Test
    void itsJobIsTakenOverInTimeWithDefaultSettings() {
        AcceptedJob job = acceptedByAWorkerThatDiesAt(Step.CALLED);
        Instant death = Instant.now();

        platform.provider().draws();
        ServiceProcess survivor = platform.startService("survivor");

        job.endsAs("COMPLETED", Duration.between(Instant.now(), death.plus(TAKE_OVER_LIMIT)), survivor);
        job.hasItsImages(survivor);
        job.wasPaidOnceOrSaysSo(survivor);
        platform.awaitEmptyQueue();
    }

    private AcceptedJob acceptedByAWorkerThatDiesAt(Step step, String... settings) {
        RedisProxy proxy = platform.closesAtEnd(new RedisProxy(platform.redis()));
        ServiceProcess worker = platform.service("killed", proxy.uri(), settings);
        worker.start();
        worker.awaitReady();
        step.arm(proxy, platform.provider(), worker::kill);
        AcceptedJob job = platform.accept(worker);
        await().until(() -> !worker.isAlive());
        return job;
    }
}
