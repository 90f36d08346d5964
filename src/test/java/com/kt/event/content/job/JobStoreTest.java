package com.kt.event.content.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;

/** Writing changes of a job. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class JobStoreTest extends StoredJobSuite {
    @Test
    void writesAMoveAndCountsIt() {
        Job job = claimed("first");

        Job started = get(store.update(job, "first", it -> called(it)));

        assertThat(started.version()).isEqualTo(4);
        assertThat(get(jobManager.find(job.id()))).contains(started);
        assertThat(redis.hash(String.class).hget("job:" + job.id(), "status")).isEqualTo("PROCESSING");
    }

    @Test
    void makesAMoveAgainOnWhatTheJobHasBecome() {
        Job job = claimed("first");
        Job started = get(store.update(job, "first", it -> called(it)));
        get(store.update(started, "first", it -> it.complete(Style.SIMPLE, "http://a/simple.png", LATER)));

        Job both = get(
                store.update(started, "first", it -> it.complete(Style.FANCY, "http://a/fancy.png", LATER)));

        assertThat(both.completed()).isEqualTo(2);
        assertThat(both.version()).isEqualTo(6);
    }

    @Test
    void losesNoMoveOfThoseMadeAtOnce() {
        Job started = get(store.update(claimed("first"), "first", it -> called(it)));

        Uni.join().all(List.of(Style.values()).stream()
                .map(style -> store.update(started, "first", it -> it.complete(style, "http://a/" + style, LATER)))
                .toList()).andFailFast().await().atMost(PatientAwaitility.LIMIT);

        Job ended = get(jobManager.find(started.id())).orElseThrow();
        assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(ended.completed()).isEqualTo(3);
    }

    @Test
    void doesNotBringAJobBackThatIsGone() {
        Job job = claimed("first");
        redis.key().del("job:" + job.id());

        assertThatThrownBy(() -> get(store.update(job, "first", it -> called(it))))
                .isInstanceOf(LeaseLostException.class);

        assertThat(redis.key().exists("job:" + job.id())).isFalse();
    }

    @Test
    void refusesAnIllegalMoveBeforeItReachesRedis() {
        Job job = claimed("first");

        assertThatThrownBy(() -> store.update(job, "first", it -> it.complete(Style.SIMPLE, "http://a", LATER)))
                .isInstanceOf(IllegalMoveException.class);
    }

    @Test
    void restartsTheHourAtEveryChange() {
        Job job = claimed("first");
        redis.key().expire("job:" + job.id(), 100);

        get(store.update(job, "first", it -> called(it)));

        assertThat(redis.key().ttl("job:" + job.id())).isBetween(3_590L, 3_600L);
    }

    @Test
    void takesAImageThatIsHandedInByAWorkerWithoutTheLease() {
        Job job = get(store.update(claimed("second"), "second", StoredJobSuite::called));

        Job with = get(store.updateWithoutLease(job, it -> it.complete(Style.FANCY, "http://a/fancy.png", LATER)));

        assertThat(get(jobManager.find(job.id()))).contains(with);
        assertThat(with.completed()).isEqualTo(1);
        assertThat(redis.hash(String.class).hget("job:" + job.id(), "owner")).isEqualTo("second");
    }

    @Test
    void bringsNoJobBackForAImageThatIsHandedIn() {
        Job job = get(store.update(claimed("first"), "first", StoredJobSuite::called));
        redis.key().del("job:" + job.id());

        assertThatThrownBy(() -> get(store.updateWithoutLease(job, it -> it.complete(Style.FANCY, "http://a", LATER))))
                .isInstanceOf(LeaseLostException.class);
        assertThat(redis.key().exists("job:" + job.id())).isFalse();
    }

    /** A version in another notation, or one that is no number, must not make each write fail and be repeated forever. */
    @ParameterizedTest
    @ValueSource(strings = {"0500", "+5", " 5", "-5", "1e3", "x", "", "٥", "9223372036854775807"})
    void writesAMoveWhateverTheVersionLooksLike(String version) {
        Job job = claimed("first");
        redis.hash(String.class).hset("job:" + job.id(), "version", version);
        Job known = get(jobManager.find(job.id())).orElseThrow();

        Job written = get(store.update(known, "first", it -> it.openCall(Style.FANCY, LATER)));

        assertThat(get(jobManager.find(job.id()))).contains(written);
        assertThat(written.styles().get(Style.FANCY).status()).isEqualTo(JobStatus.PROCESSING);
    }

    @Test
    void writesAMoveThoughThereIsNoVersionButNotWhereThereIsNoJob() {
        Job job = claimed("first");
        redis.hash(String.class).hdel("job:" + job.id(), "version");

        Job written = get(store.update(job, "first", it -> it.openCall(Style.FANCY, LATER)));

        assertThat(get(jobManager.find(job.id()))).contains(written);
        redis.key().del("job:" + job.id());
        assertThatThrownBy(() -> get(store.updateWithoutLease(job, it -> it.openCall(Style.SIMPLE, LATER))))
                .isInstanceOf(LeaseLostException.class);
        assertThat(redis.key().exists("job:" + job.id())).isFalse();
    }

    /** Bytes that are not valid text are decoded to other characters, which never equal the stored bytes. */
    @Test
    void writesAMoveThoughItsVersionIsNoText() {
        Job job = claimed("first");
        redis.execute("EVAL", "return redis.call('HSET', KEYS[1], 'version', '\\255\\254')", "1", "job:" + job.id());

        Job written = get(store.update(job, "first", it -> it.openCall(Style.FANCY, LATER)));

        assertThat(get(jobManager.find(job.id()))).contains(written);
    }

    /** Each attempt meets a concurrent change, so the number of attempts must be limited. */
    @Test
    void givesUpAChangeThatOthersAlwaysForestall() {
        Job job = claimed("first");
        AtomicInteger tries = new AtomicInteger();

        assertThatThrownBy(() -> get(store.update(job, "first", it -> {
            bypassing("HSET job:" + job.id() + " version of-another-" + tries.incrementAndGet());
            return it.openCall(Style.FANCY, LATER);
        }))).isInstanceOf(IllegalStateException.class).hasMessageContaining(job.id());

        assertThat(tries).hasValue(10);
    }

    /** Uses a separate connection, because the service's own is blocked here. */
    private static void bypassing(String command) {
        URI redis = URI.create(ConfigProvider.getConfig().getValue("quarkus.redis.hosts", String.class));
        try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).as("the answer is a number").isEqualTo(':');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
