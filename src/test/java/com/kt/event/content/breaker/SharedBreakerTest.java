package com.kt.event.content.breaker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.breaker.BreakerState.Phase;
import com.kt.event.content.generator.ImageGenerator;
import com.kt.event.content.generator.NoLedger;
import com.kt.event.content.provider.Image;
import com.kt.event.content.provider.ImageApi;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/** Images that are asked for while the provider has a pause, or gets one. The first pause is 200 ms. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class SharedBreakerTest {
    private static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null, null);

    ImageApiStub stub;

    @Inject
    ImageGenerator generator;

    @Inject
    BreakerStore pause;

    @Inject
    SharedBreaker gate;

    @Inject
    CircuitBreakerMaintenance breakers;

    @Inject
    RedisDataSource redis;

    @Inject
    MeterRegistry meters;

    private final List<Image> images = new CopyOnWriteArrayList<>();
    private final List<String> written = new CopyOnWriteArrayList<>();

    @BeforeEach
    @AfterEach
    void reset() {
        stub.drawsEverything();
        await().until(() -> gate.pause().await().indefinitely().phase() != Phase.RUNNING);
        redis.flushall();
        breakers.resetAll();
    }

    @Test
    void letsCallsThroughWhileThereIsNoPause() {
        draw();

        await().until(() -> images.size() == 1);
        assertThat(written).containsExactly("calling");
    }

    @Test
    void holdsEveryCallWhileThePauseOfAnotherInstanceRuns() {
        Instant began = Instant.now();
        pause.begin("elsewhere", Duration.ofSeconds(1), "", null).await().indefinitely();
        draw();
        draw();

        await().until(() -> images.size() == 2);
        assertThat(Duration.between(began, Instant.now())).isGreaterThan(Duration.ofMillis(900));
        assertThat(redis.key().exists("content:breaker")).isFalse();
        assertThat(written).as("what waited was not called").containsExactly("calling", "calling");
    }

    @Test
    void beginsAPauseForAllWhenItsBreakerOpens() {
        stub.answersEverything(aResponse().withStatus(503));
        IntStream.range(0, 8).forEach(i -> draw());

        await().until(() -> redis.key().exists("content:breaker"));
        await().until(() -> gate.pause().await().indefinitely().phase() == Phase.PROVING);
        stub.drawsAgain();

        await().until(() -> images.size() == 8);
        assertThat(breakers.currentState(ImageApi.BREAKER)).isEqualTo(CircuitBreakerState.CLOSED);
        assertThat(redis.key().exists("content:breaker")).isFalse();
    }

    @Test
    void beginsAPauseWhenTheProviderAsksForOne() {
        stub.answersEverything(aResponse().withStatus(429).withHeader("Retry-After", "2"));
        draw();

        await().until(() -> redis.key().exists("content:breaker"));
        assertThat(redis.key().pttl("content:breaker") - Duration.ofMinutes(6).toMillis()).as("more than our own 0.2 s")
                .isBetween(300L, 2_000L);
        stub.drawsAgain();

        await().until(() -> images.size() == 1);
        assertThat(written).containsExactly("calling", "refused", "calling");
    }

    @Test
    void beginsNoPauseForOneRefusal() {
        stub.answersEverything(aResponse().withStatus(503));
        draw();
        await().until(() -> written.contains("refused"));
        stub.drawsAgain();

        assertThat(redis.key().exists("content:breaker")).isFalse();
        await().until(() -> images.size() == 1);
    }

    @Test
    void takesARefusalByModerationForASignOfLife() {
        over();
        stub.answersEverything(aResponse().withStatus(400).withBody("{\"error\": {\"code\": \"moderation_blocked\"}}"));
        draw();

        await().until(() -> !redis.key().exists("content:breaker"));
        assertThat(stub.calls()).isEqualTo(1);
    }

    @Test
    void growsThePauseWhenTheProbeFails() {
        over();
        stub.answersEverything(aResponse().withStatus(503));
        draw();

        await().until(() -> stub.calls() == 1);
        await().until(() -> redis.value(String.class).get("content:breaker").contains("\"length\":400"));
        stub.drawsAgain();
        await().until(() -> images.size() == 1);
    }

    @Test
    void letsAnotherProbeWhenNobodyWaitsForTheProbeAnyMore() {
        over();
        stub.answersEverything(aResponse().withFixedDelay(30_000));
        Cancellable probe = draw();
        await().until(() -> stub.calls() == 1);
        stub.drawsAgain();

        probe.cancel();
        draw();

        await().until(() -> images.size() == 1);
    }

    @Test
    void waitsForAnOperatorAndTellsHimByAMetric() {
        stub.answersEverything(aResponse().withStatus(401));
        draw();
        draw();

        await().until(() -> operatorNeeded("KEY") == 1);
        await().untilAsserted(() -> assertThat(redis.value(String.class).get("content:breaker"))
                .contains("\"fault\":\"KEY\"", "\"length\":1000"));
        assertThat(operatorNeeded("MONEY")).isZero();
        stub.drawsAgain();

        await().until(() -> images.size() == 2);
        assertThat(written).as("a call that was turned away counts as none").contains("notSent")
                .doesNotContain("refused");
        assertThat(operatorNeeded("KEY")).isZero();
    }

    @Test
    void goesOnWhereThePauseCannotBeRead() {
        redis.value(String.class).set("content:breaker", "x");
        draw();

        await().until(() -> images.size() == 1);
        assertThat(redis.key().exists("content:breaker")).isFalse();
    }

    @Test
    void asksOnceMoreAfterABreakdown() {
        stub.answersEverything(aResponse().withStatus(502));
        draw();
        await().until(() -> written.contains("brokenDown"));
        stub.drawsAgain();

        await().until(() -> images.size() == 1);
        assertThat(written).containsExactly("calling", "brokenDown", "calling");
    }

    private double operatorNeeded(String fault) {
        return meters.get("content.image.api.operator.needed").tag("fault", fault).gauge().value();
    }

    private void over() {
        pause.begin("elsewhere", Duration.ZERO, "", null).await().indefinitely();
        await().until(() -> pause.current().await().indefinitely().phase() == Phase.PROVING);
    }

    private Cancellable draw() {
        return generator.generate(RECOMMENDATION, Style.SIMPLE, new NoLedger() {
            @Override
            public Uni<Void> calling() {
                written.add("calling");
                return super.calling();
            }

            @Override
            public Uni<Void> refused() {
                written.add("refused");
                return super.refused();
            }

            @Override
            public Uni<Void> brokenDown() {
                written.add("brokenDown");
                return super.brokenDown();
            }

            @Override
            public Uni<Void> notSent() {
                written.add("notSent");
                return super.notSent();
            }
        }, image -> Uni.createFrom().item(image)).subscribe().with(images::add, failure -> {
        });
    }
}
